import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { baseUrl } from "./asking.ts";
import { atMostEvery, followLive, isHeard, type Link, type LinkFacts, linkOf } from "./live.ts";

const pollEveryMs = 5_000;
/** What is fast reports many times a second; the page follows at a pace that eyes can. */
const showEveryMs = 250;

export interface Followed<Value> {
  readonly value: Value | undefined;
  readonly error: Error | null;
  readonly link: Link;
  readonly retry: () => void;
}

/** What a page follows, the same for as long as it is shown. */
export interface Followable<Value> {
  readonly queryKey: readonly string[];
  /** By which it is told in the live updates. */
  readonly event: string;
  readonly ask: () => Promise<Value>;
  /** What changes as long as the server goes on. */
  readonly beatOf: (value: Value) => unknown;
  /** What else may have been missed while the stream was broken. */
  readonly missed?: readonly string[];
}

interface Heard<Value> {
  readonly value: Value;
  /** The browser's clock, ms, as TanStack Query keeps it. */
  readonly atMs: number;
}

/** Something as it is now: by live updates, by polling while there are none. */
export function useFollowed<Value>(followable: Followable<Value>): Followed<Value> {
  const [{ queryKey, event, ask, beatOf, missed }] = useState(followable);
  const client = useQueryClient();
  const facts = useRef<LinkFacts>({
    streamOpen: false,
    pollFailed: false,
    heardAtMs: undefined,
    tickedAtMs: undefined,
  });
  const lastBeat = useRef<unknown>(undefined);
  const [link, setLink] = useState<Link>({ kind: "connecting" });
  const [poll, setPoll] = useState(true);
  /** Why the last poll failed: the query itself forgets it while it asks again, and a form shown upon it would be lost. */
  const [failure, setFailure] = useState<Error | null>(null);

  const [heard] = useState(() => (value: Value) => {
    const nowMs = performance.now();
    const beat = beatOf(value);
    const goesOn = beat !== lastBeat.current;
    lastBeat.current = beat;
    facts.current = {
      ...facts.current,
      heardAtMs: nowMs,
      tickedAtMs: goesOn ? nowMs : facts.current.tickedAtMs,
    };
  });

  const query = useQuery({
    queryKey,
    queryFn: async () => {
      try {
        const value = await ask();
        facts.current = { ...facts.current, pollFailed: false };
        heard(value);
        setFailure(null);
        return value;
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
    const show = atMostEvery<Heard<Value>>(showEveryMs, ({ value, atMs }) => {
      const shownAtMs = client.getQueryState(queryKey)?.dataUpdatedAt ?? 0;
      if (atMs >= shownAtMs) client.setQueryData(queryKey, value);
    });
    const leave = followLive<Value>(`${baseUrl}/api/v1/live`, event, {
      onValue(value) {
        heard(value);
        show.push({ value, atMs: Date.now() });
      },
      onOpen(streamOpen) {
        const reopened = streamOpen && !facts.current.streamOpen && facts.current.heardAtMs !== undefined;
        facts.current = { ...facts.current, streamOpen };
        if (reopened && missed) void client.invalidateQueries({ queryKey: missed });
        if (!streamOpen) void client.refetchQueries({ queryKey });
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
  }, [client, heard, queryKey, event, missed]);

  return { value: query.data, error: failure, link, retry: () => void query.refetch() };
}
