import type { RoomWish } from "./dwelling.ts";
import type { SourceKind } from "./sources.ts";

/** Heat that each source is to give, W. */
export type OrderedHeat = Readonly<Partial<Record<SourceKind, number>>>;

/** What a plan asks for in a step. */
export interface HomeOrder {
  /** Undefined where the thermostat heats the rooms, since the plan's model does not foresee them well. */
  readonly room: OrderedRoom | undefined;
  readonly tank: OrderedHeat;
  /** Undefined where it is no part of the plan. */
  readonly pool?: OrderedHeat | undefined;
  /** Whether the tank is to be disinfected from now on. */
  readonly disinfects: boolean;
}

export interface OrderedRoom {
  readonly heat: OrderedHeat;
  /** How far above what is wanted the rooms end up by the plan, and may at most, K. */
  readonly aboveK: number;
  readonly mostAboveK: number;
  /** Undefined where the plan knows of no cooling. */
  readonly cooling?: OrderedCooling | undefined;
}

interface OrderedCooling {
  readonly coolW: number;
  /** How far below the most that is wanted the rooms end up by the plan, and may at most, K. */
  readonly belowK: number;
  readonly mostBelowK: number;
}

/** What the rooms are to get, and whose heat that is to be. */
interface AllowedRoom {
  readonly wish: RoomWish;
  /** Of the wish, each source's share; undefined where the thermostat chooses. */
  readonly shares: OrderedHeat | undefined;
  /** Whether the thermostat holds the rooms, since the plan's heat would leave them too cold. */
  readonly isOverruled: boolean;
}

/** So far below what is wanted a plan may let the rooms go, and so far they may be from what it foresees, K. */
const tolerance = { wanted: 0.05, foreseen: 0.1 } as const;
const smallestW = 1;

/**
 * The plan's heat as far as the thermostat beneath lets it: where the rooms would end up colder or warmer than it
 * foresees, more or less of it; never colder than is wanted, less a bit, nor warmer than they may be.
 */
export function orderRoom(room: RoomWish, ordered: OrderedRoom | undefined): AllowedRoom {
  if (!ordered) return { wish: room, shares: undefined, isOverruled: false };
  const coolW = Math.max(room.coolW, allowedCooling(room, ordered.cooling));
  if (coolW > 0) return { wish: { ...room, coolW }, shares: undefined, isOverruled: false };
  const { heat, aboveK, mostAboveK } = ordered;
  const asked = Object.values(heat).reduce((sum, watts) => sum + watts, 0);
  const leastHeatW = room.aboveW(-tolerance.wanted);
  const mostHeatW = Math.max(leastHeatW, room.aboveW(mostAboveK));
  const isOverruled = asked < smallestW && leastHeatW > smallestW;
  const followed = Math.min(
    room.aboveW(Math.min(aboveK + tolerance.foreseen, mostAboveK)),
    Math.max(room.aboveW(aboveK - tolerance.foreseen), asked),
  );
  const heatW = asked < smallestW ? leastHeatW : Math.max(leastHeatW, followed);
  const wish = { ...room, heatW, leastHeatW, mostHeatW };
  if (asked < smallestW || heatW < smallestW) return { wish, shares: undefined, isOverruled };
  const shares = Object.fromEntries(Object.entries(heat).map(([kind, watts]) => [kind, watts / asked]));
  return { wish, shares, isOverruled };
}

/**
 * Of the cooling that a plan asks for, as much as brings rooms that want no heat to where it foresees them, W; not below
 * that, since what they are cooled too far is lost.
 */
function allowedCooling(room: RoomWish, cooling: OrderedCooling | undefined): number {
  if (!cooling || cooling.coolW < smallestW || room.heatW > smallestW) return 0;
  const { coolW, belowK, mostBelowK } = cooling;
  return Math.min(
    room.belowW(Math.min(belowK, mostBelowK)),
    Math.max(room.belowW(belowK - tolerance.foreseen), coolW),
  );
}
