import { Instant, type Micros, type Seconds } from "../domain/index.ts";
import { feedInPriceAt, priceAt, pricesWithin, type Tariff } from "./tariff.ts";

/** A part of what was metered between two rounds that has one price and belongs to one day. */
export interface Portion {
  readonly pricePerKwh: Micros;
  /** What the grid pays for one; where that is not known, as dear as bought. */
  readonly exportPerKwh: Micros;
  /** Of the energy, 0 … 1; all of a round's shares sum to 1. */
  readonly share: number;
  readonly isToday: boolean;
}

/** Divides the time that ends at `now` by the tariff's prices, and at `dayStart` where a new day began. */
export function portionsOf(
  tariff: Tariff,
  {
    now,
    duration,
    dayStart,
  }: { readonly now: Instant; readonly duration: Seconds; readonly dayStart: Instant | undefined },
): readonly Portion[] {
  const from = Instant(now - duration * 1000);
  if (duration <= 0) {
    const pricePerKwh = priceAt(tariff, now);
    const exportPerKwh = feedInPriceAt(tariff, now) ?? pricePerKwh;
    return [{ pricePerKwh, exportPerKwh, share: 1, isToday: true }];
  }
  const split = dayStart !== undefined && dayStart > from && dayStart < now ? dayStart : undefined;
  const parts =
    split === undefined ? [[from, now] as const] : [[from, split] as const, [split, now] as const];
  return parts.flatMap(([start, end]) =>
    pricesWithin(tariff, start, end).map((span) => ({
      pricePerKwh: span.value,
      exportPerKwh: feedInPriceAt(tariff, span.from) ?? span.value,
      share: (span.until - span.from) / (now - from),
      isToday: dayStart === undefined || end > dayStart,
    })),
  );
}
