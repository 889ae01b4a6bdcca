import { type Instant, Instant as instant, spanAt, Watts } from "../../domain/index.ts";
import { capacityCost, feedInPricesWithin, type Peak, priceAt, type Tariff } from "../../energy/index.ts";
import { type SiteView, toMoney } from "../../wire/index.ts";
import { iso } from "../apiViews.ts";
import type { Outside } from "../outside.ts";
import type { SiteSetup } from "../siteSetup.ts";
import type { FeedStatus } from "./siteFeeds.ts";

export interface SeenOutside {
  readonly at: Instant;
  /** With the market's prices that are known. */
  readonly tariff: Tariff;
  readonly outside: Outside;
  readonly feeds: readonly FeedStatus[];
  readonly state: { readonly peak: Peak };
}

/** The world outside as the API tells it: the grid, the weather, and who says so. */
export function outsideView(
  { at, tariff, outside, feeds, state: { peak } }: SeenOutside,
  { gramsPerKwh, meter }: Pick<SiteSetup, "gramsPerKwh" | "meter">,
): Pick<SiteView, "grid" | "outdoor" | "feeds"> {
  const feedIn = feedInPricesWithin(tariff, at, instant(at + 1))[0]?.value;
  const cost = capacityCost(tariff, Watts(peak.peakWatts));
  const weather = spanAt(outside.weather, at)?.value;
  return {
    grid: {
      price: toMoney(priceAt(tariff, at), tariff.currency),
      priceFrom: priceFrom(tariff, at),
      feedInPrice: feedIn === undefined ? null : toMoney(feedIn, tariff.currency),
      capacity:
        cost === undefined
          ? null
          : {
              peakWatts: Number(peak.peakWatts.toFixed(1)),
              of: meter ? "site" : "heaters",
              cost: toMoney(cost, tariff.currency),
            },
      gramsPerKwh: spanAt(outside.carbon, at)?.value ?? gramsPerKwh ?? null,
    },
    outdoor: weather ? { temperatureC: weather.outdoorC, irradianceWm2: weather.globalWm2 } : null,
    feeds: feeds.map(({ name, driver, fetchedAt, coveredUntil, trouble }) => ({
      name,
      driver,
      fetchedAt: fetchedAt === undefined ? null : iso(fetchedAt),
      coveredUntil: coveredUntil === undefined ? null : iso(coveredUntil),
      trouble: trouble ?? null,
    })),
  };
}

function priceFrom(tariff: Tariff, at: Instant): SiteView["grid"]["priceFrom"] {
  if (tariff.kind !== "spot") return tariff.kind;
  return spanAt(tariff.market, at) ? "market" : tariff.otherwise.kind;
}
