import type { HeaterDetailView } from "../wire/index.ts";

export interface PowerAsked {
  /** W. */
  readonly asked: number;
  readonly until: string;
  /** What it is set to after that, W. */
  readonly setpointWatts: number;
  readonly powers: HeaterDetailView["powers"];
}

const sameWatts = 0.05;

/** What became of a power that a heater was asked for, beside its line, which tells the reason. */
export function sayPower({ asked, until, setpointWatts, powers }: PowerAsked): string {
  const wish = `asked for ${plainWatts(asked)} until ${until}`;
  if (Math.abs(setpointWatts - asked) <= sameWatts) return wish;
  const set = plainWatts(setpointWatts);
  if (setpointWatts > 0 && Math.abs(setpointWatts - nextBelow(powers, asked)) <= sameWatts)
    return `${wish}; ${set} is its next power below`;
  return `${wish}; for the reason told it gets ${set} now`;
}

function nextBelow(powers: HeaterDetailView["powers"], asked: number): number {
  if (!powers) return 0;
  if (powers.kind === "levels") return powers.watts.findLast((level) => level <= asked) ?? 0;
  if (asked < powers.min) return 0;
  return powers.min + Math.floor((Math.min(asked, powers.max) - powers.min) / powers.step) * powers.step;
}

/** 14.84 → "14.8 W"; 1234 → "1234 W". */
export const plainWatts = (watts: number): string => `${Math.round(watts * 10) / 10} W`;
