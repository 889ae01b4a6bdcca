import { type Celsius, Seconds, Watts } from "../../domain/index.ts";
import { towards, warmed } from "./heatedPart.ts";

/** What one can do to a virtual Bitaxe by hand. */
export type BitaxeFault =
  /** It reads well and refuses every write. */
  | { readonly kind: "refuses" }
  /** It tells so many times its power. */
  | { readonly kind: "lies"; readonly factor: number }
  /** Dust: it gets so many times as hot. */
  | { readonly kind: "chokes"; readonly factor: number }
  | { readonly kind: "loses-its-pools" }
  /** The hearth's address is none of its network's. */
  | { readonly kind: "shuts-others-out" }
  | { readonly kind: "power-fault"; readonly words: string };

export interface BitaxeSettings {
  readonly frequency: number;
  readonly coreVoltage: number;
}

/** A Bitaxe as it is at one moment. */
export interface BitaxeInside {
  /** s of the clock's monotonic time. */
  at: number;
  /** Kept over restarts, MHz and mV. */
  frequency: number;
  coreVoltage: number;
  /** What it ran at before it was set to those, and when that was, s. */
  before: BitaxeSettings;
  setAt: number;
  autoFan: boolean;
  fan: number;
  paused: boolean;
  isPowered: boolean;
  /** Since when its protection holds it, s. */
  trippedSince: number | undefined;
  power: number;
  chip: Celsius;
  regulator: Celsius;
  bootedAt: number;
  accepted: number;
  readonly faults: Map<BitaxeFault["kind"], BitaxeFault>;
}

export interface BitaxeBuild {
  /** At these settings it draws this power, W. */
  readonly rated: { readonly frequency: number; readonly coreVoltage: number; readonly watts: number };
  readonly idleWatts: number;
  /** Old firmware halts when it trips, and stays so until it is told to go on. */
  readonly haltsForGood: boolean;
  /** How long it takes over new settings, s. */
  readonly takesOver: number;
  air(): Celsius;
}

const chipPart = { kelvinPerWatt: 1.75, timeConstant: Seconds(40) };
const regulatorPart = { kelvinPerWatt: 2.3, timeConstant: Seconds(60) };
/** The trip, in bitaxeorg/ESP-Miner, main/tasks/power_management_task.c. */
const trip = { chip: 75, regulator: 105, coolsFor: 30, chipCooled: 45, regulatorCooled: 95, reduction: 100 };
/** A fan at full speed against one that follows the temperature. */
const fullFan = 0.8;
const rampWattsPerSecond = 4;
const longestStep = 2;
const secondsPerShare = 5;

/** Lets it live on up to `now`, s of monotonic time. */
export function liveOn(state: BitaxeInside, build: BitaxeBuild, now: number): void {
  while (state.at < now) {
    const elapsed = Math.min(longestStep, now - state.at);
    step(state, build, elapsed);
    state.at = elapsed < longestStep ? now : state.at + elapsed;
  }
}

export const hashes = ({ isPowered, paused, trippedSince, faults }: BitaxeInside) =>
  isPowered && !paused && trippedSince === undefined && !faults.has("loses-its-pools");

/** The settings that it has taken over. */
export const runsAt = (state: BitaxeInside, { takesOver }: BitaxeBuild): BitaxeSettings =>
  state.at >= state.setAt + takesOver ? state : state.before;

function step(state: BitaxeInside, build: BitaxeBuild, elapsed: number): void {
  const { idleWatts } = build;
  const resting = state.isPowered ? idleWatts : 0;
  const goal = hashes(state) ? ratedPower(state, build) : resting;
  state.power = towards(state.power, goal, rampWattsPerSecond * elapsed);
  const chokes = state.faults.get("chokes");
  const factor = (chokes?.kind === "chokes" ? chokes.factor : 1) * (state.fan === 100 ? fullFan : 1);
  const warm = (part: typeof chipPart, was: Celsius) =>
    warmed(
      was,
      { ...part, kelvinPerWatt: part.kelvinPerWatt * factor },
      build.air(),
      Watts(state.power),
      Seconds(elapsed),
    );
  state.chip = warm(chipPart, state.chip);
  state.regulator = warm(regulatorPart, state.regulator);
  if (hashes(state)) state.accepted += elapsed / secondsPerShare;
  protect(state, build);
}

function protect(state: BitaxeInside, { idleWatts, haltsForGood }: BitaxeBuild): void {
  const isHot = state.chip > trip.chip || state.regulator > trip.regulator;
  if (state.trippedSince === undefined) {
    if (!isHot || !hashes(state)) return;
    state.trippedSince = state.at;
    state.power = idleWatts;
    state.autoFan = false;
    state.fan = 100;
    return;
  }
  const hasCooled = state.chip < trip.chipCooled && state.regulator < trip.regulatorCooled;
  if (haltsForGood || !hasCooled || state.at - state.trippedSince < trip.coolsFor) return;
  state.trippedSince = undefined;
  state.frequency = state.frequency > trip.reduction ? state.frequency - trip.reduction : 400;
  state.coreVoltage = state.coreVoltage > trip.reduction ? state.coreVoltage - trip.reduction : 1000;
}

function ratedPower(state: BitaxeInside, build: BitaxeBuild): number {
  const { frequency, coreVoltage } = runsAt(state, build);
  const { rated, idleWatts } = build;
  const share = (frequency / rated.frequency) * (coreVoltage / rated.coreVoltage) ** 2;
  return idleWatts + (rated.watts - idleWatts) * share;
}
