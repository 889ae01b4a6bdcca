import type { RoomWish } from "./dwelling.ts";
import type { SourceKind } from "./sources.ts";

/** Heat that each source is to give, W. */
export type OrderedHeat = Readonly<Partial<Record<SourceKind, number>>>;

/** What a plan asks for in a step. */
export interface HomeOrder {
  /** Undefined where the thermostat heats the rooms, since the plan's model does not foresee them well. */
  readonly room: OrderedHeat | undefined;
  readonly tank: OrderedHeat;
  /** The warmest that it may make the rooms, °C. */
  readonly mostC: number;
  /** Whether the tank is to be disinfected from now on. */
  readonly disinfects: boolean;
}

/** What the rooms are to get, and whose heat that is to be. */
export interface OrderedRoom {
  readonly wish: RoomWish;
  /** Of the wish, each source's share; undefined where the thermostat chooses. */
  readonly shares: OrderedHeat | undefined;
  /** Whether the thermostat holds the rooms, since the plan's heat would leave them too cold. */
  readonly isOverruled: boolean;
}

/** So far below what is wanted a plan may let the rooms go, K. */
const toleranceK = 0.1;
const smallestW = 1;

/** The plan's heat as far as the thermostat beneath lets it: never colder than is wanted, less a bit, never too warm. */
export function orderRoom(room: RoomWish, { room: ordered, mostC }: HomeOrder): OrderedRoom {
  if (!ordered || room.coolW > 0) return { wish: room, shares: undefined, isOverruled: ordered === undefined };
  const asked = Object.values(ordered).reduce((sum, watts) => sum + watts, 0);
  const leastHeatW = room.aboveW(-toleranceK);
  const mostHeatW = Math.max(leastHeatW, room.upToW(mostC));
  const isOverruled = asked < leastHeatW - smallestW;
  const heatW = Math.min(mostHeatW, Math.max(leastHeatW, asked));
  const wish = { ...room, heatW, leastHeatW, mostHeatW };
  if (isOverruled || heatW < smallestW) return { wish, shares: undefined, isOverruled };
  const shares = Object.fromEntries(Object.entries(ordered).map(([kind, watts]) => [kind, watts / asked]));
  return { wish, shares, isOverruled };
}
