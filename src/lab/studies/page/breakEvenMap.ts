import type { HomeReport } from "../../../energy/index.ts";
import { escaped, figure, ticksOf } from "./systemStyles.ts";

const width = 640;
const height = 380;
const left = 56;
const right = 12;
const top = 26;
const bottom = 44;
const leastJoules = 8;
const mostJoules = 60;
const mostHashprice = 120;

const levels = [
  { key: "beatsHeatPump", name: "better than a heat pump", color: "var(--s3)", dash: "6 3" },
  { key: "freeAfterHeat", name: "zero after heat credit", color: "var(--s6)", dash: "2 3" },
  { key: "energyIsFree", name: "energy cost truly zero", color: "var(--s4)", dash: "" },
] as const;

/** What the page needs to draw the map anew for another hashprice. */
interface MapFrame {
  readonly left: number;
  readonly top: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
  readonly leastJoules: number;
  readonly mostJoules: number;
  readonly mostPrice: number;
  readonly poolFee: number;
}

/**
 * The area of a level: under its highest electricity price, by the heater's J/TH. It is written into the page as it
 * stands, so it uses nothing but its arguments.
 */
function levelArea(
  limit: { readonly times: number | null; readonly plus: number },
  frame: MapFrame,
  hashpricePerPhDay: number,
): string {
  const steps = 104;
  const floor = frame.top + frame.plotHeight;
  const points = [];
  for (let step = 0; step <= steps; step++) {
    const joules = frame.leastJoules + (step / steps) * (frame.mostJoules - frame.leastJoules);
    const earned = ((hashpricePerPhDay / 1000) * (1 - frame.poolFee)) / (0.024 * joules);
    const price =
      limit.times === null ? (earned > 0 ? frame.mostPrice : 0) : limit.times * earned + limit.plus;
    const share = Math.min(1, Math.max(0, price / frame.mostPrice));
    const x = frame.left + (step / steps) * frame.plotWidth;
    points.push(`${x.toFixed(1)} ${(floor - share * frame.plotHeight).toFixed(1)}`);
  }
  return `M${frame.left} ${floor}L${points.join("L")}L${(frame.left + frame.plotWidth).toFixed(1)} ${floor}Z`;
}

/** The highest hashprice that the map's slider offers. */
export const highestHashprice = ({
  hashpricePerPhDay,
}: Pick<HomeReport["breakEven"], "hashpricePerPhDay">): number =>
  Math.max(mostHashprice, Math.ceil(hashpricePerPhDay));

interface MapPlot {
  readonly svg: string;
  readonly frame: MapFrame;
}

/** Electricity price over the heater's efficiency: where each of the three levels holds at a hashprice; as SVG. */
export function breakEvenPlot(
  { breakEven, currency }: Pick<HomeReport, "breakEven" | "currency">,
  hashpricePerPhDay: number,
): MapPlot {
  const { limits, electricityPerKwh, joulesPerTerahash } = breakEven;
  const ticks = ticksOf(0, Math.max(0.3, electricityPerKwh * 1.3));
  const frame: MapFrame = {
    left,
    top,
    plotWidth: width - left - right,
    plotHeight: height - top - bottom,
    leastJoules,
    mostJoules,
    mostPrice: ticks.at(-1) ?? 0.5,
    poolFee: breakEven.poolFee,
  };
  const x = (joules: number) =>
    left +
    ((Math.min(mostJoules, Math.max(leastJoules, joules)) - leastJoules) / (mostJoules - leastJoules)) *
      frame.plotWidth;
  const y = (price: number) =>
    top + (1 - Math.min(1, Math.max(0, price / frame.mostPrice))) * frame.plotHeight;
  const areas = levels.map(
    ({ key, color, dash, name }) =>
      `<path data-level="${key}" d="${levelArea(limits[key], frame, hashpricePerPhDay)}" fill="${color}" stroke="${color}" stroke-dasharray="${dash}" class="area"><title>${name}</title></path>`,
  );
  const prices = ticks.map(
    (tick) =>
      `<line class="grid" x1="${left}" x2="${width - right}" y1="${y(tick)}" y2="${y(tick)}"/><text class="tick" x="${left - 6}" y="${y(tick) + 4}" text-anchor="end">${figure(tick, 2)}</text>`,
  );
  const efficiencies = [10, 20, 30, 40, 50, 60].map(
    (joules) =>
      `<text class="tick" x="${x(joules)}" y="${height - bottom + 18}" text-anchor="middle">${joules}</text>`,
  );
  const here = `<circle class="here" cx="${x(joulesPerTerahash)}" cy="${y(electricityPerKwh)}" r="6"><title>this home</title></circle>`;
  const svg = `<svg id="map" viewBox="0 0 ${width} ${height}" role="img" aria-label="Break-even map: electricity price over the heater's J/TH">
<text class="unit" x="${left}" y="14">${escaped(currency)} per kWh of electricity</text>${prices.join("")}${efficiencies.join("")}
<text class="unit" x="${width - right}" y="${height - 6}" text-anchor="end">J/TH of the heater</text>${areas.join("")}${here}</svg>`;
  return { svg, frame };
}

/** What the lines of the map mean. */
export const breakEvenLegend = (): string =>
  `<ul class="legend">${levels
    .toReversed()
    .map(({ name, color, dash }) => `<li>${swatch(color, dash)}${name}: below this line</li>`)
    .join(
      "",
    )}<li><svg viewBox="0 0 24 10" aria-hidden="true"><circle class="here" cx="12" cy="5" r="4.5"/></svg>this home</li></ul>`;

/** The map with its hashprice as a slider, for a page of its own. */
export function breakEvenMap(report: HomeReport): string {
  const { currency } = report;
  const { limits, hashpricePerPhDay } = report.breakEven;
  const { svg, frame } = breakEvenPlot(report, hashpricePerPhDay);
  const data = JSON.stringify({ limits, frame, hashpricePerPhDay }).replaceAll("<", "\\u003c");
  return `
<p><label for="hashprice">Hashprice <output id="hashprice-now" for="hashprice">${figure(hashpricePerPhDay)}</output> ${currency} per PH/s and day</label>
<input id="hashprice" type="range" min="0" max="${highestHashprice(report.breakEven)}" step="any" value="${hashpricePerPhDay}"></p>
${svg}
${breakEvenLegend()}
<script>
const map = ${data};
const levelArea = ${levelArea.toString()};
document.getElementById("hashprice").addEventListener("input", ({ target }) => {
  document.getElementById("hashprice-now").textContent = Math.round(target.value);
  for (const path of document.querySelectorAll("#map [data-level]"))
    path.setAttribute("d", levelArea(map.limits[path.dataset.level], map.frame, Number(target.value)));
});
</script>`;
}

/** A piece of a line, for a legend. */
export const swatch = (color: string, dash: string): string =>
  `<svg viewBox="0 0 24 10" aria-hidden="true"><line x1="0" x2="24" y1="5" y2="5" stroke="${color}" stroke-width="3" stroke-dasharray="${dash}"/></svg>`;
