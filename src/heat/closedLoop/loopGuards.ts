import { estimatedAir } from "../estimate.ts";
import { type ComfortGuard, guardComfort } from "../planner/comfortGuard.ts";
import { type Known, leastRoomC } from "./known.ts";
import type { LoopHome, LoopSink } from "./loopHome.ts";

export type LoopGuards = Readonly<Record<LoopSink, ComfortGuard>>;

export const unguarded: LoopGuards = { room: "plan", tank: "plan" };

/** How far below what is wanted a plan may let the room and the tap go, and what is kept free below the most; and where nothing heats a room any more, K. */
const tolerance = { room: 0.2, tap: 1 } as const;
const hardRoomK = 1;

/** The plan is heeded again a third of its tolerance within what is wanted. */
const within = (kelvin: number) => ({
  tolerance: kelvin,
  back: { fromCold: kelvin / 3, fromHot: kelvin / 3 },
});

export function guardSinks(home: LoopHome, before: LoopGuards, known: Known): LoopGuards {
  const { estimate, minute, tankTopC, tankC } = known;
  return {
    room: guardComfort(before.room, {
      temperature: estimatedAir(estimate),
      least: leastRoomC(home, minute),
      most: home.mostC - tolerance.room,
      ...within(tolerance.room),
    }),
    tank: guardComfort(before.tank, {
      temperature: tankC > home.tankMostC ? tankC : tankTopC,
      least: home.tapC + tolerance.tap,
      most: home.tankMostC,
      ...within(tolerance.tap),
    }),
  };
}

/** Whether the plain thermostat takes over for a while. */
export const isTooCold = ({ room, tank }: LoopGuards): boolean => room === "too-cold" || tank === "too-cold";

/** Sinks that nothing may heat. */
export function tooHotSinks(home: LoopHome, guards: LoopGuards, known: Known): Record<LoopSink, boolean> {
  const roomC = estimatedAir(known.estimate) ?? known.roomC;
  return {
    room: guards.room === "too-hot" || roomC > home.mostC + hardRoomK,
    tank: guards.tank === "too-hot" || known.tankC > home.tankMostC,
  };
}
