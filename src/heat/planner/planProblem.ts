import type { Celsius, Instant, Seconds, Watts } from "../../domain/index.ts";
import type { PowerSteps } from "../heater.ts";
import type { RoomModel, RoomState } from "../room.ts";

/** What is known of one step of the horizon. Money is in units of the site's currency. */
export interface PlanStep {
  readonly from: Instant;
  readonly duration: Seconds;
  /** Of a kWh drawn from the grid, and of one given to it. */
  readonly pricePerKwh: number;
  readonly exportPerKwh: number;
  /** kg CO₂e per kWh from the grid. */
  readonly kgPerKwh: number;
  readonly outdoor: Celsius;
  /** Drawn by what is not planned, and made by photovoltaics, W. */
  readonly otherWatts: Watts;
  readonly solarWatts: Watts;
}

/** How a device may be switched. */
export interface Switching {
  readonly minOn: Seconds;
  readonly minOff: Seconds;
  /** Money of each start: wear, and the energy of settling. */
  readonly startCost: number;
  /** Power now, and since when it is on or off, s. */
  readonly watts: Watts;
  readonly since: Seconds;
  /** It may not run while a kWh costs more; undefined: whenever. */
  readonly priceCeiling?: number | undefined;
  /** At most so much in each step, as in its quiet hours, W; undefined: all that it can. */
  readonly mostWatts?: readonly number[] | undefined;
}

export interface PlannedHeater extends Switching {
  readonly id: string;
  readonly steps: PowerSteps;
  /** Of its power, what reaches a sink. */
  readonly heatShare: number;
  /** The sinks that it can heat. */
  readonly sinks: readonly string[];
  /** What a kWh in it earns, by step. */
  readonly earnsPerKwh: readonly number[];
  /** What it is asked for to draw each of its levels, where that is another power, W. */
  readonly asked?: readonly Watts[] | undefined;
}

/** A heat source that only heats, W of electricity or of fuel. */
export interface PlannedBackup extends Switching {
  readonly id: string;
  /** Input power; the least while it runs and the most. */
  readonly minWatts: Watts;
  readonly maxWatts: Watts;
  /** Heat per input, by step. */
  readonly performance: readonly number[];
  /** Where it differs by sink: heat per input, by sink and step. */
  readonly performanceInto?: Readonly<Record<string, readonly number[]>> | undefined;
  readonly sinks: readonly string[];
  /** Of a kWh of its fuel; undefined: it draws from the grid. */
  readonly fuelPerKwh?: number | undefined;
}

interface SinkComfort {
  readonly id: string;
  /** Wanted at least and at most at the end of each step, °C. Both are soft. */
  readonly least: readonly number[];
  readonly most: readonly number[];
  /** What a K·h below the least, or above the most, counts like, in money. */
  readonly coldPerKelvinHour: number;
  readonly hotPerKelvinHour: number;
  /** The heat that it can take in each step, W; undefined: all that its devices give. */
  readonly mostHeat?: readonly number[] | undefined;
  /** What a kWh left in it at the end is worth, in money; undefined: what its cheapest source takes for one on average. */
  readonly worthPerKwh?: number | undefined;
}

export interface PlannedRoom extends SinkComfort {
  readonly kind: "room";
  readonly model: RoomModel;
  readonly state: RoomState;
  /** Heat of sun, people and devices, W, by step. */
  readonly gains?: readonly number[] | undefined;
}

/** Water of one temperature throughout. */
export interface PlannedWater extends SinkComfort {
  readonly joulesPerKelvin: number;
  /** By step where it changes. */
  readonly lossWattsPerKelvin: number | readonly number[];
  readonly around: Celsius;
  readonly temperature: Celsius;
  /** Heat drawn off, W, by step. */
  readonly drawOff: readonly number[];
}

export interface PlannedTank extends PlannedWater {
  readonly kind: "tank";
  /** It has to reach `celsius` at the end of some step up to that one. */
  readonly disinfection?: { readonly celsius: number; readonly byStep: number } | undefined;
}

/** A pool: what it loses, less the sun, as heat drawn off while it is as warm as `around`, and as much more for each kelvin. */
export interface PlannedPool extends PlannedWater {
  readonly kind: "pool";
}

export type PlannedSink = PlannedRoom | PlannedTank | PlannedPool;

/** What cools a room by electricity from the grid, at any part of its power. */
export interface PlannedCooler {
  readonly id: string;
  readonly room: string;
  /** Input power at most in each step, W. */
  readonly mostWatts: readonly number[];
  /** Heat that it takes per input, by step. */
  readonly performance: readonly number[];
}

/** A load that may run at any time within a window; without `value` it has to. */
export interface DeferrableLoad {
  readonly id: string;
  readonly joules: number;
  readonly maxWatts: Watts;
  /** It is on at all of its power or off, so that it may draw a bit more than it needs; else any power up to that will do. */
  readonly isSwitched?: boolean | undefined;
  /** Money of each start of one that is switched; left out: nothing. */
  readonly startCost?: number | undefined;
  readonly isOn?: boolean | undefined;
  readonly fromStep: number;
  /** Not part of it. */
  readonly untilStep: number;
  /** What it is worth that it runs at all, in money. */
  readonly value?: number | undefined;
}

/** A site's next day or so, for the planner. */
export interface PlanProblem {
  readonly steps: readonly PlanStep[];
  readonly heaters: readonly PlannedHeater[];
  readonly backups: readonly PlannedBackup[];
  readonly sinks: readonly PlannedSink[];
  readonly coolers?: readonly PlannedCooler[] | undefined;
  readonly loads: readonly DeferrableLoad[];
  /** The most that may be drawn from the grid, W. */
  readonly feederWatts: Watts;
  /** In money per kg CO₂e; 0 where the owner sets none. */
  readonly carbonPerKg: number;
  /** Fee per kW of the highest power drawn beyond `peakSoFar`, in money; 0 where the grid asks none. */
  readonly peakPerKw: number;
  readonly peakSoFar: Watts;
}

export const hoursOf = ({ duration }: PlanStep): number => duration / 3600;

/** What a kWh from the grid costs in a step, its carbon included. */
export const wholePrice = ({ pricePerKwh, kgPerKwh }: PlanStep, { carbonPerKg }: PlanProblem): number =>
  pricePerKwh + carbonPerKg * kgPerKwh;

/** Heat per input into a sink in a step. */
export const performanceOf = (
  { performance, performanceInto }: Pick<PlannedBackup, "performance" | "performanceInto">,
  sink: string,
  at: number,
): number => performanceInto?.[sink]?.[at] ?? performance[at] ?? 1;
