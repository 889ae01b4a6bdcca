import { describe, expect, it } from "vitest";
import { Celsius, Instant, Micros, plus, Seconds, Watts, weekdays } from "../../domain/index.ts";
import type { HeaterConfig, PlanProblem } from "../../heat/index.ts";
import { initialRound } from "../round.ts";
import { endOf, type PlannedSite } from "./askedSite.ts";
import { plannedAt } from "./madePlan.ts";
import { oneRoomSite } from "./oneRoomSite.suite.ts";
import { planProblemOf } from "./planProblemOf.ts";

const began = Instant(Date.UTC(2026, 0, 12, 20));
const nominal = [300, 600, 900].map(Watts);

/** A room with one heater of three levels, of which more is known. */
function siteWith(changes: Partial<HeaterConfig>, learned: readonly (readonly [number, number])[] = []) {
  const site = oneRoomSite(
    { setBackC: Celsius(20), bandK: 0.3, entries: [] },
    { kind: "levels", watts: nominal },
  );
  const config = { ...site, heaters: site.heaters.map((heater) => ({ ...heater, ...changes })) };
  const state = initialRound(config);
  const { control } = state;
  const [room, heater] = [control.sinks["room"]!, control.heaters["heater"]!];
  const known = learned.map(([watts, drawn]) => ({ watts, drawn, seconds: 3600 }));
  const planned: PlannedSite = {
    at: began,
    settings: { hours: 24, warmerK: 1, carbonPerKg: 0 },
    config,
    control: {
      heaters: config.heaters.map(({ id }) => ({
        id,
        state: "off",
        watts: Watts(0),
        trial: heater.trial,
        isTried: false,
        wattsDiffer: false,
        learned: known,
      })),
    },
    state: {
      ...control,
      sinks: { room: { ...room, estimate: { ...room.estimate, mean: [20, 20, 0] } } },
      heaters: { heater: { ...heater, learned: known } },
    },
    owner: state.owner,
    tariff: { kind: "fixed", currency: "EUR", pricePerKwh: Micros(300_000n) },
    outside: { carbon: [], marginal: [], weather: [] },
    gramsPerKwh: undefined,
    peakWatts: 0,
    names: {},
    earnsPerKwh: {},
  };
  const problem = planProblemOf(planned);
  const [device] = problem?.heaters ?? [];
  if (!problem || !device) throw new Error("nothing is planned");
  return { problem, device };
}

const quiet = [{ days: [...weekdays], from: "22:00", to: "06:00", maxWatts: Watts(300) }];

describe("a heater in a plan's problem", () => {
  it("has no cap and no ceiling unless it is given one", () => {
    expect(siteWith({}).device).toMatchObject({ priceCeiling: undefined, mostWatts: undefined });
    expect(siteWith({ priceCeiling: 0.25 }).device.priceCeiling).toBe(0.25);
  });

  it("is held to its quiet hours, to the quarter-hour", () => {
    const { problem, device } = siteWith({ quiet });
    const mostAt = (hour: number) => {
      const at = plus(began, Seconds((hour - 20) * 3600));
      const index = problem.steps.findIndex((step) => step.from <= at && endOf(step) > at);
      return device.mostWatts?.[index];
    };
    expect([21.9, 22.1, 29.9, 30.1].map(mostAt)).toEqual([Infinity, 300, 300, Infinity]);
  });

  it("draws at each level what it was metered to, and is asked for the level", () => {
    const { device, problem } = siteWith({ quiet }, [
      [300, 330],
      [600, 640],
    ]);
    expect(device).toMatchObject({
      steps: { kind: "levels", watts: [330, 640, 960] },
      asked: nominal,
    });
    expect(device.mostWatts?.filter((most) => most < 900)[0]).toBe(330);
    expect([0, 330, 639.9, 960].map((watts) => wishFor(problem, watts))).toEqual([0, 300, 600, 900]);
  });

  it("is believed to have its own levels where what was metered makes no sense", () => {
    const { device } = siteWith({}, [
      [300, 700],
      [600, 500],
    ]);
    expect(device).toMatchObject({ steps: { kind: "levels", watts: nominal } });
    expect(device.asked).toBeUndefined();
  });
});

/** What the heater is asked for when the plan has it draw so much now. */
function wishFor(problem: PlanProblem, watts: number) {
  const steps = problem.steps.map(({ from, duration }) => ({
    from,
    duration,
    heaters: [{ id: "heater", watts: Watts(watts), heat: {} }],
    backups: [],
    loads: [],
    temperatures: { room: Celsius(20) },
    importedWatts: Watts(watts),
    exportedWatts: Watts(0),
    netCost: 0,
  }));
  const plan = {
    steps,
    netCost: 0,
    energyCost: 0,
    discomfort: 0,
    origin: "rules",
    gap: null,
    reason: null,
    seconds: 0,
  } as const;
  const now = plannedAt({ madeAt: began, problem, plan, explanations: [] }, began, "UTC");
  return now?.wishes["heater"]?.watts;
}
