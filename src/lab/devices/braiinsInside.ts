import { type Celsius, Seconds, Watts } from "../../domain/index.ts";
import { towards, warmed } from "./heatedPart.ts";

/** What one can do to a virtual miner by hand. */
export type BraiinsFault =
  /** It reads well and refuses every write. */
  | { readonly kind: "refuses" }
  /** It takes no new target, but pauses and resumes. */
  | { readonly kind: "keeps-its-target" }
  /** It answers with 500 to everything but its details, as while it applies a configuration. */
  | { readonly kind: "reconfigures" }
  /** It tells so many times its power. */
  | { readonly kind: "lies"; readonly factor: number }
  /** Its fans have failed: it gets so many times as hot. */
  | { readonly kind: "chokes"; readonly factor: number }
  /** It has scaled itself down, W. */
  | { readonly kind: "scales"; readonly watts: number }
  | { readonly kind: "loses-a-board" }
  | { readonly kind: "loses-its-pools" };

/** A miner as it is at one moment. */
export interface BraiinsInside {
  /** s of the clock's monotonic time. */
  at: number;
  /** The power target that it was given, W. */
  target: number;
  phase: "mining" | "paused" | "overheated" | "off";
  power: number;
  chip: Celsius;
  tuningUntil: number;
  preheats: boolean;
  minedSince: number;
  accepted: number;
  readonly faults: Map<BraiinsFault["kind"], BraiinsFault>;
}

export interface BraiinsBuild {
  /** The power targets that it states, W. */
  readonly constraints: { readonly min: number; readonly default: number; readonly max: number };
  readonly idleWatts: number;
  /** How fast its power changes, W/s. */
  readonly ramp: number;
  /** The air that it draws in. */
  air(): Celsius;
}

const chips = { kelvinPerWatt: 0.016, timeConstant: Seconds(90) };
/** Colder, °C, it holds its power low and its fans slow until it is so warm again. */
const coldChip = 5;
const preheatedChip = 15;
const preheatShare = 0.4;
const slowFans = 6;
/** At which the firmware stops, °C. */
const dangerousChip = 95;
const longestStep = 5;
const secondsPerShare = 20;

/** Lets a miner live on up to `now`, s of monotonic time. */
export function liveOn(state: BraiinsInside, build: BraiinsBuild, now: number): void {
  while (state.at < now) {
    const elapsed = Math.min(longestStep, now - state.at);
    step(state, build, elapsed);
    state.at = elapsed < longestStep ? now : state.at + elapsed;
  }
}

/** What its tuner works towards, W. */
export function ownTarget({ target, faults }: BraiinsInside): number {
  const scales = faults.get("scales");
  return scales?.kind === "scales" ? Math.min(target, scales.watts) : target;
}

function step(state: BraiinsInside, build: BraiinsBuild, elapsed: number): void {
  const mines = state.phase === "mining";
  if (mines && state.chip < coldChip) state.preheats = true;
  if (!mines || state.chip > preheatedChip) state.preheats = false;
  state.power = towards(state.power, goalOf(state, build), build.ramp * elapsed);
  const chokes = state.faults.get("chokes");
  const choked = chokes?.kind === "chokes" ? chokes.factor : 1;
  const fans = state.preheats ? slowFans : 1;
  const part = { ...chips, kelvinPerWatt: chips.kelvinPerWatt * choked * fans };
  state.chip = warmed(state.chip, part, build.air(), Watts(state.power), Seconds(elapsed));
  if (mines) state.accepted += elapsed / secondsPerShare;
  if (!mines || state.chip <= dangerousChip) return;
  state.phase = "overheated";
  state.power = build.idleWatts;
}

function goalOf(state: BraiinsInside, { idleWatts, constraints }: BraiinsBuild): number {
  if (state.phase === "off") return 0;
  if (state.phase !== "mining") return idleWatts;
  return state.preheats ? Math.max(idleWatts, constraints.min * preheatShare) : ownTarget(state);
}
