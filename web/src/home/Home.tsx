import type { Site } from "../api.ts";
import type { Link } from "../live.ts";
import { useSite } from "../useSite.ts";
import { Banners } from "./Banners.tsx";
import { Card } from "./Card.tsx";
import { Header } from "./Header.tsx";
import { HeaterCard } from "./HeaterCard.tsx";
import { HistoryCard } from "./HistoryCard.tsx";
import { DecisionList, EventLog } from "./Logs.tsx";
import { NoSite } from "./NoSite.tsx";
import { RoomCard } from "./RoomCard.tsx";
import { TodayCard } from "./TodayCard.tsx";
import { VirtualRibbon } from "./VirtualRibbon.tsx";

export function Home() {
  const { site, error, link, retry } = useSite();
  return site ? <Living site={site} link={link} /> : <NoSite error={error} onRetry={retry} />;
}

function Living({ site, link }: { site: Site; link: Link }) {
  const roomNames = new Map(site.sinks.map(({ id, name }) => [id, name]));
  return (
    <>
      {site.virtual && <VirtualRibbon speed={site.virtual.speed} />}
      <div className="page" data-link={link.kind}>
        <Header site={site} link={link} />
        <main>
          <Banners site={site} link={link} />
          <div className="columns">
            <div className="column">
              {site.sinks.map((sink) => (
                <RoomCard key={sink.id} sink={sink} site={site} />
              ))}
              {site.sinks.length === 0 && (
                <Card title="No room yet">
                  <p>
                    Add a room under <code>sinks</code> in hearth.yaml, then start the hearth again.
                  </p>
                </Card>
              )}
            </div>
            <div className="column">
              <TodayCard site={site} />
              <section aria-labelledby="heaters" className="column">
                <h2 id="heaters" className="section-title">
                  {site.heaters.length === 1 ? "Heater" : "Heaters"}
                </h2>
                {site.heaters.map((heater) => (
                  <HeaterCard
                    key={heater.id}
                    heater={heater}
                    room={site.sinks.length > 1 ? roomNames.get(heater.sinkId) : undefined}
                  />
                ))}
                {site.heaters.length === 0 && (
                  <p className="card">
                    No heater yet. Add one under <code>heaters</code> in hearth.yaml, then start the hearth
                    again.
                  </p>
                )}
              </section>
            </div>
          </div>
          {site.sinks.length > 0 && <HistoryCard site={site} />}
          <DecisionList site={site} />
          <EventLog site={site} />
        </main>
        <footer className="foot">
          <span>Hearthwork {site.version}</span>
          <a href="./api/docs">API</a>
        </footer>
      </div>
    </>
  );
}
