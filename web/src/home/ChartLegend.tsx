import { valueAt } from "../chart/line.ts";
import { celsius, watts } from "../format.ts";
import { quantities, type Quantity, type RoomLines } from "../roomLines.ts";
import { moment } from "../siteTime.ts";

interface ChartLegendProps {
  readonly lines: RoomLines;
  /** Where the cursor points, epoch seconds; the newest values without it. */
  readonly at: number | undefined;
  readonly now: string;
  readonly timezone: string;
}

const words: Readonly<
  Record<Quantity, { readonly name: string; readonly value: (value: number | null) => string }>
> = {
  temperature: { name: "Temperature", value: celsius },
  target: { name: "Wanted", value: celsius },
  power: { name: "Power", value: watts },
};

/** Which line is which, and its value at the cursor. */
export function ChartLegend({ lines, at, now, timezone }: ChartLegendProps) {
  return (
    <div className="legend">
      <ul>
        {quantities.map((quantity) => (
          <li key={quantity} data-quantity={quantity}>
            <Sample quantity={quantity} />
            <span className="legend-name">{words[quantity].name}</span>
            <span className="legend-value">{words[quantity].value(valueAt(lines[quantity], at))}</span>
          </li>
        ))}
      </ul>
      <p className="legend-time">{at === undefined ? "now" : moment(at * 1000, Date.parse(now), timezone)}</p>
    </div>
  );
}

function Sample({ quantity }: { quantity: Quantity }) {
  return (
    <svg className="legend-sample" viewBox="0 0 28 14" width="28" height="14" aria-hidden="true">
      {quantity === "power" && <rect className="legend-area" x="1" y="4" width="26" height="10" />}
      <path className={`legend-line legend-${quantity}`} d={quantity === "power" ? "M1 4H27" : "M1 7H27"} />
    </svg>
  );
}
