import { IconAlertTriangle, IconInfoCircle, IconUrgent } from "@tabler/icons-react";
import type { Decision, Site, SiteEvent } from "../api.ts";
import { watts } from "../format.ts";
import { subjectName } from "../shell/Banners.tsx";
import { clockTime, dayWords } from "../siteTime.ts";
import { byDay } from "./byDay.ts";
import type { Entry } from "./useEntries.ts";

const icons = { info: IconInfoCircle, warning: IconAlertTriangle, alarm: IconUrgent } as const;

/** Entries, newest first, under the day on which they happened. */
export function EntryList({ entries, site }: { entries: readonly Entry[]; site: Site }) {
  const now = Date.parse(site.now);
  return byDay(entries, site.timezone).map((day) => (
    <section key={day.at} className="card log" aria-labelledby={`day-${day.at}`}>
      <h2 id={`day-${day.at}`} className="card-title events-day">
        {dayWords(day.at, now, site.timezone)}
      </h2>
      <ol>
        {day.entries.map((entry) => (
          <li key={keyOf(entry)} data-level={entry.kind === "event" ? entry.level : undefined}>
            <time dateTime={entry.at}>{clockTime(Date.parse(entry.at), site.timezone)}</time>
            {entry.kind === "event" ? (
              <EventWords event={entry} site={site} />
            ) : (
              <DecisionWords decision={entry} site={site} />
            )}
          </li>
        ))}
      </ol>
    </section>
  ));
}

function EventWords({ event, site }: { event: SiteEvent; site: Site }) {
  const Icon = icons[event.level];
  return (
    <span className="events-words">
      <Icon size={18} aria-hidden="true" />
      <span>
        <strong>
          {event.level !== "info" && <span className="hidden">{event.level}: </span>}
          {subjectName(site, event)}
        </strong>{" "}
        {event.message} <code className="events-code">{event.code}</code>
      </span>
    </span>
  );
}

function DecisionWords({
  decision: { heaterId, setpointWatts, reason },
  site,
}: {
  decision: Decision;
  site: Site;
}) {
  const name = site.heaters.find(({ id }) => id === heaterId)?.name ?? heaterId;
  return (
    <span>
      <strong>{name}</strong> set to {watts(setpointWatts)}: {reason}
    </span>
  );
}

const keyOf = (entry: Entry): string =>
  entry.kind === "event"
    ? [entry.at, entry.code, entry.subject, entry.message].join(" ")
    : [entry.at, entry.heaterId, entry.setpointWatts, entry.reason].join(" ");
