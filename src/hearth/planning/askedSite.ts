import { type Celsius, type Instant, plus, Seconds, type Watts } from "../../domain/index.ts";
import type { Tariff } from "../../energy/index.ts";
import type {
  ComfortOverride,
  ControlConfig,
  ControlOutput,
  ControlState,
  HeaterConfig,
  LoadConfig,
  LoadMemory,
  OwnerWishes,
  PlanStep,
  SolarArray,
} from "../../heat/index.ts";
import type { Outside } from "../outside.ts";

/** How a site's day is planned. */
export interface PlanSettings {
  readonly hours: number;
  /** So much warmer than its target a room may be made while energy is cheap, K. */
  readonly warmerK: number;
  /** Of a kg of CO₂, in the tariff's currency. */
  readonly carbonPerKg: number;
  /** Its photovoltaics; undefined where it has none. */
  readonly solar?: SolarSettings | undefined;
}

export interface SolarSettings extends SolarArray {
  /** What the house draws beside heaters and loads while the sun hides it from the meter, W. */
  readonly baseWatts: Watts;
  /** What a kWh of them emits, making them included where its owner counts it. */
  readonly gramsPerKwh: number;
}

/** What would be otherwise, for a question of what if. */
export interface Supposed {
  /** All targets, K. */
  readonly warmerBy?: number | undefined;
  /** All prices. */
  readonly priceTimes?: number | undefined;
  /** Nobody is there from now on. */
  readonly away?: { readonly targetC: Celsius; readonly hours: number } | undefined;
}

/** A site as it is now, and what is known of its next day. */
export interface PlannedSite {
  readonly at: Instant;
  readonly settings: PlanSettings;
  readonly config: ControlConfig;
  readonly control: Pick<ControlOutput, "heaters">;
  readonly state: ControlState;
  readonly owner: OwnerWishes;
  /** Its deferrable loads, with what each has done. */
  readonly loads?: readonly { readonly config: LoadConfig; readonly memory: LoadMemory }[];
  readonly tariff: Tariff;
  readonly outside: Outside;
  /** Of the grid's kWh, where no feed knows better. */
  readonly gramsPerKwh: number | undefined;
  readonly peakWatts: number;
  /** Of sinks and heaters. */
  readonly names: Readonly<Record<string, string>>;
  /** What a kWh in each heater earns, in the tariff's currency. */
  readonly earnsPerKwh: Readonly<Record<string, number>>;
}

export const endOf = ({ from, duration }: PlanStep): Instant => plus(from, duration);

/** What would be wished of a sink beside what its owner wishes. */
export const absenceOf = ({ at }: PlannedSite, { away }: Supposed): readonly ComfortOverride[] =>
  away ? [{ kind: "away", targetC: away.targetC, until: plus(at, Seconds(away.hours * 3600)) }] : [];

export const isWished = ({ owner, at }: PlannedSite, id: string) => (owner.powers[id]?.until ?? 0) > at;

/** Heat of heaters whose power the owner has asked for. */
export const wishedHeat = (
  { owner }: PlannedSite,
  wished: readonly HeaterConfig[],
  sink: string,
  step: PlanStep,
) =>
  wished
    .filter((heater) => heater.sink === sink && (owner.powers[heater.id]?.until ?? 0) > step.from)
    .reduce((sum, { id, heatShare }) => sum + (owner.powers[id]?.watts ?? 0) * heatShare, 0);
