import { Celsius, Watts } from "../../domain/index.ts";
import { LivingSink } from "./livingSink.ts";
import { heatInto, type Plan, type PlannedCooling, type PlannedPower, type PlannedStep } from "./plan.ts";
import { isWholeIn } from "./formulateLoad.ts";
import { type DeferrableLoad, hoursOf, type PlanProblem, type PlanStep, wholePrice } from "./planProblem.ts";
import { totalsOf } from "./readPlan.ts";
import { FeederLeft, type RuledSource, ruledSources } from "./ruledSource.ts";

/**
 * A plan by plain rules: a sink below what is wanted is heated by the source whose heat costs least now, then the next,
 * within the feeder, the price ceilings and the least times; one that has what it wants is not. Deferrable loads run as
 * early as the feeder lets them.
 */
export function rulePlan(
  problem: PlanProblem,
): Pick<Plan, "steps" | "netCost" | "energyCost" | "discomfort"> {
  const sinks = problem.sinks.map((sink) => new LivingSink(sink));
  const sources = ruledSources(problem);
  const left = new FeederLeft(problem);
  // What is on and bound to stay so has its share of the feeder first.
  for (const { form, boundUntil } of sources) if (form.fromGrid) left.take(form.lowest, 0, boundUntil);
  const undone = problem.loads.map(({ joules }) => joules);
  const steps = problem.steps.map((step, at): PlannedStep => {
    const given = heatSinks(problem, sources, sinks, left, at);
    const loads = problem.loads.map((load, index) => {
      const isWorthIt = (load.value ?? Infinity) >= (wholePrice(step, problem) * load.joules) / 3.6e6;
      const watts = isWorthIt ? wattsOfLoad(load, step, at, left.at(at), undone[index] ?? 0) : 0;
      left.take(watts, at, (left.begins[at] ?? 0) + 1);
      undone[index] = Math.max(0, (undone[index] ?? 0) - watts * step.duration);
      return { id: load.id, watts: Watts(watts) };
    });
    const power = ({ id }: { readonly id: string }): PlannedPower =>
      given.get(id) ?? { id, watts: Watts(0), heat: {} };
    const [heaters, backups] = [problem.heaters.map(power), problem.backups.map(power)];
    const coolers = coolRooms(problem, sinks, { heaters, backups }, left, at);
    for (const sink of sinks) sink.live(step, at, heatInto({ heaters, backups, coolers }, sink.id));
    const drawn =
      step.otherWatts -
      step.solarWatts +
      [...heaters, ...coolers, ...loads].reduce((sum, { watts }) => sum + watts, 0) +
      backups.reduce(
        (sum, { watts }, one) => sum + (problem.backups[one]?.fuelPerKwh === undefined ? watts : 0),
        0,
      );
    const fuel = problem.backups.reduce(
      (sum, { fuelPerKwh = 0 }, one) => sum + (backups[one]?.watts ?? 0) * fuelPerKwh,
      0,
    );
    const earned = problem.heaters.reduce(
      (sum, { earnsPerKwh }, one) => sum + (heaters[one]?.watts ?? 0) * (earnsPerKwh[at] ?? 0),
      0,
    );
    const [imported, exported] = [Math.max(0, drawn), Math.max(0, -drawn)];
    return {
      from: step.from,
      duration: step.duration,
      heaters,
      backups,
      ...(problem.coolers && { coolers }),
      loads,
      temperatures: Object.fromEntries(sinks.map((sink) => [sink.id, Celsius(sink.temperature())])),
      importedWatts: Watts(imported),
      exportedWatts: Watts(exported),
      netCost:
        (hoursOf(step) / 1000) *
        (imported * wholePrice(step, problem) - exported * step.exportPerKwh + fuel - earned),
    };
  });
  return { steps, ...totalsOf(problem, steps) };
}

/** As much of a load's power as it still needs; one that is switched waits until the feeder has all of it. */
function wattsOfLoad(load: DeferrableLoad, step: PlanStep, at: number, free: number, undone: number): number {
  if (at < load.fromStep || at >= load.untilStep || undone <= 0) return 0;
  if (load.isSwitched === true && free < load.maxWatts) return 0;
  if (isWholeIn(load, step)) return load.maxWatts;
  return Math.min(load.maxWatts, free, undone / step.duration);
}

/** Rooms that are warmer than they may be are cooled, within what is left of the feeder. */
function coolRooms(
  problem: PlanProblem,
  sinks: readonly LivingSink[],
  given: Pick<PlannedStep, "heaters" | "backups">,
  left: FeederLeft,
  at: number,
): readonly PlannedCooling[] {
  const step = problem.steps[at]!;
  return (problem.coolers ?? []).map(({ id, room, mostWatts, performance }) => {
    const perWatt = performance[at] ?? 0;
    const unwanted =
      sinks.find((sink) => sink.id === room)?.unwantedHeat(step, at, heatInto(given, room)) ?? 0;
    const wanted = perWatt > 0 ? unwanted / perWatt : 0;
    const watts = Math.min(mostWatts[at] ?? 0, left.at(at), wanted);
    left.take(watts, at, (left.begins[at] ?? 0) + 1);
    return { id, room, watts: Watts(watts), cold: watts * perWatt };
  });
}

/** What each source gives in a step, by its id. */
function heatSinks(
  { steps, sinks: planned }: PlanProblem,
  sources: readonly RuledSource[],
  sinks: readonly LivingSink[],
  left: FeederLeft,
  at: number,
): ReadonlyMap<string, PlannedPower> {
  const step = steps[at]!;
  const begin = left.begins[at] ?? 0;
  const given = new Map<string, PlannedPower>();
  const give = (source: RuledSource, sink: string, watts: number): number => {
    const { device, fromGrid, lowest, heatPerWatt } = source.form;
    const isSetAside = source.hasToRun(begin);
    const boundUntil = source.run(watts, begin);
    if (fromGrid && isSetAside) left.take(watts - lowest, at, begin + 1);
    else if (fromGrid) {
      left.take(watts, at, begin + 1);
      left.take(lowest, at + 1, boundUntil);
    }
    const warmth = watts * (heatPerWatt[at] ?? 0);
    given.set(device.id, { id: device.id, watts: Watts(watts), heat: { [sink]: warmth } });
    return warmth;
  };
  for (const sink of sinks) {
    let missing = sink.wantedHeat(step, at);
    const able = sources
      .filter(({ form }) => form.device.sinks.includes(sink.id))
      .toSorted((one, other) => (one.form.costOfHeat[at] ?? 0) - (other.form.costOfHeat[at] ?? 0));
    for (const source of able) {
      const { device, fromGrid, lowest, heatPerWatt, most, powerFor } = source.form;
      if (missing <= 0 || given.has(device.id)) continue;
      const hasToRun = source.hasToRun(begin);
      if (!hasToRun && !source.mayRun(at, left.begins, left.watts)) continue;
      const free = left.at(at) + (hasToRun && fromGrid ? lowest : 0);
      const watts = powerFor(missing / Math.max(0.01, heatPerWatt[at] ?? 0), Math.min(free, most(at)));
      if (watts > 0) missing -= give(source, sink.id, watts);
    }
  }
  for (const source of sources) {
    const { device, lowest } = source.form;
    if (given.has(device.id)) continue;
    if (!source.hasToRun(begin)) source.run(0, begin);
    else give(source, coolest(planned, sinks, device.sinks, at), lowest);
  }
  return given;
}

/** Of some sinks the one that is furthest below the most that is wanted of it. */
function coolest(
  planned: PlanProblem["sinks"],
  sinks: readonly LivingSink[],
  among: readonly string[],
  at: number,
): string {
  const room = (id: string) =>
    (planned.find((one) => one.id === id)?.most[at] ?? 0) -
    (sinks.find((one) => one.id === id)?.temperature() ?? 0);
  return among.toSorted((one, other) => room(other) - room(one))[0] ?? "";
}
