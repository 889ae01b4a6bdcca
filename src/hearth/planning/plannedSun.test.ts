import { describe, expect, it } from "vitest";
import { Celsius, Instant, Micros, plus, Seconds, Watts } from "../../domain/index.ts";
import { solvePlan } from "../../heat/index.ts";
import { openSolver } from "../../solver/index.ts";
import { initialRound } from "../round.ts";
import type { PlannedSite, SolarSettings } from "./askedSite.ts";
import { oneRoomSite } from "./oneRoomSite.suite.ts";
import { planProblemOf } from "./planProblemOf.ts";

const morning = Instant(Date.UTC(2026, 2, 20, 6));
const roof: SolarSettings = {
  kWp: 4,
  latitude: 52.5,
  longitude: 0,
  tiltDeg: 35,
  azimuthDeg: 180,
  performance: 0.8,
  gramsPerKwh: 0,
  baseWatts: Watts(300),
};

/** A room in spring, whose sun comes out at ten and goes at fourteen o'clock. */
function siteAt(solar: SolarSettings | undefined, others?: readonly number[]): PlannedSite {
  const config = oneRoomSite(
    { setBackC: Celsius(20), bandK: 0.3, entries: [] },
    { kind: "range", min: Watts(200), max: Watts(1500), step: Watts(25) },
  );
  const state = initialRound(config);
  const { control } = state;
  const [room, heater] = [control.sinks["room"]!, control.heaters["heater"]!];
  const hours = Array.from({ length: 36 }, (_, hour) => {
    const isSunny = hour % 24 >= 4 && hour % 24 < 8;
    return {
      from: plus(morning, Seconds(3600 * hour)),
      until: plus(morning, Seconds(3600 * (hour + 1))),
      value: {
        outdoorC: 6,
        globalWm2: isSunny ? 550 : 0,
        directNormalWm2: isSunny ? 650 : 0,
        diffuseWm2: isSunny ? 120 : 0,
      },
    };
  });
  return {
    at: morning,
    settings: { hours: 24, warmerK: 1.5, carbonPerKg: 0, solar },
    config,
    control: {
      heaters: config.heaters.map(({ id }) => ({
        id,
        state: "off",
        watts: Watts(0),
        trial: heater.trial,
        isTried: false,
        wattsDiffer: false,
        learned: [],
      })),
    },
    state: {
      ...control,
      mains: others ? { others, age: 0 } : null,
      sinks: { room: { ...room, estimate: { ...room.estimate, mean: [20.3, 20.3, 0] } } },
      heaters: { heater: { ...heater, sinceSwitch: 1e5 } },
    },
    owner: state.owner,
    tariff: {
      kind: "fixed",
      currency: "EUR",
      pricePerKwh: Micros(320_000n),
      feedIn: { kind: "fixed", pricePerKwh: Micros(80_000n) },
    },
    outside: { carbon: [], marginal: [], weather: hours },
    gramsPerKwh: undefined,
    peakWatts: 0,
    names: {},
    earnsPerKwh: {},
  };
}

const problemOf = (site: PlannedSite) => {
  const problem = planProblemOf(site);
  if (!problem) throw new Error("nothing is planned");
  return problem;
};

async function plannedFor(site: PlannedSite) {
  const problem = problemOf(site);
  const solver = openSolver();
  const plan = await solvePlan(problem, solver.solve);
  await solver.close();
  const kwhIn = (isSunny: boolean) =>
    plan.steps.reduce((sum, { heaters, duration }, at) => {
      const isSun = (problem.steps[at]?.solarWatts ?? 0) > 0;
      return sum + (isSun === isSunny ? ((heaters[0]?.watts ?? 0) * duration) / 3.6e6 : 0);
    }, 0);
  return { sunny: kwhIn(true), dark: kwhIn(false) };
}

describe("a plan with photovoltaics", { timeout: 60_000 }, () => {
  it("knows what the sun is foreseen to give, what is paid for it, and what the house draws", () => {
    const { steps } = problemOf(siteAt(roof));
    const noon = steps.find(({ from }) => from >= plus(morning, Seconds(6 * 3600)));
    expect(noon?.solarWatts).toBeGreaterThan(1500);
    expect(noon?.solarWatts).toBeLessThan(3200);
    expect(noon).toMatchObject({ exportPerKwh: 0.08, otherWatts: 300 });
    expect(steps[0]?.solarWatts).toBe(0);
    expect(Math.max(...problemOf(siteAt(undefined)).steps.map(({ solarWatts }) => solarWatts))).toBe(0);
  });

  it("takes what the meter shows for what the house draws, while the sun does not hide it", () => {
    expect(problemOf(siteAt(roof, [450, 460, 470])).steps[0]?.otherWatts).toBe(450);
    expect(problemOf(siteAt(roof, [0, 0, 0])).steps[0]?.otherWatts).toBe(300);
  });

  it("heats while the sun shines rather than buy", async () => {
    const [without, withSun] = [await plannedFor(siteAt(undefined)), await plannedFor(siteAt(roof))];
    expect(withSun.sunny).toBeGreaterThan(2);
    expect(withSun.dark).toBeLessThan(without.dark - 1);
  });
});
