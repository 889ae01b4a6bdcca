import { useComputedColorScheme } from "@mantine/core";
import { type KeyboardEvent, useId, useState } from "react";
import type { Site } from "../api.ts";
import type { Pane } from "./drawnSeries.ts";
import { PaneChart } from "./PaneChart.tsx";
import { SeriesTable } from "./SeriesTable.tsx";
import { rangeWords } from "./rangeWords.ts";
import { afterKey, dragged, moved, type TimeRange } from "./timeRange.ts";
import "./chart.css";

interface TimeChartProps {
  readonly site: Site;
  readonly panes: readonly Pane[];
  readonly range: TimeRange;
  readonly onRange: (range: TimeRange) => void;
  /** Nothing later is shown, epoch seconds; the site's now without it. */
  readonly latest?: number;
  /** What to say when nothing is drawn. */
  readonly empty: string | undefined;
}

/**
 * Panes over one time axis. A drag shows what it goes over; with the keyboard on the chart the arrows move it, plus and
 * minus zoom: its focus is held by a range input, which those who do not see the drawing can turn too.
 */
export function TimeChart({ site, panes, range, onRange, empty, ...given }: TimeChartProps) {
  const id = useId();
  const scheme = useComputedColorScheme("light");
  const [pointed, point] = useState<number>();
  const now = Date.parse(site.now) / 1000;
  const latest = given.latest ?? now;

  const showUntil = (to: number) => onRange(moved(range, (to - range.to) / (range.to - range.from), latest));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = afterKey(event.key, range, latest);
    if (!next) return;
    event.preventDefault();
    onRange(next);
  };

  return (
    <div className="chart-whole">
      <label className="panes">
        <input
          type="range"
          className="hidden"
          aria-label="Time shown: arrows move it, plus and minus zoom, page keys go a whole width"
          aria-describedby={`${id}-table`}
          aria-valuetext={rangeWords(range, now, site.timezone)}
          min={now - 40 * 366 * 86_400}
          max={latest}
          step={(range.to - range.from) / 4}
          value={range.to}
          onChange={(event) => showUntil(Number(event.currentTarget.value))}
          onKeyDown={onKeyDown}
        />
        {panes.map((pane, index) => (
          <PaneChart
            key={`${scheme} ${index === panes.length - 1} ${pane.series.map((series) => series.id).join()}`}
            syncKey={id}
            pane={pane}
            range={range}
            now={now}
            timezone={site.timezone}
            isLast={index === panes.length - 1}
            onPoint={point}
            onDrag={(one, other) => {
              const next = dragged(one, other, latest);
              if (next) onRange(next);
            }}
          />
        ))}
        {empty !== undefined && <span className="panes-none">{empty}</span>}
      </label>
      <SeriesTable id={`${id}-table`} panes={panes} at={pointed} site={site} />
    </div>
  );
}
