import { describe, expect, it } from "vitest";
import {
  Celsius,
  Instant,
  Micros,
  plus,
  Seconds,
  seededRandom,
  simulatedClock,
  Watts,
  weekdays,
} from "../../domain/index.ts";
import type { Tariff } from "../../energy/index.ts";
import { type HeaterReading, type RoomModel, roomModel, type Setpoint, stepRoom } from "../../heat/index.ts";
import { openSolver } from "../../solver/index.ts";
import { initialRound, round } from "../round.ts";
import { oneRoomSite } from "./oneRoomSite.suite.ts";
import type { PlannedSite } from "./askedSite.ts";
import { sitePlanner } from "./sitePlanner.ts";

const began = Instant(Date.UTC(2026, 0, 12, 12));
const step = Seconds(60);
const tariff: Tariff = {
  kind: "time-of-use",
  currency: "EUR",
  timezone: "UTC",
  pricePerKwh: Micros(400_000n),
  entries: [{ days: weekdays, from: "00:00", to: "06:00", pricePerKwh: Micros(100_000n) }],
};
const believed = roomModel({ areaM2: 25, insulation: "good" });
const config = oneRoomSite(
  { setBackC: Celsius(20), bandK: 0.3, entries: [] },
  { kind: "range", min: Watts(300), max: Watts(1200), step: Watts(25) },
  believed,
);

interface Life {
  /** After the first half day, in which a model has to show that it foresees. */
  readonly cost: number;
  readonly kelvinHoursBelow: number;
  readonly coldest: number;
  readonly causes: ReadonlySet<string>;
}

/** A day and a half of a room by the very rounds of the hearth, planned or not. */
async function live(real: RoomModel, isPlanned: boolean, outdoorC = 4): Promise<Life> {
  const clock = simulatedClock(began);
  const solver = openSolver();
  const planner = sitePlanner({
    clock,
    solve: solver.solve,
    closeSolver: () => solver.close(),
    onFault: (thrown) => {
      throw thrown;
    },
  });
  const random = seededRandom(5);
  let room = { air: Celsius(20), fabric: Celsius(19.5) };
  let held: Setpoint = { watts: Watts(0), workload: "idle" };
  let state = initialRound(config);
  let [cost, below, coldest] = [0, 0, 40];
  const causes = new Set<string>();
  for (let tick = 0; tick < 36 * 60; tick++) {
    await clock.advance(step);
    const at = clock.now();
    room = stepRoom(real, room, { outdoor: Celsius(outdoorC), heat: held.watts }, step);
    const watts = held.watts;
    const reading: HeaterReading = { at, watts, provenance: "metered", workload: held.workload, faults: [] };
    const sensed = { at, value: room.air + 0.04 * random.normal() };
    const output = round(config, tariff, state, {
      events: [],
      heard: {},
      sensed: {},
      plan: isPlanned ? planner.now() : undefined,
      control: {
        at,
        elapsed: tick === 0 ? Seconds(0) : step,
        outdoor: Celsius(outdoorC),
        sensors: { room: { reading: sensed } },
        heaters: { heater: { reading, answers: true, held } },
      },
    });
    ({ state } = output);
    const [decision] = output.control.decisions;
    if (decision && !decision.unseen) held = decision.setpoint;
    const before = planner.latest();
    const site: PlannedSite = {
      at,
      settings: { hours: 24, warmerK: 1.5, carbonPerKg: 0 },
      config,
      control: output.control,
      state: state.control,
      owner: state.owner,
      tariff,
      outside: {
        carbon: [],
        marginal: [],
        weather: [
          {
            from: began,
            until: plus(began, Seconds(5 * 86_400)),
            value: { outdoorC, globalWm2: 0, directNormalWm2: 0, diffuseWm2: 0 },
          },
        ],
      },
      gramsPerKwh: undefined,
      peakWatts: 0,
      names: {},
      earnsPerKwh: {},
    };
    if (isPlanned && tick % 60 === 0) {
      planner.follow(site);
      while (planner.latest() === before) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const hour = new Date(at).getUTCHours();
    if (tick < 12 * 60) continue;
    causes.add(decision?.cause ?? "");
    cost += ((watts / 1000) * step * (hour < 6 ? 0.1 : 0.4)) / 3600;
    below += (Math.max(0, 20 - room.air) * step) / 3600;
    coldest = Math.min(coldest, room.air);
  }
  await planner.close();
  return { cost, kelvinHoursBelow: below, coldest, causes };
}

describe("a planned home", { timeout: 120_000 }, () => {
  it("pays less for the same comfort where energy is cheap at night", async () => {
    const [plain, planned] = [await live(believed, false), await live(believed, true)];
    expect(planned.causes).toContain("plan");
    expect(plain.causes).not.toContain("plan");
    expect(planned.cost).toBeLessThan(0.9 * plain.cost);
    expect(planned.kelvinHoursBelow).toBeLessThan(plain.kelvinHoursBelow + 2);
  });

  it("is left to its thermostat where its model is wrong, and stays warm", async () => {
    const leaky = {
      ...believed,
      airToOutsideWattsPerKelvin: 3 * believed.airToOutsideWattsPerKelvin,
      fabricToOutsideWattsPerKelvin: 3 * believed.fabricToOutsideWattsPerKelvin,
    };
    const life = await live(leaky, true);
    expect(life.causes).toContain("comfort");
    expect(life.coldest).toBeGreaterThan(19.3);
  });
});
