import { Button } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { IconListDetails } from "@tabler/icons-react";
import { Page } from "../shell/Page.tsx";
import { useShownSite } from "../shell/siteContext.ts";
import { EntryList } from "./EntryList.tsx";
import { EventFilters } from "./EventFilters.tsx";
import { useEntries } from "./useEntries.ts";
import "../shell/log.css";
import "./events.css";

/** What happened, and what was decided and why, as far back as it is kept. */
export function Events() {
  const site = useShownSite();
  const search = useSearch({ from: "/events" });
  const navigate = useNavigate({ from: "/events" });
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useEntries(search);
  const entries = data?.pages.flat() ?? [];
  const noun = search.show ?? "events";
  const isFiltered = Object.keys(search).some((key) => key !== "show");

  return (
    <Page title="Events">
      <EventFilters
        site={site}
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true, resetScroll: false })}
      />
      {entries.length > 0 ? (
        <EntryList entries={entries} site={site} />
      ) : (
        <div className="empty">
          <IconListDetails size={40} stroke={1.25} aria-hidden="true" />
          <p>{error?.message ?? emptyWords(noun, isPending, isFiltered)}</p>
        </div>
      )}
      {entries.length > 0 && (
        <div className="events-more">
          {error && <p role="alert">{error.message}</p>}
          {hasNextPage ? (
            <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              Show older {noun}
            </Button>
          ) : (
            <p>
              These are all {noun} that are kept{isFiltered ? " and fit" : ""}.
            </p>
          )}
        </div>
      )}
    </Page>
  );
}

function emptyWords(noun: string, isPending: boolean, isFiltered: boolean): string {
  if (isPending) return "Asking the hearth…";
  return isFiltered ? `No ${noun} fit what you look for.` : `There are no ${noun} yet.`;
}
