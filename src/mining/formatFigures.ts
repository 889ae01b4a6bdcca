import type { Hashes, HashesPerSecond, Seconds } from "../domain/index.ts";

const steps = ["", "k", "M", "G", "T", "P", "E", "Z"];

/** With three digits and a prefix: `4.21 MH/s`. */
export const formatHashrate = (rate: HashesPerSecond): string => `${withPrefix(rate, " ")}H/s`;

/** With three digits and a prefix: `12.4 GH`. */
export const formatHashes = (hashes: Hashes): string => `${withPrefix(hashes, " ")}H`;

/** With three digits and a prefix: `141T`, `0.00125`. */
export const formatDifficulty = (difficulty: number): string =>
  difficulty > 0 && difficulty < 1 ? String(Number(difficulty.toPrecision(3))) : withPrefix(difficulty, "");

/** The two largest parts: `3 d 4 h`, `12 min 5 s`. */
export function formatDuration(duration: Seconds): string {
  const whole = Math.max(0, Math.floor(duration));
  const parts = [
    { count: Math.floor(whole / 86_400), unit: "d" },
    { count: Math.floor(whole / 3600) % 24, unit: "h" },
    { count: Math.floor(whole / 60) % 60, unit: "min" },
    { count: whole % 60, unit: "s" },
  ];
  const first = parts.findIndex(({ count }, i) => count > 0 || i === parts.length - 1);
  const shown = parts.slice(first, first + 2).filter(({ count }, i) => count > 0 || i === 0);
  return shown.map(({ count, unit }) => `${count} ${unit}`).join(" ");
}

function withPrefix(value: number, space: string): string {
  let rest = value;
  let step = 0;
  while (rest >= 999.5 && step < steps.length - 1) {
    rest /= 1000;
    step += 1;
  }
  return `${Number(rest.toPrecision(3))}${space}${steps[step] ?? ""}`;
}
