import {
  type Currency,
  divideRounded,
  type Instant,
  Instant as instant,
  localDay,
  Micros,
  overlaid,
  periodsOf,
  type Timeline,
  timelineOf,
  type WeeklySpan,
  within,
} from "../domain/index.ts";

interface AnyTariff {
  readonly currency: Currency;
  /** Of a kWh that is fed into the grid; undefined where none is paid for. */
  readonly feedIn?: FeedIn | undefined;
  /** What the grid asks for the highest quarter-hour's mean power. */
  readonly capacity?: Capacity | undefined;
}

export interface Capacity {
  readonly perKw: Micros;
  /** A year's fee is charged a twelfth a month, by each month's own peak. */
  readonly per: "month" | "year";
}

export type FeedIn =
  | { readonly kind: "fixed"; readonly pricePerKwh: Micros }
  /** The market's own price less what the buyer keeps. */
  | { readonly kind: "spot"; readonly feePerKwh: Micros };

/** What a kWh costs. Each kind of tariff has its own fields. */
export interface FixedTariff extends AnyTariff {
  readonly kind: "fixed";
  readonly pricePerKwh: Micros;
}

/** Prices by the times of the week, in local time. */
export interface TimeOfUseTariff extends AnyTariff {
  readonly kind: "time-of-use";
  readonly timezone: string;
  /** Where two overlap, the later of the list counts. */
  readonly entries: readonly (WeeklySpan & { readonly pricePerKwh: Micros })[];
  /** At all other times. */
  readonly pricePerKwh: Micros;
}

/** The market's prices, with what comes on top of them. */
export interface SpotTariff extends AnyTariff {
  readonly kind: "spot";
  /** As the market says, per kWh. */
  readonly market: Timeline<Micros>;
  /** Grid, levies and margin, per kWh. */
  readonly surchargePerKwh: Micros;
  /** On both, in millionths. */
  readonly vatPpm: number;
  /** While the market's price is not known. */
  readonly otherwise: FixedTariff | TimeOfUseTariff;
}

export type Tariff = FixedTariff | TimeOfUseTariff | SpotTariff;

const dayMs = 86_400_000;

/** The price of a kWh drawn at an instant. */
export const priceAt = (tariff: Tariff, at: Instant): Micros =>
  pricesWithin(tariff, at, instant(at + 1))[0]?.value ?? restOf(tariff).pricePerKwh;

/** Prices of kWh drawn between two instants, without gaps. */
export function pricesWithin(tariff: Tariff, from: Instant, until: Instant): Timeline<Micros> {
  if (from >= until) return [];
  if (tariff.kind === "fixed") return [{ from, until, value: tariff.pricePerKwh }];
  if (tariff.kind === "time-of-use") return weeklyPrices(tariff, from, until);
  const market = within(tariff.market, from, until).map((span) => ({
    ...span,
    value: retail(tariff, span.value),
  }));
  return overlaid(pricesWithin(tariff.otherwise, from, until), market);
}

/** What a kWh fed into the grid at an instant earns; undefined where none is paid for or it is not known. */
export function feedInPricesWithin(tariff: Tariff, from: Instant, until: Instant): Timeline<Micros> {
  const { feedIn } = tariff;
  if (feedIn === undefined) return [];
  if (feedIn.kind === "fixed") return [{ from, until, value: feedIn.pricePerKwh }];
  if (tariff.kind !== "spot") return [];
  return within(tariff.market, from, until).map((span) => ({
    ...span,
    value: Micros(span.value - feedIn.feePerKwh),
  }));
}

/** The same now: nothing where none is paid for; undefined where it is not known. */
export const feedInPriceAt = (tariff: Tariff, at: Instant): Micros | undefined =>
  tariff.feedIn === undefined ? Micros(0n) : feedInPricesWithin(tariff, at, instant(at + 1))[0]?.value;

function weeklyPrices(
  { entries, pricePerKwh, timezone }: TimeOfUseTariff,
  from: Instant,
  until: Instant,
): Timeline<Micros> {
  const first = localDay(timezone, instant(from - dayMs));
  const days = localDay(timezone, until) - first + 1;
  const rest: Timeline<Micros> = [{ from, until, value: pricePerKwh }];
  return entries.reduce<Timeline<Micros>>((prices, entry) => {
    const periods = periodsOf(entry, first, days, timezone);
    const spans = periods.map((period) => ({
      from: period.from,
      until: period.to,
      value: entry.pricePerKwh,
    }));
    return overlaid(prices, within(timelineOf(spans), from, until));
  }, rest);
}

/** A market's price with what comes on top of it, rounded once to the nearest millionth. */
function retail({ surchargePerKwh, vatPpm }: SpotTariff, market: Micros): Micros {
  return Micros(divideRounded((market + surchargePerKwh) * BigInt(1_000_000 + vatPpm), 1_000_000n));
}

const restOf = (tariff: Tariff): FixedTariff | TimeOfUseTariff =>
  tariff.kind === "spot" ? tariff.otherwise : tariff;
