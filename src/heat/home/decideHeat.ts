import { allocate, type Given, type SinkWish } from "./allocate.ts";
import type { RoomWish } from "./dwelling.ts";
import type { Source, Surroundings } from "./sources.ts";

export interface HeatDecision {
  readonly sources: readonly Source[];
  readonly wishes: readonly SinkWish[];
  readonly room: RoomWish;
  /** The room's wish when it may cool to the lower edge of its band. */
  readonly leastRoomWish: SinkWish;
  /** The least heat at which the heater computes, W. */
  readonly leastHeaterHeatW: number;
  /** What the tank can take beyond its wish, W. */
  readonly tankBearsW: (source: Source) => number;
}

/**
 * What each source gives each sink. A heater of which less is wanted than its least power gives that where rooms and
 * tank can bear it; otherwise it stops, and the others do what is needed to stay comfortable.
 */
export function decideHeat(decision: HeatDecision, around: Surroundings): readonly Given[] {
  const { sources, wishes, room, leastHeaterHeatW } = decision;
  const given = allocate(sources, wishes, around);
  const heater = sources.find(({ kind }) => kind === "heater");
  const fromHeater = sumOf(given.filter(({ source }) => source === heater));
  if (!heater || fromHeater === 0 || fromHeater >= leastHeaterHeatW) return given;
  const missing = leastHeaterHeatW - fromHeater;
  const intoRoom = Math.min(missing, Math.max(0, room.mostHeatW - heatInto(given, "room")));
  const intoTank = Math.min(
    missing - intoRoom,
    Math.max(0, decision.tankBearsW(heater) - heatInto(given, "tank")),
  );
  if (intoRoom + intoTank >= missing - 1e-6) {
    const more = (sink: SinkWish["sink"], heatW: number): readonly Given[] => {
      const { supplyC = 40, returnC } = wishes.find((wish) => wish.sink === sink) ?? {};
      return heatW > 0
        ? [{ source: heater, sink, supplyC, returnC: returnC?.(heatW) ?? supplyC, heatW }]
        : [];
    };
    return [...given, ...more("room", intoRoom), ...more("tank", intoTank)];
  }
  const others = sources.filter((source) => source !== heater);
  const patient = wishes.map((wish) => (wish.sink === "room" ? decision.leastRoomWish : wish));
  return allocate(others, patient, around);
}

export const heatInto = (given: readonly Given[], sink: SinkWish["sink"]): number =>
  sumOf(given.filter((one) => one.sink === sink));

const sumOf = (given: readonly Given[]) => given.reduce((sum, { heatW }) => sum + heatW, 0);
