import type { Plan, Site } from "../api.ts";
import { type Line, noLine } from "../chart/line.ts";
import type { SiteSeries } from "../siteSeries.ts";

/** As many as the hearth gives at once; what is outside the house always has its place among them. */
const mostSeries = 16;

/** What happened and what is planned, of rooms, heaters and the grid, on one time axis. */
export function seriesOfPlan({ sinks, heaters, outdoor }: PlannedHome, plan: Plan): SiteSeries[] {
  const planned = (names: readonly Named[], of: Readonly<Record<string, unknown>> = {}) =>
    names.filter(({ id }) => id in of);
  const [step] = plan.steps;
  const devices = [
    ...planned(sinks, step?.sinks).flatMap(({ id, name }): SiteSeries[] => [
      { id: `sink/${id}/temperature`, subject: name, quantity: "temperature", unit: "°C" },
      { id: `sink/${id}/foreseen`, subject: name, quantity: "planned", unit: "°C" },
    ]),
    ...planned(heaters, step?.heaters).flatMap(({ id, name }): SiteSeries[] => [
      { id: `heater/${id}/power`, subject: name, quantity: "power", unit: "W" },
      { id: `heater/${id}/planned`, subject: name, quantity: "planned", unit: "W" },
    ]),
  ];
  const outside: SiteSeries[] = [
    { id: "site/grid/price", subject: "Grid", quantity: "price", unit: "per kWh" },
    ...(plan.steps.some(({ gramsPerKwh }) => gramsPerKwh > 0)
      ? [{ id: "site/grid/carbon", subject: "Grid", quantity: "carbon", unit: "g/kWh" } as const]
      : []),
    ...(outdoor
      ? [{ id: "site/outdoor/temperature", subject: "Outdoors", quantity: "forecast", unit: "°C" } as const]
      : []),
    ...(plan.steps.some(({ irradianceWm2 }) => irradianceWm2 !== null)
      ? [{ id: "site/outdoor/irradiance", subject: "Outdoors", quantity: "sun", unit: "W/m²" } as const]
      : []),
  ];
  return [...devices.slice(0, mostSeries - outside.length), ...outside];
}

/**
 * What is not recorded since it never changes, a fixed price or an emission by configuration, was before `now` what it
 * is: from `from` on, epoch seconds.
 */
export function withConstants(
  recorded: ReadonlyMap<string, Line>,
  { grid, feeds }: Pick<Site, "grid" | "feeds">,
  from: number,
  now: number,
): ReadonlyMap<string, Line> {
  const has = (feed: string) => feeds.some(({ name }) => name === feed);
  const constants: readonly (readonly [string, number | null])[] = [
    ["site/grid/price", grid.priceFrom === "fixed" && !has("prices") ? Number(grid.price.amount) : null],
    ["site/grid/carbon", has("carbon") ? null : grid.gramsPerKwh],
  ];
  const lines = constants.flatMap(([id, value]) =>
    value === null ? [] : [[id, { times: [from, now], values: [value, value] }] as const],
  );
  return new Map([...recorded, ...lines]);
}

interface PlannedHome {
  readonly sinks: readonly Named[];
  readonly heaters: readonly Named[];
  /** Null where nothing tells of the weather. */
  readonly outdoor: unknown;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Recorded lines, each with what the plan adds to it from `now` on, epoch seconds. */
export function withPlan(
  recorded: ReadonlyMap<string, Line>,
  series: readonly SiteSeries[],
  plan: Plan,
  now: number,
): ReadonlyMap<string, Line> {
  return new Map(
    series.map(({ id }) => {
      const past = before(recorded.get(id) ?? noLine, now);
      const ahead = aheadOf(id, plan, now);
      return [id, { times: [...past.times, ...ahead.times], values: [...past.values, ...ahead.values] }];
    }),
  );
}

function before({ times, values }: Line, now: number): Line {
  const end = times.findIndex((time) => time >= now);
  return end < 0 ? { times, values } : { times: times.slice(0, end), values: values.slice(0, end) };
}

function aheadOf(id: string, plan: Plan, now: number): Line {
  const [kind, subject = "", quantity] = id.split("/");
  const steps = plan.steps
    .map((step) => ({ step, from: seconds(step.from), until: seconds(step.until) }))
    .filter(({ until }) => until > now);
  const last = steps.at(-1);
  if (!last) return noLine;
  if (kind === "sink") {
    if (quantity !== "foreseen") return noLine;
    const times = steps.map(({ until }) => until);
    return { times, values: steps.map(({ step }) => step.sinks[subject]?.temperatureC ?? null) };
  }
  const valueOf = ({ step }: (typeof steps)[number]) => {
    if (kind === "heater") return quantity === "planned" ? (step.heaters[subject]?.watts ?? null) : null;
    if (subject === "grid") return quantity === "price" ? step.pricePerKwh : step.gramsPerKwh;
    return quantity === "temperature" ? step.outdoorC : step.irradianceWm2;
  };
  const values = steps.map(valueOf);
  if (values.every((value) => value === null)) return noLine;
  return {
    times: [...steps.map(({ from }) => Math.max(now, from)), last.until],
    values: [...values, values.at(-1) ?? null],
  };
}

const seconds = (iso: string) => Date.parse(iso) / 1000;
