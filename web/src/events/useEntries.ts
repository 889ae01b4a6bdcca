import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { answered, api, type Decision, type SiteEvent } from "../api.ts";
import type { EventSearch } from "./eventSearch.ts";

const pageSize = 50;
const askEveryMs = 10_000;

/** An event or a decision. */
export type Entry = (SiteEvent & { readonly kind: "event" }) | (Decision & { readonly kind: "decision" });

/** What the page shows, page by page; the newest are asked for again as long as nobody reads further back. */
export function useEntries(search: EventSearch) {
  return useInfiniteQuery({
    queryKey: ["entries", search],
    queryFn: ({ pageParam }) => ask(search, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => (last.length < pageSize ? undefined : last.at(-1)?.at),
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : askEveryMs),
    placeholderData: keepPreviousData,
  });
}

async function ask(search: EventSearch, before: string | undefined): Promise<Entry[]> {
  const { show, level, subject, text } = search;
  const query = {
    limit: pageSize,
    ...(before === undefined ? {} : { before }),
    ...(subject === undefined ? {} : { subject }),
    ...(text === undefined ? {} : { text }),
  };
  if (show === "decisions") {
    const { decisions } = await answered(api.GET("/api/v1/decisions", { params: { query } }));
    return decisions.map((decision) => ({ ...decision, kind: "decision" }));
  }
  const { events } = await answered(
    api.GET("/api/v1/events", {
      params: { query: { ...query, ...(level === undefined ? {} : { level }) } },
    }),
  );
  return events.map((event) => ({ ...event, kind: "event" }));
}
