import { expect } from "vitest";
import type { Plan, PlannedBackup, PlannedHeater, PlannedSink, PlanProblem } from "../../src/heat/index.ts";

type Steps = Plan["steps"];
const tolerance = 0.5;

/** No plan passes the feeder, a price ceiling or a device's powers, and none cuts a least time short. */
export function expectWithinLimits(problem: PlanProblem, steps: Steps): void {
  expect(steps.map(({ from, duration }) => [from, duration])).toEqual(
    problem.steps.map(({ from, duration }) => [from, duration]),
  );
  expectFeeder(problem, steps);
  expectCeilings(problem, steps);
  for (const device of [...problem.heaters, ...problem.backups]) {
    expectPowers(problem, device, steps);
    expectLeastTimes(problem, device, steps);
  }
}

const wattsOf = (step: Steps[number], id: string): number =>
  [...step.heaters, ...step.backups].find((one) => one.id === id)?.watts ?? 0;

function expectFeeder(problem: PlanProblem, steps: Steps): void {
  steps.forEach((step, at) => {
    const { otherWatts, solarWatts } = problem.steps[at]!;
    const planned =
      step.heaters.reduce((sum, { watts }) => sum + watts, 0) +
      [...step.loads, ...(step.coolers ?? [])].reduce((sum, { watts }) => sum + watts, 0) +
      problem.backups.reduce(
        (sum, { id, fuelPerKwh }) => sum + (fuelPerKwh === undefined ? wattsOf(step, id) : 0),
        0,
      );
    const drawn = planned + otherWatts - solarWatts;
    if (planned > tolerance) expect(drawn).toBeLessThanOrEqual(problem.feederWatts + tolerance);
    expect(step.importedWatts - step.exportedWatts).toBeGreaterThanOrEqual(drawn - tolerance);
    expect(step.exportedWatts).toBeLessThanOrEqual(Math.max(0, solarWatts - otherWatts) + tolerance);
  });
}

function expectCeilings(problem: PlanProblem, steps: Steps): void {
  for (const { id, priceCeiling, mostWatts } of [...problem.heaters, ...problem.backups])
    steps.forEach((step, at) => {
      expect(wattsOf(step, id)).toBeLessThanOrEqual((mostWatts?.[at] ?? Infinity) + tolerance);
      if (priceCeiling !== undefined && problem.steps[at]!.pricePerKwh > priceCeiling)
        expect(wattsOf(step, id)).toBe(0);
    });
}

type Device = PlannedHeater | PlannedBackup;
/** In a step that is long enough to start and stop within, a device may run for a part of it. */
const isWhole = (device: Device, duration: number) =>
  duration <= 900 || duration < device.minOn + device.minOff;

function expectPowers(problem: PlanProblem, device: Device, steps: Steps): void {
  for (const step of steps) {
    const watts = wattsOf(step, device.id);
    const heat = [...step.heaters, ...step.backups].find(({ id }) => id === device.id)?.heat ?? {};
    const perWatt = "heatShare" in device ? device.heatShare : (device.performance[steps.indexOf(step)] ?? 0);
    expect(Object.values(heat).reduce((sum, one) => sum + one, 0)).toBeCloseTo(watts * perWatt, 0);
    for (const [sink, into] of Object.entries(heat)) {
      expect(device.sinks).toContain(sink);
      expect(into).toBeGreaterThan(0);
    }
    if (watts <= tolerance || !isWhole(device, step.duration)) continue;
    const powers: readonly number[] =
      "steps" in device && device.steps.kind === "levels" ? device.steps.watts : [];
    if (powers.length > 0)
      expect(Math.min(...powers.map((one) => Math.abs(one - watts)))).toBeLessThan(tolerance);
    if ("minWatts" in device) {
      expect(watts).toBeGreaterThan(device.minWatts - tolerance);
      expect(watts).toBeLessThan(device.maxWatts + tolerance);
    }
  }
}

/** Each run and each rest that ends in a whole step has lasted long enough, what was before the plan counted. */
function expectLeastTimes(problem: PlanProblem, device: Device, steps: Steps): void {
  let isOn = device.watts > 0;
  let isBefore = true;
  let lasted: number = device.since;
  for (const step of steps) {
    if (!isWhole(device, step.duration)) return;
    const isOnNow = wattsOf(step, device.id) > tolerance;
    if (isOnNow !== isOn) {
      const what = `${device.id} ${isOn ? "on" : "off"} until ${(step.from - problem.steps[0]!.from) / 60_000} min`;
      const isLetGo = isBefore && isOn && !canStayOn(problem, device);
      if (!isLetGo) expect(lasted, what).toBeGreaterThanOrEqual(isOn ? device.minOn : device.minOff);
      lasted = 0;
      isBefore = false;
    }
    isOn = isOnNow;
    lasted += step.duration;
  }
}

/** Whether a device that is on can stay so for its least time: below its ceiling and cap, and with all else that is on. */
function canStayOn({ steps, heaters, backups, feederWatts }: PlanProblem, device: Device): boolean {
  const allOn = [...heaters, ...backups].reduce((sum, one) => {
    if (one.watts === 0 || ("fuelPerKwh" in one && one.fuelPerKwh !== undefined)) return sum;
    return (
      sum +
      ("minWatts" in one ? one.minWatts : one.steps.kind === "range" ? one.steps.min : one.steps.watts[0]!)
    );
  }, 0);
  const lowest =
    "minWatts" in device
      ? device.minWatts
      : device.steps.kind === "range"
        ? device.steps.min
        : device.steps.watts[0]!;
  return steps.every(
    ({ from, pricePerKwh, otherWatts, solarWatts }, at) =>
      (from - steps[0]!.from) / 1000 >= device.minOn - device.since ||
      (pricePerKwh <= (device.priceCeiling ?? Infinity) &&
        lowest <= (device.mostWatts?.[at] ?? Infinity) &&
        allOn + otherWatts - solarWatts <= feederWatts),
  );
}

/**
 * The temperatures that a plan tells are those of its sinks under its heat, and no energy comes from nowhere: by the
 * differential equations themselves, in small steps, not by the planner's exponentials.
 */
export function expectEnergyKept(problem: PlanProblem, steps: Steps): void {
  for (const sink of problem.sinks) {
    let stores: readonly number[] =
      sink.kind === "room" ? [sink.state.air, sink.state.fabric] : [sink.temperature];
    steps.forEach((planned, at) => {
      const given = [...planned.heaters, ...planned.backups].reduce(
        (sum, one) => sum + (one.heat[sink.id] ?? 0),
        0,
      );
      const cold = (planned.coolers ?? []).reduce(
        (sum, one) => sum + (one.room === sink.id ? one.cold : 0),
        0,
      );
      const heat = given - cold;
      const rates = ratesOf(sink, problem.steps[at]!.outdoor, heat, at);
      const before = stores;
      let kept = 0;
      const dt = planned.duration / smallSteps;
      for (let small = 0; small < smallSteps; small++) {
        const half = stores.map((store, one) => store + (rates(stores).change[one] ?? 0) * (dt / 2));
        const { change, net } = rates(half);
        stores = stores.map((store, one) => store + (change[one] ?? 0) * dt);
        kept += net * dt;
      }
      const told = planned.temperatures[sink.id] ?? Number.NaN;
      expect(Math.abs(told - stores[0]!), `${sink.id} in step ${at}`).toBeLessThan(0.02);
      const capacities =
        sink.kind === "room"
          ? [sink.model.airJoulesPerKelvin, sink.model.fabricJoulesPerKelvin]
          : [sink.joulesPerKelvin];
      const stored = capacities.reduce(
        (sum, capacity, one) => sum + capacity * ((stores[one] ?? 0) - (before[one] ?? 0)),
        0,
      );
      expect(Math.abs(stored - kept)).toBeLessThan(1e-6 * Math.max(1e6, Math.abs(kept)));
    });
  }
}

const smallSteps = 120;

/** How a sink's stores change, K/s, and what it takes in less what it loses, W. */
function ratesOf(sink: PlannedSink, outdoor: number, heat: number, at: number) {
  return (stores: readonly number[]): { readonly change: readonly number[]; readonly net: number } => {
    const [first = 0, fabric = 0] = stores;
    if (sink.kind !== "room") {
      const { lossWattsPerKelvin: loss } = sink;
      const perKelvin = typeof loss === "number" ? loss : (loss[at] ?? 0);
      const net = heat - perKelvin * (first - sink.around) - (sink.drawOff[at] ?? 0);
      return { change: [net / sink.joulesPerKelvin], net };
    }
    const { model } = sink;
    const given = heat + (sink.gains?.[at] ?? 0);
    const between = model.airToFabricWattsPerKelvin * (first - fabric);
    const airLoss = model.airToOutsideWattsPerKelvin * (first - outdoor);
    const fabricLoss = model.fabricToOutsideWattsPerKelvin * (fabric - outdoor);
    const intoAir = given * model.heatToAir - airLoss - between;
    const intoFabric = given * (1 - model.heatToAir) - fabricLoss + between;
    return {
      change: [intoAir / model.airJoulesPerKelvin, intoFabric / model.fabricJoulesPerKelvin],
      net: given - airLoss - fabricLoss,
    };
  };
}
