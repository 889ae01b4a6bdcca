import type { SiteEvent } from "../api.ts";

/** What the page of events shows, as its address says it, so that it can be linked to. */
export interface EventSearch {
  readonly show?: "decisions";
  readonly level?: Exclude<SiteEvent["level"], "info">;
  readonly subject?: string;
  readonly text?: string;
}

const longest = { subject: 48, text: 100 };

/** Reads the address; what it may not say is left out. */
export function eventSearch(search: Readonly<Record<string, unknown>>): EventSearch {
  const { show, level } = search;
  const subject = words(search["subject"], longest.subject);
  const text = words(search["text"], longest.text);
  return {
    ...(show === "decisions" ? { show } : {}),
    ...(level === "warning" || level === "alarm" ? { level } : {}),
    ...(subject === "" ? {} : { subject }),
    ...(text === "" ? {} : { text }),
  };
}

/** The router reads a search for `2026` as a number. */
const words = (value: unknown, most: number): string =>
  typeof value === "string" || typeof value === "number" ? String(value).trim().slice(0, most) : "";
