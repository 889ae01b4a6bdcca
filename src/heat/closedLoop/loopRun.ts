import { Instant } from "../../domain/index.ts";
import type { SolveProgram } from "../planner/program.ts";
import type { SolvePlanOptions } from "../planner/solvePlan.ts";
import type { Earnings } from "./known.ts";
import type { LoopAccount } from "./loopAccount.ts";
import type { LoopHome } from "./loopHome.ts";
import type { TruthStart } from "./loopTruth.ts";
import type { LoopWorld } from "./loopWorld.ts";

/** Hours in which a feed gives nothing, from the first one on. */
export interface Outage {
  readonly from: number;
  readonly until: number;
}

/** A look at the home, once in a quarter-hour of the time that counts. */
export interface LoopSample {
  readonly roomC: number;
  /** Mean of the tank. */
  readonly tankC: number;
  readonly outdoorC: number;
  /** Of all devices. */
  readonly watts: number;
  readonly pricePerKwh: number;
}

/** A home, what happens to it, and who controls it. */
export interface LoopRun {
  readonly home: LoopHome;
  readonly world: LoopWorld;
  readonly start: TruthStart;
  readonly earnings: Earnings;
  /** By hour of the study. */
  readonly pricePerKwh: (hour: number) => number;
  /** Hours on the plain thermostat before anything counts. */
  readonly warmUpHours: number;
  /** Who plans; without, the plain thermostat controls. */
  readonly planner?: (SolvePlanOptions & { readonly solve: SolveProgram }) | undefined;
  readonly pricesGone?: Outage | undefined;
  readonly weatherGone?: Outage | undefined;
  readonly onSample?: ((sample: LoopSample) => void) | undefined;
}

export interface LoopPlans {
  readonly made: number;
  readonly proven: number;
  /** The solver found none: made by plain rules. */
  readonly byRules: number;
  /** Hours in which the plan acted, in which a guard of comfort overruled it, and on the plain thermostat. */
  readonly actedHours: number;
  readonly overruledHours: number;
  readonly plainHours: number;
  /** Times that the model began to predict badly. */
  readonly failedTimes: number;
}

export interface LoopResult {
  readonly account: LoopAccount;
  readonly starts: number;
  readonly plans: LoopPlans;
  /** Heat in fabric and tank at the end less that at the beginning, kWh. */
  readonly storedKwh: number;
  readonly endedC: { readonly room: number; readonly tank: number };
}

/** Midnight of some day, for the plans' instants. */
export const epoch = Date.UTC(2026, 0, 10);

export const instantOf = (minute: number): Instant => Instant(epoch + minute * 60_000);

export const isIn = (outage: Outage | undefined, hour: number): boolean =>
  outage !== undefined && hour >= outage.from && hour < outage.until;

/** The hour in which the newest forecast was made. */
export const issuedAt = ({ weatherGone }: LoopRun, hour: number): number =>
  weatherGone && isIn(weatherGone, hour) ? weatherGone.from : hour;
