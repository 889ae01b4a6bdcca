import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { answered, api, type History, type Site } from "../api.ts";
import { siteKey } from "../useSite.ts";
import { type Line, noLine, since, withLive } from "./line.ts";
import type { TimeRange } from "./timeRange.ts";
import { useLivePoints } from "./useLivePoints.ts";

const askEveryMs = { virtual: 15_000, real: 120_000 };
/** A step longer than this between two points is a gap, s. */
const gapAfter = { raw: 120, "5min": 900, hour: 3 * 3600 };

/** The time up to now, which goes on, or a stretch of the past, epoch seconds. */
export type Span =
  | { readonly kind: "last"; readonly seconds: number }
  | ({ readonly kind: "between" } & TimeRange);

export interface SeriesState {
  /** By the series' ids. */
  readonly lines: ReadonlyMap<string, Line>;
  /** What is shown now. */
  readonly range: TimeRange;
  readonly resolution: History["resolution"] | undefined;
  readonly error: Error | null;
  readonly isLoading: boolean;
}

export const rangeOf = (span: Span, now: number): TimeRange =>
  span.kind === "between" ? { from: span.from, to: span.to } : { from: now - span.seconds, to: now };

/** Recorded series, by their ids with commas between; where the time goes up to now, with what was seen live since. */
export function useSeries(site: Site, ids: string, span: Span): SeriesState {
  const client = useQueryClient();
  const live = useLivePoints(ids);
  const isLive = span.kind === "last";
  const everyMs = site.virtual ? askEveryMs.virtual : askEveryMs.real;

  const { data, error, isLoading } = useQuery({
    queryKey: ["history", ids, span],
    queryFn: async () => {
      const now = Date.parse((client.getQueryData<Site>(siteKey) ?? site).now) / 1000;
      const { from, to } = rangeOf(span, now);
      const query = { series: ids, from: iso(from), to: iso(to) };
      return answered(api.GET("/api/v1/history", { params: { query } }));
    },
    enabled: ids !== "",
    refetchInterval: isLive ? everyMs : false,
    placeholderData: keepPreviousData,
  });

  const now = Date.parse(site.now) / 1000;
  const gapSeconds = Math.max(gapAfter[data?.resolution ?? "raw"], (site.virtual?.speed ?? 1) * 3);
  const { from, to } = rangeOf(span, now);
  const lines = useMemo(() => {
    const recorded = new Map<string, Line>(data?.series.map((series) => [series.id, series]));
    return new Map(
      ids.split(",").map((id) => {
        const line = recorded.get(id) ?? noLine;
        return [id, isLive ? since(withLive(line, live.get(id) ?? [], gapSeconds), from) : line];
      }),
    );
  }, [data, ids, live, isLive, gapSeconds, from]);
  return { lines, range: { from, to }, resolution: data?.resolution, error, isLoading };
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
