import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { answered, api, type Site } from "../api.ts";
import { Card } from "../shell/Card.tsx";
import { moment } from "../siteTime.ts";
import "../shell/log.css";

const askEveryMs = 10_000;

interface DecisionListProps {
  readonly site: Site;
  /** Of one heater only. */
  readonly heaterId?: string;
}

/** The newest decisions, each with its reason. */
export function DecisionList({ site, heaterId }: DecisionListProps) {
  const subject = heaterId === undefined ? {} : { subject: heaterId };
  const { data, error } = useQuery({
    queryKey: ["decisions", heaterId],
    queryFn: () => answered(api.GET("/api/v1/decisions", { params: { query: { limit: 8, ...subject } } })),
    refetchInterval: askEveryMs,
    placeholderData: keepPreviousData,
  });
  const names = new Map(site.heaters.map(({ id, name }) => [id, name]));
  const isOneHeater = site.heaters.length === 1 || heaterId !== undefined;
  return (
    <Card
      title="Why"
      className="log"
      aside={
        <Link className="more" to="/events" search={{ show: "decisions", ...subject }}>
          All decisions
        </Link>
      }
    >
      {data?.decisions.length ? (
        <ol>
          {data.decisions.map(({ at, heaterId: id, reason }) => (
            <li key={`${at} ${id} ${reason}`}>
              <time dateTime={at}>{moment(Date.parse(at), Date.parse(site.now), site.timezone)}</time>
              <span>
                {!isOneHeater && <strong>{names.get(id) ?? id}: </strong>}
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
