import { IconCloudOff, IconHourglass, IconPlugConnected, IconPlugConnectedX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Site } from "../api.ts";
import { price, sentence, watts } from "../format.ts";
import { Card } from "../shell/Card.tsx";
import { AskBars } from "./AskBars.tsx";
import { earnedApart } from "./earnedApart.ts";
import "./exchange.css";

type SiteExchange = NonNullable<Site["exchange"]>;

const states = {
  joining: { word: "Joining", tone: "calm", Icon: IconHourglass },
  joined: { word: "Joined", tone: "ember", Icon: IconPlugConnected },
  away: { word: "Away", tone: "warn", Icon: IconCloudOff },
  refused: { word: "Refused", tone: "bad", Icon: IconPlugConnectedX },
} as const;

/** What the home earns by tasks beside what it mines, what it asks for them now, and which are under way. */
export function ExchangeCard({ site }: { site: Site }) {
  const { exchange } = site;
  if (!exchange) return null;
  const { word, tone, Icon } = states[exchange.state];
  return (
    <Card
      title="Exchange"
      aside={
        <span className="chip" data-tone={tone}>
          <Icon size={16} aria-hidden="true" />
          {word}
        </span>
      }
    >
      <dl className="exchange-earned">
        {earnedApart(site.today).map(({ name, value, note }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span className="figure-value">{value}</span>
              <span className="fact-note">{note}</span>
            </dd>
          </div>
        ))}
      </dl>
      {exchange.why !== null && <p className="exchange-why">{sentence(exchange.why)}</p>}
      <Asks exchange={exchange} />
      <Tasks exchange={exchange} />
      <p className="fact-note">
        {site.virtual && "The exchange of a virtual home pays virtual money. "}
        Offers to <span className="exchange-url">{exchange.url}</span>; limits are in{" "}
        <Link className="more" to="/settings">
          Settings
        </Link>
        .
      </p>
    </Card>
  );
}

function Asks({ exchange: { asks, tasks, heatWantedWatts } }: { exchange: SiteExchange }) {
  return (
    <section className="exchange-part">
      <h3>Asks now</h3>
      {asks.length === 0 ? (
        <p className="fact-note">
          Nothing: its rooms are as warm as tasks may make them, or nothing may run now.
        </p>
      ) : (
        <>
          <AskBars asks={asks} taken={tasks.length} />
          <p className="fact-note">
            For an hour of a core, each place for a task dearer than the one before: its rooms want{" "}
            {watts(heatWantedWatts)} of heat.
          </p>
        </>
      )}
    </section>
  );
}

function Tasks({ exchange: { tasks } }: { exchange: SiteExchange }) {
  return (
    <section className="exchange-part">
      <h3>Tasks under way</h3>
      {tasks.length === 0 ? (
        <p className="fact-note">None.</p>
      ) : (
        <ul className="exchange-tasks">
          {tasks.map((task) => (
            <li key={task.lease}>
              <span>
                Task {task.index} of <code>{task.job}</code>
              </span>
              <span>{price(task.price)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
