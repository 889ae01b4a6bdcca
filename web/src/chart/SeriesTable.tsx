import type { Site } from "../api.ts";
import { celsius, hashRate, plain, watts } from "../format.ts";
import type { Unit } from "../siteSeries.ts";
import { moment } from "../siteTime.ts";
import type { DrawnSeries, Pane } from "./drawnSeries.ts";
import { summaryOf, valueAt } from "./line.ts";

interface SeriesTableProps {
  readonly id: string;
  readonly panes: readonly Pane[];
  /** Where the cursor points, epoch seconds; the newest values without it. */
  readonly at: number | undefined;
  readonly site: Site;
}

const formats: Readonly<Record<Unit, (value: number | null) => string>> = {
  "°C": celsius,
  W: watts,
  "H/s": hashRate,
  "per kWh": (price) => plain(price, 3),
  "g/kWh": (grams) => plain(grams, 0, "g"),
  "W/m²": (sun) => plain(sun, 0, "W/m²"),
};

/** Which line is which, its value at the cursor, and what it was over the time shown. */
export function SeriesTable({ id, panes, at, site }: SeriesTableProps) {
  const series = panes.flatMap((pane) => pane.series);
  const subjects = new Set(series.map(({ subject }) => subject));
  const time = at === undefined ? "at the end" : moment(at * 1000, Date.parse(site.now), site.timezone);
  return (
    <table className="series" id={id}>
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden">What</span>
          </th>
          <th scope="col" className="series-at">
            {time}
          </th>
          <th scope="col">least</th>
          <th scope="col" className="series-mean">
            mean
          </th>
          <th scope="col">most</th>
        </tr>
      </thead>
      <tbody>
        {series.map((one) => {
          const format = formats[one.unit];
          const summary = summaryOf(one.line);
          return (
            <tr key={one.id}>
              <th scope="row">
                <Sample series={one} />
                {subjects.size > 1 && <span className="series-subject">{one.subject}</span>} {one.quantity}
              </th>
              <td className="series-at">{format(valueAt(one.line, at))}</td>
              <td>{format(summary?.min ?? null)}</td>
              <td className="series-mean">{format(summary?.mean ?? null)}</td>
              <td>{format(summary?.max ?? null)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Sample({ series: { colour, isDashed } }: { series: DrawnSeries }) {
  return (
    <svg className="series-sample" viewBox="0 0 24 12" width="24" height="12" aria-hidden="true">
      <path d="M1 6H23" stroke={`var(${colour})`} strokeDasharray={isDashed ? "6 4" : undefined} />
    </svg>
  );
}
