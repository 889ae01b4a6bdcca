import { formatMicros, type Instant, plus, Seconds, type Span, within } from "../../domain/index.ts";
import { feedInPricesWithin, pricesWithin, type Tariff } from "../../energy/index.ts";
import type { ForecastView } from "../../wire/index.ts";
import { iso } from "../apiViews.ts";
import type { Outside } from "../outside.ts";

/** What is known of the hours ahead. */
export function forecastView(
  tariff: Tariff,
  { carbon, weather }: Outside,
  now: Instant,
  hours: number,
): ForecastView {
  const until = plus(now, Seconds(hours * 3600));
  const times = (span: Span<unknown>) => ({ from: iso(span.from), until: iso(span.until) });
  return {
    currency: tariff.currency,
    prices: pricesWithin(tariff, now, until).map((span) => ({
      ...times(span),
      perKwh: formatMicros(span.value),
    })),
    feedIn: feedInPricesWithin(tariff, now, until).map((span) => ({
      ...times(span),
      perKwh: formatMicros(span.value),
    })),
    carbon: within(carbon, now, until).map((span) => ({ ...times(span), gramsPerKwh: span.value })),
    weather: within(weather, now, until).map((span) => ({
      ...times(span),
      temperatureC: span.value.outdoorC,
      irradianceWm2: span.value.globalWm2,
      directNormalWm2: span.value.directNormalWm2,
      diffuseWm2: span.value.diffuseWm2,
    })),
  };
}
