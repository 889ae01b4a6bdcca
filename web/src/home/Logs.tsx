import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answered, api, type Site } from "../api.ts";
import { moment } from "../siteTime.ts";
import { subjectName } from "./Banners.tsx";
import { Card } from "./Card.tsx";

const askEveryMs = 10_000;

/** The newest decisions, each with its reason. */
export function DecisionList({ site }: { site: Site }) {
  const { data, error } = useQuery({
    queryKey: ["decisions"],
    queryFn: () => answered(api.GET("/api/v1/decisions", { params: { query: { limit: 8 } } })),
    refetchInterval: askEveryMs,
    placeholderData: keepPreviousData,
  });
  const names = new Map(site.heaters.map(({ id, name }) => [id, name]));
  const isOneHeater = site.heaters.length === 1;
  return (
    <Card title="Why" className="log" aside={<p className="card-note">the newest decisions</p>}>
      {data?.decisions.length ? (
        <ol>
          {data.decisions.map(({ at, heaterId, reason }) => (
            <li key={`${at} ${heaterId}`}>
              <Time at={at} site={site} />
              <span>
                {!isOneHeater && <strong>{names.get(heaterId) ?? heaterId}: </strong>}
                {reason}
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <p className="log-none">{error ? error.message : "Nothing has been decided yet."}</p>
      )}
    </Card>
  );
}

/** What happened, asked for when it is opened. */
export function EventLog({ site }: { site: Site }) {
  const [isOpen, setOpen] = useState(false);
  const { data, error, isLoading } = useQuery({
    queryKey: ["events"],
    queryFn: () => answered(api.GET("/api/v1/events", { params: { query: { limit: 50 } } })),
    refetchInterval: askEveryMs,
    enabled: isOpen,
    placeholderData: keepPreviousData,
  });
  const empty = isLoading ? "Asking…" : "Nothing has happened yet.";
  return (
    <details className="card log" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2 className="card-title">Recent events</h2>
      </summary>
      {data?.events.length ? (
        <ol className="log-events">
          {data.events.map((event) => (
            <li key={`${event.at} ${event.code} ${event.subject}`} data-level={event.level}>
              <Time at={event.at} site={site} />
              <span>
                <strong>
                  {event.level === "info" ? "" : `${event.level}, `}
                  {subjectName(site, event)}:
                </strong>{" "}
                {event.message}
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <p className="log-none">{error ? error.message : empty}</p>
      )}
    </details>
  );
}

function Time({ at, site }: { at: string; site: Site }) {
  return <time dateTime={at}>{moment(Date.parse(at), Date.parse(site.now), site.timezone)}</time>;
}
