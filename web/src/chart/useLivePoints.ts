import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Site } from "../api.ts";
import { valueNow } from "../siteSeries.ts";
import { siteKey } from "../useSite.ts";
import type { Point } from "./line.ts";

const mostPoints = 4_000;
type Trails = ReadonlyMap<string, readonly Point[]>;
const noTrails: Trails = new Map();

interface Seen {
  readonly key: string;
  readonly trails: Trails;
  readonly time: number;
}

/** What is seen live of some series, their ids with commas between, while the page is open. */
export function useLivePoints(key: string): Trails {
  const client = useQueryClient();
  const [seen, see] = useState<Seen>({ key, trails: noTrails, time: -Infinity });
  useEffect(
    () =>
      client.getQueryCache().subscribe(({ type, query }) => {
        if (type !== "updated" || query.queryKey[0] !== siteKey[0] || !query.state.data) return;
        const site = query.state.data as Site;
        see((last) => withSite(last, key, site));
      }),
    [client, key],
  );
  return seen.key === key ? seen.trails : noTrails;
}

/** Time that goes back (a home started anew) begins new trails. */
function withSite(last: Seen, key: string, site: Site): Seen {
  const time = Date.parse(site.now) / 1000;
  if (key === last.key && time === last.time) return last;
  const goesOn = key === last.key && time > last.time;
  const trails = key
    .split(",")
    .filter((id) => id !== "")
    .map((id) => {
      const before = goesOn ? (last.trails.get(id) ?? []) : [];
      return [id, [...before.slice(-mostPoints), { time, value: valueNow(site, id) }]] as const;
    });
  return { key, time, trails: new Map(trails) };
}
