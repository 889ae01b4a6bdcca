import { SegmentedControl, useComputedColorScheme } from "@mantine/core";
import { useState } from "react";
import type { Site } from "../api.ts";
import { chartWords } from "../chartWords.ts";
import { Card } from "../shell/Card.tsx";
import { Chart } from "./Chart.tsx";
import { ChartLegend } from "./ChartLegend.tsx";
import { useRoomLines } from "./useRoomLines.ts";

export const spans = [
  { label: "3 h", seconds: 3 * 3600, words: "last 3 hours" },
  { label: "24 h", seconds: 24 * 3600, words: "last 24 hours" },
  { label: "7 d", seconds: 7 * 86_400, words: "last 7 days" },
] as const;

/** Temperature, target and power of a room over time. */
export function HistoryCard({ site }: { site: Site }) {
  const [label, setLabel] = useState<string>("24 h");
  const [sinkId, setSinkId] = useState<string>();
  const [pointed, setPointed] = useState<number>();
  const scheme = useComputedColorScheme("light");
  const sink = site.sinks.find(({ id }) => id === sinkId) ?? site.sinks[0];
  const span = spans.find((one) => one.label === label) ?? spans[1];
  const { lines, error, isLoading } = useRoomLines(site, sink?.id ?? "", span.seconds);
  if (!sink) return null;
  const words = chartWords(sink.name, span.words, lines);
  const isEmpty = !isLoading && lines.temperature.times.length + lines.power.times.length === 0;

  return (
    <Card
      title="History"
      className="history"
      aside={
        <div className="history-choices">
          {site.sinks.length > 1 && (
            <SegmentedControl
              size="sm"
              radius="xl"
              withItemsBorders={false}
              aria-label="Room"
              value={sink.id}
              onChange={setSinkId}
              data={site.sinks.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
          <SegmentedControl
            size="sm"
            radius="xl"
            withItemsBorders={false}
            aria-label="Time shown"
            value={label}
            onChange={setLabel}
            data={spans.map((one) => one.label)}
          />
        </div>
      }
    >
      <ChartLegend lines={lines} at={pointed} now={site.now} timezone={site.timezone} />
      <figure className="history-figure">
        <Chart
          key={scheme}
          lines={lines}
          to={Date.parse(site.now) / 1000}
          spanSeconds={span.seconds}
          timezone={site.timezone}
          onPoint={setPointed}
        />
        {isEmpty && (
          <p className="history-none">{error ? error.message : "Nothing is recorded yet for this time."}</p>
        )}
        <figcaption className="history-words">{words}</figcaption>
      </figure>
    </Card>
  );
}
