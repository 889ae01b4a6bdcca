import { Card } from "../shell/Card.tsx";
import { Page } from "../shell/Page.tsx";
import { useShownSite } from "../shell/siteContext.ts";
import { HeaterCard } from "./HeaterCard.tsx";
import { HistoryCard } from "./HistoryCard.tsx";
import { DecisionList } from "./DecisionList.tsx";
import { ExchangeCard } from "./ExchangeCard.tsx";
import { LoadsCard } from "./LoadsCard.tsx";
import { RoomCard } from "./RoomCard.tsx";
import { TodayCard } from "./TodayCard.tsx";
import "./home.css";
import "./roomHistory.css";

export function Home() {
  const site = useShownSite();
  const roomNames = new Map(site.sinks.map(({ id, name }) => [id, name]));
  return (
    <Page title={site.name}>
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
          <ExchangeCard site={site} />
          <LoadsCard site={site} />
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
                No heater yet. Add one under <code>heaters</code> in hearth.yaml, then start the hearth again.
              </p>
            )}
          </section>
        </div>
      </div>
      {site.sinks.length > 0 && <HistoryCard site={site} />}
      <DecisionList site={site} />
    </Page>
  );
}
