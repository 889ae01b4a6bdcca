import { Celsius, Instant, Seconds, Watts } from "../../../domain/index.ts";
import type { PlanStep } from "../../planner/planProblem.ts";
import type { RoomModel, RoomState } from "../../room.ts";
import { stepsPerHour } from "../dwelling.ts";
import { isPoolSeason, type PoolOfHome } from "../homePool.ts";
import type { HomeOffer, HomeRun } from "../homeRun.ts";
import type { Home } from "../homeSchema.ts";
import type { KnownTank } from "../hotWater.ts";
import type { Surroundings } from "../sources.ts";
import type { Outlook } from "./outlook.ts";

/** How many steps of which length, in quarter-hours: those in act are fine, for prices and set-points change by the hour. */
const stepLengths = [
  [8, 1],
  [4, 2],
  [24, 4],
] as const;
const quarters = stepLengths.flatMap(([count, length]) => Array.from({ length: count }, () => length));
const begins = quarters.map((_, at) => quarters.slice(0, at).reduce((sum, length) => sum + length, 0));
export const horizonHours = 28;
/** What a heat pump is planned for where no forecast tells it. */
const usualHumidity = 0.85;

/** A home as its plans see it. */
export interface PlannedHome {
  readonly home: Home;
  readonly run: HomeRun;
  readonly offer: HomeOffer;
  readonly model: RoomModel;
  readonly outlook: Outlook;
  /** Hours of the weather's year. */
  readonly hours: number;
  /** The warmest that it may make the rooms, °C. */
  readonly mostRoomC: number;
}

/** What is known of it when a plan is made. */
export interface KnownHome {
  /** The full hour, counted like the stretch's. */
  readonly index: number;
  readonly room: RoomState;
  /** Heat by which the rooms differ from what their model foresees, W. */
  readonly offsetW: number;
  readonly tank: KnownTank;
  /** Of the pool, °C; undefined where it is left to the thermostat. */
  readonly poolC: number | undefined;
}

interface AskedTime {
  readonly hour: number;
  /** Of the hour, the quarter that it begins with. */
  readonly step: number;
  readonly quarters: number;
  /** In hours. */
  readonly length: number;
}

/** A home, what is known of it, and the steps of the horizon that it is asked for. */
export interface AskedHome extends PlannedHome {
  readonly known: KnownHome;
  readonly times: readonly AskedTime[];
  readonly steps: readonly PlanStep[];
  /** Of the weather's year. */
  readonly hourOf: (index: number) => number;
  readonly around: readonly Surroundings[];
  readonly meanPrice: number;
  readonly pool: AskedPool | undefined;
}

export interface AskedPool extends PoolOfHome {
  readonly waterC: number;
}

/** What a K·h counts like, in kWh at the mean price. */
export const discomfort = { cold: 2, hot: 6, coldWater: 4, hotWater: 6 } as const;

/** The horizon of a plan that is made at the full hour. */
export function askHome(planned: PlannedHome, known: KnownHome): AskedHome {
  const { home, run, offer, hours, outlook } = planned;
  const hourOf = (index: number) => ((index % hours) + hours) % hours;
  const times = quarters.map((length, at): AskedTime => {
    const begin = begins[at] ?? 0;
    return {
      hour: known.index + Math.floor(begin / stepsPerHour),
      step: begin % stepsPerHour,
      quarters: length,
      length: length / stepsPerHour,
    };
  });
  const around = times.map(({ hour }) => ({
    ...run.surroundings(hourOf(hour)),
    outdoorC: outlook.outdoorC(known.index, hour),
    relativeHumidity: outlook.relativeHumidity(hour) ?? usualHumidity,
  }));
  const steps = times.map(({ hour, step, length }, at): PlanStep => ({
    from: Instant((hour + step / stepsPerHour) * 3_600_000),
    duration: Seconds(length * 3600),
    pricePerKwh: around[at]?.electricityPerKwh ?? 0,
    exportPerKwh: 0,
    kgPerKwh: 0,
    outdoor: Celsius(around[at]?.outdoorC ?? 0),
    otherWatts: Watts(0),
    solarWatts: Watts(0),
  }));
  const prices = times.map(({ hour }) => Math.abs(offer.electricityPerKwh[hourOf(hour)] ?? 0));
  const meanPrice = Math.max(0.05, prices.reduce((sum, price) => sum + price, 0) / prices.length);
  const { pool } = home;
  const isPoolPlanned = pool && known.poolC !== undefined && isPoolSeason(pool, hourOf(known.index));
  return {
    ...planned,
    known,
    times,
    steps,
    hourOf,
    around,
    meanPrice,
    pool: isPoolPlanned ? { ...pool, waterC: known.poolC } : undefined,
  };
}
