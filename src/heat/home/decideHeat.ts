import { allocate, type Given, type HeatSinkName, type SinkWish } from "./allocate.ts";
import type { Source, Surroundings } from "./sources.ts";

export interface HeatDecision {
  readonly sources: readonly Source[];
  readonly wishes: readonly SinkWish[];
  /** The room's wish when it may cool to the lower edge of its band. */
  readonly leastRoomWish: SinkWish;
  /** The least heat at which the heater computes, W. */
  readonly leastHeaterHeatW: number;
  /** What each sink can take though it may want less, W. */
  readonly bearsW: Readonly<Record<HeatSinkName, (source: Source) => number>>;
}

/**
 * What each source gives each sink. A heater of which less is wanted than its least power gives that where rooms,
 * tank and pool can bear it; otherwise it stops, and the others do what is needed to stay comfortable.
 */
export function decideHeat(decision: HeatDecision, around: Surroundings): readonly Given[] {
  const { sources, wishes, bearsW, leastHeaterHeatW } = decision;
  const given = allocate(sources, wishes, around);
  const heater = sources.find(({ kind }) => kind === "heater");
  const fromHeater = sumOf(given.filter(({ source }) => source === heater));
  if (!heater || fromHeater === 0 || fromHeater >= leastHeaterHeatW) return given;
  let missing = leastHeaterHeatW - fromHeater;
  const more = (["room", "tank", "pool"] as const).flatMap((sink): readonly Given[] => {
    const heatW = Math.min(missing, Math.max(0, bearsW[sink](heater) - heatInto(given, sink)));
    if (!(heatW > 0)) return [];
    missing -= heatW;
    const { supplyC = 40, returnC } = wishes.find((wish) => wish.sink === sink) ?? {};
    return [{ source: heater, sink, supplyC, returnC: returnC?.(heatW) ?? supplyC, heatW }];
  });
  if (missing <= 1e-6) return [...given, ...more];
  const others = sources.filter((source) => source !== heater);
  const patient = wishes.map((wish) => (wish.sink === "room" ? decision.leastRoomWish : wish));
  return allocate(others, patient, around);
}

export const heatInto = (given: readonly Given[], sink: SinkWish["sink"]): number =>
  sumOf(given.filter((one) => one.sink === sink));

const sumOf = (given: readonly Given[]) => given.reduce((sum, { heatW }) => sum + heatW, 0);
