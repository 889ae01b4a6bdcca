import { NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { Site } from "../api.ts";
import type { EventSearch } from "./eventSearch.ts";

interface EventFiltersProps {
  readonly site: Site;
  readonly search: EventSearch;
  readonly onSearch: (search: EventSearch) => void;
}

const searchAfterMs = 300;

export function EventFilters({ site, search, onSearch }: EventFiltersProps) {
  const { show, level, subject = "", text = "" } = search;
  const change = (changes: { readonly [K in keyof EventSearch]?: EventSearch[K] | undefined }) => {
    const entries = Object.entries({ ...search, ...changes });
    onSearch(Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== "")));
  };
  const devices = show === "decisions" ? [] : [{ value: "site", label: "The site" }];
  const rooms = show === "decisions" ? [] : site.sinks;
  return (
    <search className="filters">
      <SegmentedControl
        radius="xl"
        withItemsBorders={false}
        aria-label="What is listed"
        value={show ?? "events"}
        onChange={(value) =>
          change({ show: value === "decisions" ? value : undefined, level: undefined, subject: undefined })
        }
        data={[
          { value: "events", label: "Events" },
          { value: "decisions", label: "Decisions" },
        ]}
      />
      {show !== "decisions" && (
        <SegmentedControl
          radius="xl"
          withItemsBorders={false}
          aria-label="How grave"
          value={level ?? "all"}
          onChange={(value) => change({ level: value === "all" ? undefined : value })}
          data={[
            { value: "all", label: "All" },
            { value: "warning", label: "Warnings" },
            { value: "alarm", label: "Alarms" },
          ]}
        />
      )}
      <NativeSelect
        className="filters-subject"
        radius="xl"
        aria-label="About what"
        value={subject}
        onChange={(event) => change({ subject: event.currentTarget.value })}
        data={[
          { value: "", label: show === "decisions" ? "All heaters" : "Everything" },
          ...devices,
          ...[...rooms, ...site.heaters].map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <WordsInput words={text} onWords={(words) => change({ text: words })} />
    </search>
  );
}

/** Searches when the typing rests. */
function WordsInput({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  const [draft, setDraft] = useState(words);
  const [shown, setShown] = useState(words);
  if (shown !== words) {
    setShown(words);
    if (draft.trim() !== words) setDraft(words);
  }
  useEffect(() => {
    if (draft.trim() === words) return undefined;
    const timer = setTimeout(() => onWords(draft.trim()), searchAfterMs);
    return () => clearTimeout(timer);
  }, [draft, words, onWords]);
  return (
    <TextInput
      type="search"
      className="filters-words"
      radius="xl"
      aria-label="Words to search for"
      placeholder="Search"
      maxLength={100}
      leftSection={<IconSearch size={18} aria-hidden="true" />}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
    />
  );
}
