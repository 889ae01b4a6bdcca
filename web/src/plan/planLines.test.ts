import { describe, expect, it } from "vitest";
import type { Plan, Site } from "../api.ts";
import { seriesOfPlan, withConstants, withPlan } from "./planLines.ts";

const at = (hour: number) => Date.UTC(2026, 0, 14) / 1000 + hour * 3600;
const iso = (hour: number) => new Date(at(hour) * 1000).toISOString();
const step = (hour: number, watts: number, temperatureC: number): Plan["steps"][number] => ({
  from: iso(hour),
  until: iso(hour + 1),
  pricePerKwh: hour / 100,
  gramsPerKwh: 0,
  outdoorC: 4,
  irradianceWm2: hour > 11 ? null : hour * 10,
  heaters: { nano: { watts } },
  sinks: { study: { temperatureC, leastC: 19, mostC: 21 } },
});
const plan = { steps: [step(10, 0, 19.5), step(11, 100, 20), step(12, 60, 20.2)] } as unknown as Plan;
const site = {
  outdoor: { temperatureC: 4 },
  sinks: [
    { id: "study", name: "Study" },
    { id: "attic", name: "Attic" },
  ],
  heaters: [
    { id: "nano", name: "Nano" },
    { id: "lost", name: "Lost" },
  ],
};

describe("a plan beside what happened", () => {
  const series = seriesOfPlan(site, plan);
  const lines = withPlan(
    new Map([
      ["sink/study/temperature", { times: [at(9), at(10.5), at(11.6)], values: [18, 19, 19.9] }],
      ["heater/nano/planned", { times: [at(10), at(11)], values: [0, 100] }],
    ]),
    series,
    plan,
    at(11.5),
  );

  it("says nothing of a weather that nobody told", () => {
    const ids = seriesOfPlan({ ...site, outdoor: null }, plan).map(({ id }) => id);
    expect(ids).not.toContain("site/outdoor/temperature");
  });

  it("is of what is planned, and of carbon only where it is known", () => {
    expect(series.map(({ id }) => id)).toEqual([
      "sink/study/temperature",
      "sink/study/foreseen",
      "heater/nano/power",
      "heater/nano/planned",
      "site/grid/price",
      "site/outdoor/temperature",
      "site/outdoor/irradiance",
    ]);
  });

  it("has what was measured up to now, and nothing measured ahead", () => {
    expect(lines.get("sink/study/temperature")).toEqual({ times: [at(9), at(10.5)], values: [18, 19] });
    expect(lines.get("heater/nano/power")?.times).toEqual([]);
  });

  it("goes on with the plan: temperatures at the ends of steps, powers and prices over them", () => {
    expect(lines.get("sink/study/foreseen")).toEqual({ times: [at(12), at(13)], values: [20, 20.2] });
    expect(lines.get("heater/nano/planned")).toEqual({
      times: [at(10), at(11), at(11.5), at(12), at(13)],
      values: [0, 100, 100, 60, 60],
    });
    expect(lines.get("site/grid/price")?.values).toEqual([0.11, 0.12, 0.12]);
  });

  it("goes on with the sun as it is forecast, as far as that reaches", () => {
    expect(lines.get("site/outdoor/irradiance")?.values).toEqual([110, null, null]);
    const dark = { steps: plan.steps.map((one) => ({ ...one, irradianceWm2: null })) } as unknown as Plan;
    expect(seriesOfPlan(site, dark).map(({ id }) => id)).not.toContain("site/outdoor/irradiance");
  });

  it("shows the price and the sun of a home with more rooms than series are given at once", () => {
    const many = Array.from({ length: 9 }, (_, room) => ({ id: `room-${room}`, name: `Room ${room}` }));
    const sinks = Object.fromEntries(many.map(({ id }) => [id, step(10, 0, 20).sinks["study"]]));
    const wide = { steps: [{ ...step(10, 0, 20), sinks }] } as unknown as Plan;
    const ids = seriesOfPlan({ ...site, sinks: many }, wide).map(({ id }) => id);
    expect(ids).toHaveLength(16);
    expect(ids.slice(-3)).toEqual(["site/grid/price", "site/outdoor/temperature", "site/outdoor/irradiance"]);
  });

  it("has before now what never changes and so is not recorded, and nothing where a feed tells it", () => {
    const grid = { price: { amount: "0.310000", currency: "EUR" }, priceFrom: "fixed", gramsPerKwh: 380 };
    const told = (changes: object, feeds: readonly string[] = []) =>
      [
        ...withConstants(
          new Map(),
          { grid: { ...grid, ...changes }, feeds: feeds.map((name) => ({ name })) } as unknown as Site,
          at(0),
          at(12),
        ),
      ].map(([id, { times, values }]) => [id, times, values]);
    const times = [at(0), at(12)];
    expect(told({})).toEqual([
      ["site/grid/price", times, [0.31, 0.31]],
      ["site/grid/carbon", times, [380, 380]],
    ]);
    expect(told({ priceFrom: "time-of-use", gramsPerKwh: null })).toEqual([]);
    expect(told({}, ["carbon", "prices"])).toEqual([]);
  });

  it("ends with the plan", () => {
    expect(withPlan(new Map(), series, plan, at(14)).get("site/grid/price")?.times).toEqual([]);
  });
});
