import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { baseUrl } from "../api.ts";
import { panesOf } from "../chart/drawnSeries.ts";
import { RangePicker } from "../chart/RangePicker.tsx";
import { type RangeSearch, searchOf, spanOf } from "../chart/rangeSearch.ts";
import { TimeChart } from "../chart/TimeChart.tsx";
import { useSeries } from "../chart/useSeries.ts";
import { Page } from "../shell/Page.tsx";
import { useShownSite } from "../shell/siteContext.ts";
import { seriesOfSite } from "../siteSeries.ts";
import { Days } from "./Days.tsx";
import { shownSeries, toggled } from "./historySearch.ts";
import { SeriesChoice } from "./SeriesChoice.tsx";
import "./history.css";

const resolutions = {
  raw: "Every reading is shown.",
  "5min": "Means over 5 minutes are shown.",
  hour: "Means over an hour or more are shown.",
} as const;

/** All that was recorded, over any time, several series on one time axis. */
export function History() {
  const site = useShownSite();
  const search = useSearch({ from: "/history" });
  const navigate = useNavigate({ from: "/history" });
  const all = seriesOfSite(site);
  const shown = shownSeries(all, search);
  const names = shown.map(({ id }) => id).join();
  const { lines, range, resolution, error, isLoading } = useSeries(site, names, spanOf(search));
  const panes = panesOf(shown, lines);
  const isEmpty = [...lines.values()].every(({ times }) => times.length === 0);

  const show = (next: RangeSearch) => {
    const { series } = search;
    const kept = series === undefined ? {} : { series };
    void navigate({ search: { ...kept, ...next }, replace: true, resetScroll: false });
  };
  const { from, to } = searchOf(range);
  const csv = new URLSearchParams({ series: names, from: from ?? "", to: to ?? "" });

  return (
    <Page title="History">
      <section className="card" aria-label="Chart">
        <div className="history-head">
          <RangePicker site={site} search={search} range={range} onSearch={show} />
          <Button
            component="a"
            href={`${baseUrl}/api/v1/history.csv?${csv}`}
            download
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden="true" />}
          >
            CSV
          </Button>
        </div>
        <SeriesChoice
          all={all}
          shown={shown}
          onToggle={(id) => {
            const next = toggled(all, search, id);
            void navigate({ search: next, replace: true, resetScroll: false });
          }}
        />
        <TimeChart
          site={site}
          panes={panes}
          range={range}
          onRange={(next) => show(searchOf(next))}
          empty={isEmpty && !isLoading ? (error?.message ?? "Nothing is recorded for this time.") : undefined}
        />
        <p className="history-note">
          {resolution && resolutions[resolution]} Drag over the chart to look closer; with the keyboard on it
          the arrows move it, plus and minus zoom.
        </p>
      </section>
      <Days site={site} />
    </Page>
  );
}
