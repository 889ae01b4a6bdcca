import { type Joules, type Micros, Micros as micros, type Seconds, Watts } from "../domain/index.ts";

/** What a site's own photovoltaics left over for its heaters. */
export interface OwnPower {
  /** By the meter at its grid connection, on average since the last round, W, below 0 where power flows back; undefined while it is silent. */
  readonly grid: Watts | undefined;
  /** The most that they may give now; 0 while the sun is down. */
  readonly most: Watts;
}

/** What heaters drew less what came from the grid, of the newest rounds. Plain data. */
export interface SurplusMemory {
  /** Oldest first, W; below 0 where others drew from the grid, too. */
  readonly watts: readonly number[];
  /** Since the newest, s. */
  readonly age: number;
}

/** What heaters report and what the meter shows of it differ by a round or two: what is own lasts longer. */
const watched = 3;
/** A meter that is silent for longer says nothing of now, s. */
const staleAfter = 45;

/** Follows what is left over: what the heaters draw less what the grid gives, for the rest of the house is served first. */
export function watchSurplus(
  before: SurplusMemory | null,
  own: OwnPower | undefined,
  drawn: number,
  elapsed: Seconds,
): SurplusMemory | null {
  if (!own) return null;
  if (own.grid === undefined || !Number.isFinite(own.grid)) {
    return before && { ...before, age: before.age + elapsed };
  }
  const kept = before && before.age + elapsed <= staleAfter ? before.watts : [];
  return { watts: [...kept, Math.min(own.most, drawn - own.grid)].slice(-watched), age: 0 };
}

/** What is left over now, W: the least of the newest rounds; 0 while no meter tells it. */
export const surplusOf = (memory: SurplusMemory | null): Watts =>
  Watts(
    memory && memory.age <= staleAfter && memory.watts.length === watched
      ? Math.max(0, Math.min(...memory.watts))
      : 0,
  );

/** Own energy that was left over, and what it is worth otherwise. */
export interface SurplusEnergy {
  readonly joules: Joules;
  /** What the grid pays for a kWh of it. */
  readonly exportPerKwh: Micros;
  readonly kgPerKwh: number;
}

/** What a kWh costs and emits to another device that draws `needed`: the surplus serves it first, the grid the rest. */
export function electricityFor(
  needed: number,
  grid: { readonly pricePerKwh: Micros; readonly kgPerKwh: number },
  surplus: SurplusEnergy | undefined,
): typeof grid {
  if (!surplus || surplus.joules <= 0 || needed <= 0) return grid;
  const share = Math.min(1, surplus.joules / needed);
  const ppm = BigInt(Math.round(share * 1e6));
  return {
    pricePerKwh: micros(grid.pricePerKwh + ((surplus.exportPerKwh - grid.pricePerKwh) * ppm) / 1_000_000n),
    kgPerKwh: grid.kgPerKwh + (surplus.kgPerKwh - grid.kgPerKwh) * share,
  };
}
