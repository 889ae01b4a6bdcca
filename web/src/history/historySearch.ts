import { type RangeSearch, rangeSearch } from "../chart/rangeSearch.ts";
import type { SiteSeries } from "../siteSeries.ts";

/** What the page of history shows, as its address says it. */
export interface HistorySearch extends RangeSearch {
  /** Ids of series, separated by commas; the rooms' temperatures and the heaters' power without it. */
  readonly series?: string;
}

/** As many as the hearth gives at once. */
export const mostSeries = 16;
const seriesId = /^(sink|heater|site)\/[a-z0-9-]{1,48}\/[a-z]+$/;

export function historySearch(search: Readonly<Record<string, unknown>>): HistorySearch {
  const { series } = search;
  const ids = typeof series === "string" ? series.split(",").filter((id) => seriesId.test(id)) : [];
  return {
    ...rangeSearch(search),
    ...(ids.length > 0 ? { series: ids.slice(0, mostSeries).join() } : {}),
  };
}

/** The series that are shown, in the order in which the site lists them. */
export function shownSeries(all: readonly SiteSeries[], { series }: HistorySearch): readonly SiteSeries[] {
  const wanted = series?.split(",");
  const shown = all.filter(({ id }) => (wanted ? wanted.includes(id) : isShownFirst(id)));
  return shown.slice(0, mostSeries);
}

/** The address's series after one was taken in or out. */
export function toggled(all: readonly SiteSeries[], search: HistorySearch, id: string): HistorySearch {
  const { series: _, ...range } = search;
  const shown = shownSeries(all, search).map((one) => one.id);
  const next = shown.includes(id) ? shown.filter((one) => one !== id) : [...shown, id];
  return next.length === 0 ? search : { ...range, series: next.join() };
}

const isShownFirst = (id: string) => /^sink\/.*\/temperature$|^heater\/.*\/power$/.test(id);
