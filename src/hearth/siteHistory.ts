import { HearthworkError, type Instant, type Quantity, type SeriesId } from "../domain/index.ts";
import type { Store } from "../store/index.ts";
import type { HistoryView } from "../wire/index.ts";
import { historyView } from "./apiViews.ts";
import type { SiteSetup } from "./siteSetup.ts";

const quantitiesOf = {
  sink: ["temperature", "doubted", "target", "foreseen"],
  heater: ["power", "hashrate", "temperature", "setpoint", "planned"],
} as const satisfies Record<string, readonly Quantity[]>;

const ofSite: readonly SeriesId[] = [
  "site/grid/price",
  "site/grid/carbon",
  "site/outdoor/temperature",
  "site/outdoor/irradiance",
];

const mostNamed = 30;

/** Whose series there are. */
type SeriesOwner = Pick<SiteSetup, "sinks" | "heaters" | "loads">;

/**
 * Series over a time.
 * @throws {HearthworkError} as `requireSeries` does
 */
export async function siteHistory(
  site: SeriesOwner,
  store: Store,
  series: readonly SeriesId[],
  from: Instant,
  to: Instant,
): Promise<HistoryView> {
  await requireSeries(site, store, series);
  return historyView(await store.history(series, from, to));
}

/**
 * Each has to be one of the site as it is configured, recorded or not yet, or recorded of what it once had.
 * @throws {HearthworkError} `api/not-found` for any other
 */
export async function requireSeries(
  { sinks, heaters, loads = [] }: SeriesOwner,
  store: Pick<Store, "series">,
  series: readonly SeriesId[],
): Promise<void> {
  const own = new Set<SeriesId>([
    ...sinks.flatMap(({ id }) => quantitiesOf.sink.map((quantity) => `sink/${id}/${quantity}` as const)),
    ...heaters.flatMap(({ id }) =>
      quantitiesOf.heater.map((quantity) => `heater/${id}/${quantity}` as const),
    ),
    ...loads.map(({ id }) => `heater/${id}/power` as const),
    ...ofSite,
  ]);
  if (series.every((id) => own.has(id))) return;
  const known = new Set([...own, ...(await store.series())]);
  const unknown = series.find((id) => !known.has(id));
  if (unknown !== undefined) throw notFound(unknown, [...known]);
}

function notFound(series: string, known: readonly string[]): HearthworkError {
  const named = known.slice(0, mostNamed).join(", ");
  const rest = known.length > mostNamed ? ` and ${known.length - mostNamed} more` : "";
  return new HearthworkError({
    code: "api/not-found",
    message: `There is no series "${series}"; there are ${named}${rest}`,
    data: { series },
  });
}
