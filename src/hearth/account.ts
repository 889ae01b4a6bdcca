import { Joules, Seconds, startOfLocalDay, startOfLocalMonth, Watts } from "../domain/index.ts";
import type { MeterReading } from "../drivers/index.ts";
import {
  type EnergyBook,
  type EnergyConfig,
  type EnergyInput,
  energyEver,
  enter,
  enterPeak,
  type Peak,
  sinceLastEntry,
  type Tariff,
} from "../energy/index.ts";
import { type ControlConfig, type ControlInput, mostSolarPower, type SolarArray } from "../heat/index.ts";
import { noLoads, type RoundLoads } from "./roundLoads.ts";
import { earn, type Earnings, type JobIncome } from "./earnings.ts";

/** Six reads missed in a row. */
const maxMeteredGap = Seconds(60);
/** No heater draws this many times the most that it says it can. */
const absurdFactor = 3;

/** What a site counts from round to round. */
export interface Accounts {
  readonly energy: EnergyBook;
  readonly earnings: Earnings;
  readonly peak: Peak;
  /** Of deferrable loads, in none of the others but the peak. */
  readonly loadEnergy: EnergyBook;
}

export interface AccountInput extends Pick<ControlInput, "at" | "elapsed" | "heaters"> {
  /** What the site's own meter said since the last round; undefined where there is none. */
  readonly mains: readonly MeterReading[] | undefined;
  /** What tasks of an exchange were settled for since the last round. */
  readonly jobs?: JobIncome | undefined;
  /** The site's deferrable loads, and what their plugs say. */
  readonly loads?: Pick<RoundLoads, "configs" | "inputs"> | undefined;
  /** Its own photovoltaics; undefined where it has none. */
  readonly solar?: SolarArray | undefined;
}

/** What the round adds to energy and earnings. The time that the hearth was away is nobody's. */
export function account(
  config: ControlConfig,
  tariff: Tariff,
  { energy, earnings, peak, loadEnergy }: Accounts,
  { at, elapsed, heaters, mains, solar, jobs, loads = noLoads }: AccountInput,
): Accounts {
  const readings = Object.fromEntries(config.heaters.map(({ id }) => [id, heaters[id]?.reading]));
  const dayStart = startOfLocalDay(at, config.timezone);
  const sinceThen = elapsed > 0 ? elapsed : sinceLastEntry(energy, at);
  const news = {
    now: at,
    elapsed: sinceThen,
    dayStart,
    own: solar && mains && { grid: meanOf(mains), most: mostSolarPower(solar, at) },
  };
  const next = enter(energyConfig(config, tariff), energy, { ...news, readings });
  const nextLoads = enter(loadsConfig(loads, tariff), loadEnergy, { ...news, readings: meteredOf(loads) });
  const gained = (after: EnergyBook, before: EnergyBook) =>
    energyEver(after).energy - energyEver(before).energy;
  const drawn = gained(next, energy) + gained(nextLoads, loadEnergy);
  const joules = mains === undefined ? drawn : (meanOf(mains) ?? 0) * elapsed;
  const monthStart = startOfLocalMonth(at, config.timezone);
  return {
    energy: next,
    loadEnergy: nextLoads,
    peak: enterPeak(peak, { now: at, duration: elapsed, joules: Joules(Math.max(0, joules)), monthStart }),
    earnings: earn(earnings, { at, elapsed, dayStart, readings: Object.values(readings), jobs }),
  };
}

const meanOf = (mains: readonly MeterReading[]): Watts | undefined =>
  mains.length === 0 ? undefined : Watts(mains.reduce((sum, { watts }) => sum + watts / mains.length, 0));

const energyConfig = (config: ControlConfig, tariff: Tariff): EnergyConfig => ({
  tariff,
  maxGap: maxMeteredGap,
  heaters: config.heaters.map(({ id, heatShare, traits }) => ({
    id,
    heatShare,
    maxWatts: Watts(traits.maxWatts * absurdFactor),
  })),
});

const loadsConfig = ({ configs }: Pick<RoundLoads, "configs">, tariff: Tariff): EnergyConfig => ({
  tariff,
  maxGap: maxMeteredGap,
  heaters: configs.map(({ id, watts }) => ({ id, heatShare: 0, maxWatts: Watts(watts * absurdFactor) })),
});

/** What plugs tell of loads and did not meter counts for nothing. */
const meteredOf = ({ configs, inputs }: Pick<RoundLoads, "configs" | "inputs">): EnergyInput["readings"] =>
  Object.fromEntries(
    configs.map(({ id }) => {
      const reading = inputs[id]?.reading;
      return [id, reading?.provenance === "metered" ? reading : undefined];
    }),
  );
