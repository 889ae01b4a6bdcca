import { useState } from "react";
import type { Plan, Site } from "../api.ts";
import { panesOf } from "../chart/drawnSeries.ts";
import { TimeChart } from "../chart/TimeChart.tsx";
import type { TimeRange } from "../chart/timeRange.ts";
import { useSeries } from "../chart/useSeries.ts";
import { seriesOfPlan, withConstants, withPlan } from "./planLines.ts";

const pastSeconds = 12 * 3600;

/** What happened and what is planned on one time axis: temperatures, powers, price, carbon, the weather, the sun. */
export function PlanChart({ site, plan }: { site: Site; plan: Plan }) {
  const [chosen, choose] = useState<TimeRange>();
  const now = Date.parse(site.now) / 1000;
  const until = Date.parse(plan.until) / 1000;
  const series = seriesOfPlan(site, plan);
  const { lines } = useSeries(site, series.map(({ id }) => id).join(), {
    kind: "last",
    seconds: pastSeconds,
  });
  const past = withConstants(lines, site, now - pastSeconds, now);
  const known = withPlan(past, series, plan, now);
  const drawn = series.filter(({ id }) => (known.get(id)?.values ?? []).some((value) => value !== null));
  return (
    <TimeChart
      site={site}
      panes={panesOf(drawn, known)}
      range={chosen ?? { from: now - pastSeconds, to: until }}
      latest={until}
      onRange={choose}
      empty={undefined}
    />
  );
}
