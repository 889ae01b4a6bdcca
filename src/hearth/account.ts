import { Joules, Seconds, startOfLocalDay, startOfLocalMonth, Watts } from "../domain/index.ts";
import type { MeterReading } from "../drivers/index.ts";
import {
  type EnergyBook,
  type EnergyConfig,
  energyEver,
  enter,
  enterPeak,
  type Peak,
  sinceLastEntry,
  type Tariff,
} from "../energy/index.ts";
import { type ControlConfig, type ControlInput, mostSolarPower, type SolarArray } from "../heat/index.ts";
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
}

export interface AccountInput extends Pick<ControlInput, "at" | "elapsed" | "heaters"> {
  /** What the site's own meter said since the last round; undefined where there is none. */
  readonly mains: readonly MeterReading[] | undefined;
  /** What tasks of an exchange were settled for since the last round. */
  readonly jobs?: JobIncome | undefined;
  /** Its own photovoltaics; undefined where it has none. */
  readonly solar?: SolarArray | undefined;
}

/** What the round adds to energy and earnings. The time that the hearth was away is nobody's. */
export function account(
  config: ControlConfig,
  tariff: Tariff,
  { energy, earnings, peak }: Accounts,
  { at, elapsed, heaters, mains, solar, jobs }: AccountInput,
): Accounts {
  const readings = Object.fromEntries(config.heaters.map(({ id }) => [id, heaters[id]?.reading]));
  const dayStart = startOfLocalDay(at, config.timezone);
  const sinceThen = elapsed > 0 ? elapsed : sinceLastEntry(energy, at);
  const next = enter(energyConfig(config, tariff), energy, {
    now: at,
    elapsed: sinceThen,
    dayStart,
    readings,
    own: solar && mains && { grid: meanOf(mains), most: mostSolarPower(solar, at) },
  });
  const byHeaters = energyEver(next).energy - energyEver(energy).energy;
  const joules = mains === undefined ? byHeaters : (meanOf(mains) ?? 0) * elapsed;
  const monthStart = startOfLocalMonth(at, config.timezone);
  return {
    energy: next,
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
