import { type Currency, type Instant, Seconds, type Watts } from "../domain/index.ts";
import { count, type EnergyCounter, newCounter, withoutCost } from "./counter.ts";
import { type MeterInput, type MeterState, meterPower, newMeter, type PowerReading } from "./meter.ts";
import { portionsOf } from "./portions.ts";
import { type OwnPower, type SurplusMemory, surplusOf, watchSurplus } from "./surplus.ts";
import type { Tariff } from "./tariff.ts";

export interface MeteredHeater {
  readonly id: string;
  /** The share of its power that ends as heat in its sink, 0 … 1. */
  readonly heatShare: number;
  /** A reading above this is absurd. */
  readonly maxWatts: Watts;
}

export interface EnergyConfig {
  readonly tariff: Tariff;
  readonly heaters: readonly MeteredHeater[];
  /** Up to this long a straight line between two readings counts as metered. */
  readonly maxGap: Seconds;
}

export interface HeaterEnergy {
  readonly meter: MeterState;
  readonly ever: EnergyCounter;
  readonly today: EnergyCounter;
}

/** The site's energy since ever and since local midnight. Plain data, fit for JSON. */
export interface EnergyBook {
  readonly version: 1;
  /** The wall clock of the last entry. */
  readonly at: Instant | null;
  /** When `today` began. */
  readonly dayStart: Instant | null;
  /** That of every cost in it. */
  readonly currency: Currency | null;
  /** What own photovoltaics leave over; null where nothing tells it. */
  readonly surplus: SurplusMemory | null;
  readonly heaters: Readonly<Record<string, HeaterEnergy>>;
}

export interface EnergyInput {
  readonly now: Instant;
  /** Since the last entry, by the monotonic clock; after a restart, by the wall clock (`sinceLastEntry`). */
  readonly elapsed: Seconds;
  /** The first instant of the local day that `now` belongs to. */
  readonly dayStart: Instant;
  /** By heater; the newest reading, however old. */
  readonly readings: Readonly<Record<string, PowerReading | undefined>>;
  /** Of the site's own photovoltaics; undefined where it has none, or no meter. */
  readonly own?: OwnPower | undefined;
}

export const newBook: EnergyBook = {
  version: 1,
  at: null,
  dayStart: null,
  currency: null,
  surplus: null,
  heaters: {},
};

const newHeater: HeaterEnergy = { meter: newMeter, ever: newCounter, today: newCounter };

/** The time to account for after a restart, by the wall clock alone. */
export const sinceLastEntry = ({ at }: EnergyBook, now: Instant): Seconds =>
  (at === null ? 0 : Math.max(0, (now - at) / 1000)) as Seconds;

/** Enters one round's readings. What belongs to the time before local midnight is not counted to the new day. */
export function enter(config: EnergyConfig, book: EnergyBook, input: EnergyInput): EnergyBook {
  const dayStart = dayOf(book, input.dayStart);
  const isNewDay = dayStart !== book.dayStart;
  const { currency } = config.tariff;
  const known = book.currency === null || book.currency === currency ? book.heaters : costless(book.heaters);
  const metered = config.heaters.map((heater) => {
    const before = known[heater.id] ?? newHeater;
    const limits = { maxGap: config.maxGap, maxWatts: heater.maxWatts };
    const news: MeterInput = { ...input, reading: input.readings[heater.id] };
    return { ...heater, before, ...meterPower(limits, before.meter, news) };
  });
  const drawn = metered.reduce((sum, { state }) => sum + (state.isGap ? 0 : (state.last?.watts ?? 0)), 0);
  const surplus = watchSurplus(book.surplus, input.own, drawn, input.elapsed);
  const solarShare = drawn > 0 ? Math.min(1, surplusOf(surplus) / drawn) : 0;
  const heaters = metered.map(({ id, heatShare, before, state, energy }) => {
    const portions = portionsOf(config.tariff, {
      now: input.now,
      duration: Seconds(energy.metered + energy.unmetered),
      dayStart: isNewDay ? dayStart : undefined,
    });
    const counted = (counter: EnergyCounter, parts: typeof portions) =>
      parts.reduce(
        (sum, { share, ...prices }) => count(sum, energy, { heatShare, solarShare, ...prices }, share),
        counter,
      );
    const entry: HeaterEnergy = {
      meter: state,
      ever: counted(before.ever, portions),
      today: counted(
        isNewDay ? newCounter : before.today,
        portions.filter(({ isToday }) => isToday),
      ),
    };
    return [id, entry] as const;
  });
  return {
    version: 1,
    at: input.now,
    dayStart,
    currency,
    surplus,
    heaters: { ...known, ...Object.fromEntries(heaters) },
  };
}

/** Money of two currencies has no sum: costs begin anew, energies go on. */
const costless = (heaters: EnergyBook["heaters"]): EnergyBook["heaters"] =>
  Object.fromEntries(
    Object.entries(heaters).map(([id, { meter, ever, today }]) => {
      return [id, { meter, ever: withoutCost(ever), today: withoutCost(today) }];
    }),
  );

/** A clock set back a little does not begin the day again; one set back by days does. */
function dayOf({ dayStart }: EnergyBook, next: Instant): Instant {
  if (dayStart === null || next > dayStart) return next;
  return dayStart - next > 129_600_000 ? next : dayStart;
}
