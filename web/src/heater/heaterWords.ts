import type { Heater, HeaterDetail } from "../api.ts";
import { celsius, duration, watts } from "../format.ts";

/** Where a heater's watts come from, for people. */
export const provenanceWords: Readonly<Record<Heater["provenance"], string>> = {
  metered: "A meter measures the power. Energy, heat and cost are counted from it.",
  reported:
    "The heater itself says how much it draws. Such figures are often some percent off; a metered plug before it would show the difference.",
  estimated:
    "Nobody measures the power: it is estimated from what the heater does. Energy, heat and cost are as uncertain.",
};

const changes: Readonly<Record<HeaterDetail["change"], string>> = {
  live: "while it runs",
  restart: "by starting its work anew",
  reboot: "by starting itself anew",
};

/** "500 W, 1.00 kW" or "800 W to 1.40 kW in steps of 25 W". */
export function powersWords(powers: HeaterDetail["powers"]): string {
  if (!powers) return "none: it does not mine";
  if (powers.kind === "levels") return powers.watts.map((level) => watts(level)).join(", ");
  return `${watts(powers.min)} to ${watts(powers.max)} in steps of ${watts(powers.step)}`;
}

export const changeWords = ({ change, settleSeconds }: HeaterDetail): string =>
  `Changes ${changes[change]}; it takes up to ${duration(settleSeconds)} until a change holds.`;

/** Who brings it to its safe state when the hearth dies, and when. */
export function guardWords({ guard }: HeaterDetail): string {
  if (guard.by === "unattended-watts") {
    return `It may be left alone at ${watts(guard.watts)}: its room stays below its limit.`;
  }
  if (guard.by === "nobody") return "Nobody: it runs on. A hearth refuses to run such a heater.";
  const who = guard.by === "plug-timer" ? "The timer of its plug cuts it" : "It stops by itself";
  return `${who} within ${duration(guard.withinSeconds)}.`;
}

/** What happens at the edges of its rules. */
export function ruleWords(detail: HeaterDetail): string[] {
  const { minOnSeconds, minOffSeconds, maxDeviceC, canStop, stopSurvivesRestart } = detail;
  return [
    `It is stopped when its hottest part passes ${celsius(maxDeviceC, 0)}.`,
    ...(minOnSeconds > 0 ? [`Once started it runs for ${duration(minOnSeconds)} at least.`] : []),
    ...(minOffSeconds > 0 ? [`Once stopped it rests for ${duration(minOffSeconds)} at least.`] : []),
    ...(canStop ? [] : ["It cannot be stopped by itself, only at its plug."]),
    ...(canStop && !stopSurvivesRestart
      ? ["After a restart of its own it runs until it is told again."]
      : []),
  ];
}

/** Beyond this share of difference the device's own figure is named as off. */
const notableShare = 0.15;

/** What the device itself says it draws, beside what its meter says; undefined when it says nothing. */
export function ownFigureWords(measured: number | null, own: number | null): string | undefined {
  if (own === null) return undefined;
  if (measured === null || measured < 1) return `The heater itself says ${watts(own)}.`;
  const share = (own - measured) / measured;
  const percent = Math.round(Math.abs(share) * 100);
  const words =
    percent === 0 ? "the same as its meter" : `${percent} % ${share < 0 ? "less" : "more"} than its meter`;
  const isOff = Math.abs(share) > notableShare;
  return `The heater itself says ${watts(own)}, ${words}.${isOff ? " The meter is believed." : ""}`;
}
