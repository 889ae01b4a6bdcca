import type { Heater } from "../api.ts";

export interface PowerRow {
  /** Asked for, or said by the device, W. */
  readonly watts: number;
  /** Metered, W. */
  readonly drawnWatts: number | undefined;
  /** Between both, in words. */
  readonly difference: string | undefined;
  /** Beyond what meters differ by. */
  readonly isOff: boolean;
  readonly seconds: number | undefined;
  /** How its trial went, in words. */
  readonly trial: string | undefined;
}

export const trialWords: Readonly<Record<Heater["trial"]["status"], string>> = {
  waiting: "It waits for its trial: each of its powers is tried for some minutes before it is counted on.",
  running: "Its powers are being tried, from the lowest on. It is not counted on yet.",
  proven: "Its powers were tried, and it is counted on.",
  failed: "None of its powers held in its trial, so it is not run.",
  skipped: "It is counted on without a trial.",
};

const outcomes = { untried: "not yet", proven: "held", failed: "failed" } as const;
/** Beyond this share the device's own figure is named as off. */
const notableShare = 0.15;

/** A row for each power that was tried or measured, ascending. */
export function powerRows({ learned, trial }: Pick<Heater, "learned" | "trial">): PowerRow[] {
  const powers = [...new Set([...learned, ...trial.powers].map(({ watts }) => watts))];
  return powers
    .toSorted((one, other) => one - other)
    .map((watts) => {
      const measured = learned.find((one) => one.watts === watts);
      const tried = trial.powers.find((one) => one.watts === watts);
      const drawnWatts = measured?.drawnWatts ?? tried?.drawnWatts ?? undefined;
      const share = drawnWatts === undefined || watts <= 0 ? 0 : drawnWatts / watts - 1;
      const percent = Math.round(Math.abs(share) * 100);
      return {
        watts,
        drawnWatts,
        difference: percent === 0 ? undefined : `${percent} % ${share < 0 ? "less" : "more"}`,
        isOff: Math.abs(share) > notableShare,
        seconds: measured?.seconds,
        trial:
          tried && (tried.why === "" ? outcomes[tried.outcome] : `${outcomes[tried.outcome]}: ${tried.why}`),
      };
    });
}
