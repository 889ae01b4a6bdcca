import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { answered, api, type Site } from "../api.ts";
import { linesOf, type LivePoint, livePointOf, noLines, seriesOf, since, withLive } from "../roomLines.ts";
import { siteKey } from "../useSite.ts";

const mostLivePoints = 4_000;
const askEveryMs = { virtual: 15_000, real: 120_000 };
/** A step longer than this between two points is a gap, s. */
const gapAfter = { raw: 120, "5min": 900, hour: 3 * 3600 };

/** A room's recorded lines over the last `spanSeconds`, with what was seen live since. */
export function useRoomLines(site: Site, sinkId: string, spanSeconds: number) {
  const client = useQueryClient();
  const series = seriesOf(site, sinkId);
  const live = useLivePoints(sinkId);

  const { data, error, isLoading } = useQuery({
    queryKey: ["history", sinkId, series.join(), spanSeconds],
    queryFn: async () => {
      const to = Date.parse((client.getQueryData<Site>(siteKey) ?? site).now);
      return answered(
        api.GET("/api/v1/history", {
          params: {
            query: {
              series: series.join(),
              from: new Date(to - spanSeconds * 1000).toISOString(),
              to: new Date(to).toISOString(),
            },
          },
        }),
      );
    },
    enabled: sinkId !== "",
    refetchInterval: site.virtual ? askEveryMs.virtual : askEveryMs.real,
    placeholderData: keepPreviousData,
  });

  const recorded = useMemo(() => (data ? linesOf(data) : noLines), [data]);
  const lines = useMemo(() => {
    const whole = withLive(
      recorded,
      live,
      Math.max(gapAfter[data?.resolution ?? "raw"], (site.virtual?.speed ?? 1) * 3),
    );
    const from = Date.parse(site.now) / 1000 - spanSeconds;
    return {
      temperature: since(whole.temperature, from),
      target: since(whole.target, from),
      power: since(whole.power, from),
    };
  }, [recorded, live, data?.resolution, site.virtual?.speed, site.now, spanSeconds]);
  return { lines, error, isLoading };
}

/** What is seen live of a room while the page is open. */
function useLivePoints(sinkId: string): readonly LivePoint[] {
  const client = useQueryClient();
  const [seen, see] = useState<Seen>({ sinkId, points: [] });
  useEffect(
    () =>
      client.getQueryCache().subscribe(({ type, query }) => {
        if (type !== "updated" || query.queryKey[0] !== siteKey[0] || !query.state.data) return;
        const point = livePointOf(query.state.data as Site, sinkId);
        if (point) see((last) => withPoint(last, sinkId, point));
      }),
    [client, sinkId],
  );
  return seen.sinkId === sinkId ? seen.points : noPoints;
}

interface Seen {
  readonly sinkId: string;
  readonly points: readonly LivePoint[];
}
const noPoints: readonly LivePoint[] = [];

/** Time that goes back (a home started anew) begins a new trail. */
function withPoint(last: Seen, sinkId: string, point: LivePoint): Seen {
  const points = last.sinkId === sinkId ? last.points : noPoints;
  const newest = points.at(-1)?.time ?? -Infinity;
  if (point.time === newest) return last;
  return { sinkId, points: point.time < newest ? [point] : [...points.slice(-mostLivePoints), point] };
}
