import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { baseUrl, fetchSite, type Site } from "./api.ts";
import { atMostEvery, followSite, isHeard, type Link, type LinkFacts, linkOf } from "./live.ts";

export const siteKey = ["site"] as const;
const pollEveryMs = 5_000;
/** A virtual home on fast time reports many times a second; the page follows at a pace that eyes can. */
const showEveryMs = 250;

export interface SiteState {
  readonly site: Site | undefined;
  readonly error: Error | null;
  readonly link: Link;
  readonly retry: () => void;
}

interface Heard {
  readonly site: Site;
  /** The browser's clock, ms, as TanStack Query keeps it. */
  readonly atMs: number;
}

/** Shows a site that a command answered with, at once. */
export function useShowSite(): (site: Site) => void {
  const client = useQueryClient();
  return (site) => void client.setQueryData(siteKey, site);
}

/** The site as it is now: by live updates, by polling while there are none. */
export function useSite(): SiteState {
  const client = useQueryClient();
  const facts = useRef<LinkFacts>({
    streamOpen: false,
    pollFailed: false,
    heardAtMs: undefined,
    tickedAtMs: undefined,
  });
  const lastTick = useRef<number>(undefined);
  const [link, setLink] = useState<Link>({ kind: "connecting" });
  const [poll, setPoll] = useState(true);
  /** Why the last poll failed: the query itself forgets it while it asks again, and a form shown upon it would be lost. */
  const [failure, setFailure] = useState<Error | null>(null);

  const [heard] = useState(() => (site: Site) => {
    const nowMs = performance.now();
    const goesOn = site.tick !== lastTick.current;
    lastTick.current = site.tick;
    facts.current = {
      ...facts.current,
      heardAtMs: nowMs,
      tickedAtMs: goesOn ? nowMs : facts.current.tickedAtMs,
    };
  });

  const query = useQuery({
    queryKey: siteKey,
    queryFn: async () => {
      try {
        const site = await fetchSite();
        facts.current = { ...facts.current, pollFailed: false };
        heard(site);
        setFailure(null);
        return site;
      } catch (error) {
        facts.current = { ...facts.current, pollFailed: true };
        setFailure(error instanceof Error ? error : new Error(String(error)));
        throw error;
      }
    },
    refetchInterval: poll ? pollEveryMs : false,
    refetchIntervalInBackground: true,
    staleTime: Infinity,
    retry: false,
  });

  useEffect(() => {
    const show = atMostEvery<Heard>(showEveryMs, ({ site, atMs }) => {
      const shownAtMs = client.getQueryState(siteKey)?.dataUpdatedAt ?? 0;
      if (atMs >= shownAtMs) client.setQueryData(siteKey, site);
    });
    const leave = followSite(`${baseUrl}/api/v1/live`, {
      onSite(site) {
        heard(site);
        show.push({ site, atMs: Date.now() });
      },
      onOpen(streamOpen) {
        const reopened = streamOpen && !facts.current.streamOpen && facts.current.heardAtMs !== undefined;
        facts.current = { ...facts.current, streamOpen };
        if (reopened) void client.invalidateQueries({ queryKey: ["history"] });
        if (!streamOpen) void client.refetchQueries({ queryKey: siteKey });
      },
    });
    const look = setInterval(() => {
      const nowMs = performance.now();
      const next = linkOf(facts.current, nowMs);
      setLink((last) => (last.kind === next.kind && next.kind !== "old" ? last : next));
      setPoll(!isHeard(facts.current, nowMs));
    }, 500);
    return () => {
      leave();
      show.stop();
      clearInterval(look);
    };
  }, [client, heard]);

  return { site: query.data, error: failure, link, retry: () => void query.refetch() };
}
