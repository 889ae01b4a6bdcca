import { IconFlameOff } from "@tabler/icons-react";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { Heater, Site } from "../api.ts";
import { panesOf } from "../chart/drawnSeries.ts";
import { RangePicker } from "../chart/RangePicker.tsx";
import { type RangeSearch, searchOf, spanOf } from "../chart/rangeSearch.ts";
import { TimeChart } from "../chart/TimeChart.tsx";
import { useSeries } from "../chart/useSeries.ts";
import { DecisionList } from "../home/DecisionList.tsx";
import { Card } from "../shell/Card.tsx";
import { Page } from "../shell/Page.tsx";
import { useShownSite } from "../shell/siteContext.ts";
import { seriesOfHeater } from "../siteSeries.ts";
import { HeaterAbilities } from "./HeaterAbilities.tsx";
import { HeaterEver } from "./HeaterEver.tsx";
import { HeaterNow } from "./HeaterNow.tsx";
import { HeaterPowers } from "./HeaterPowers.tsx";
import { HeaterState } from "./HeaterState.tsx";
import { OwnPower } from "./OwnPower.tsx";
import { StopOrResume } from "./StopOrResume.tsx";
import "./heaterPage.css";

/** All about one heater: now, over time, what it can do, and what was decided for it and why. */
export function HeaterPage() {
  const site = useShownSite();
  const { id } = useParams({ from: "/heaters/$id" });
  const heater = site.heaters.find((one) => one.id === id);
  if (!heater) {
    return (
      <Page title="No such heater">
        <div className="empty">
          <IconFlameOff size={40} stroke={1.25} aria-hidden="true" />
          <p>There is no heater “{id}”. It may have been removed, or it goes by another id now.</p>
        </div>
      </Page>
    );
  }
  const room = site.sinks.find((sink) => sink.id === heater.sinkId);
  return (
    <Page title={heater.name}>
      <div className="heater-columns">
        <div className="column">
          <Card title="Now" aside={<HeaterState {...heater} />}>
            <HeaterNow heater={heater} />
            <footer className="heater-foot">
              <p className="heater-safe">{room ? `Heats ${room.name}` : ""}</p>
              <div className="heater-commands">
                <OwnPower heater={heater} />
                <StopOrResume heater={heater} />
              </div>
            </footer>
          </Card>
          <HeaterPowers heater={heater} />
          <HeaterEver heater={heater} />
        </div>
        <HeaterAbilities heater={heater} />
      </div>
      <HeaterChart site={site} heater={heater} />
      <DecisionList site={site} heaterId={heater.id} />
    </Page>
  );
}

function HeaterChart({ site, heater }: { site: Site; heater: Heater }) {
  const search = useSearch({ from: "/heaters/$id" });
  const navigate = useNavigate({ from: "/heaters/$id" });
  const series = seriesOfHeater(heater.id, heater.name);
  const names = series.map(({ id }) => id).join();
  const { lines, range, error, isLoading } = useSeries(site, names, spanOf(search));
  const known = series.filter(({ id }) => (lines.get(id)?.values ?? []).some((value) => value !== null));
  const show = (next: RangeSearch) => void navigate({ search: next, replace: true, resetScroll: false });
  return (
    <Card title="Over time" aside={<RangePicker site={site} search={search} range={range} onSearch={show} />}>
      <TimeChart
        site={site}
        panes={panesOf(known, lines)}
        range={range}
        onRange={(next) => show(searchOf(next))}
        empty={
          known.length > 0 || isLoading ? undefined : (error?.message ?? "Nothing is recorded for this time.")
        }
      />
    </Card>
  );
}
