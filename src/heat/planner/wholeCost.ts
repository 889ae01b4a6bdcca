import { highestStep } from "../steps.ts";
import { undonePerKwh } from "./formulateLoad.ts";
import { missedDisinfection, rounding } from "./formulateDisinfection.ts";
import { LivingSink } from "./livingSink.ts";
import { heatInto, type PlannedStep } from "./plan.ts";
import { hoursOf, type PlannedBackup, type PlannedHeater, type PlanProblem } from "./planProblem.ts";
import { worthOfHeat } from "./worthOfHeat.ts";

/**
 * All that a plan counts like, in money, whoever made it: energy and fuel less what is earned and exported, starts, the
 * grid's fee, discomfort, missed disinfection, loads undone, less what is left stored. The temperatures are those of the
 * sinks' own models under the plan's heat, not those that the plan tells.
 */
export function wholeCost(problem: PlanProblem, steps: readonly PlannedStep[]): number {
  const energy = steps.reduce((sum, { netCost }) => sum + netCost, 0);
  const peak = Math.max(0, ...steps.map(({ importedWatts }) => importedWatts - problem.peakSoFar)) / 1000;
  const starts = [...problem.heaters, ...problem.backups].reduce(
    (sum, device) => sum + device.startCost * startsOf(device, steps),
    0,
  );
  return (
    energy + problem.peakPerKw * peak + starts + costOfSinks(problem, steps) + costOfLoads(problem, steps)
  );
}

/** How often a device starts; one that runs for a part of an hour starts so far. */
function startsOf(device: PlannedHeater | PlannedBackup, steps: readonly PlannedStep[]): number {
  const most = "steps" in device ? highestStep(device.steps) : device.maxWatts;
  let before = device.watts > 0 ? 1 : 0;
  return steps.reduce((sum, { duration, heaters, backups }) => {
    const watts = [...heaters, ...backups].find(({ id }) => id === device.id)?.watts ?? 0;
    const isWhole = duration < device.minOn + device.minOff;
    const share = watts <= rounding ? 0 : isWhole ? 1 : Math.min(1, watts / most);
    const started = Math.max(0, share - before);
    before = share;
    return sum + started;
  }, 0);
}

function costOfSinks(problem: PlanProblem, steps: readonly PlannedStep[]): number {
  return problem.sinks.reduce((sum, sink) => {
    const living = new LivingSink(sink);
    const before = living.storedKwh();
    const disinfection = sink.kind === "tank" ? sink.disinfection : undefined;
    let isMissed = disinfection !== undefined;
    let cost = 0;
    steps.forEach((planned, at) => {
      const step = problem.steps[at]!;
      living.live(step, at, heatInto(planned, sink.id));
      const warmth = living.temperature();
      const short = Math.max(0, (sink.least[at] ?? -Infinity) - warmth);
      const over = Math.max(0, warmth - (sink.most[at] ?? Infinity));
      cost += hoursOf(step) * (sink.coldPerKelvinHour * short + sink.hotPerKelvinHour * over);
      if (disinfection && at <= disinfection.byStep && warmth >= disinfection.celsius - hotEnough)
        isMissed = false;
    });
    if (isMissed) cost += missedDisinfection * sink.coldPerKelvinHour;
    return sum + cost - worthOfHeat(problem, sink) * (living.storedKwh() - before);
  }, 0);
}

/** What a solver's rounding may take from a temperature, K. */
const hotEnough = 0.01;

function costOfLoads({ loads }: PlanProblem, steps: readonly PlannedStep[]): number {
  return loads.reduce((before, { id, joules, value, maxWatts, isOn = false, startCost = 0 }) => {
    const shares = steps.map((step) => (step.loads.find((one) => one.id === id)?.watts ?? 0) / maxWatts);
    const sum =
      before +
      startCost *
        shares.reduce((all, share, at) => all + Math.max(0, share - (shares[at - 1] ?? Number(isOn))), 0);
    const drawn = steps.reduce(
      (total, step) => total + (step.loads.find((one) => one.id === id)?.watts ?? 0) * step.duration,
      0,
    );
    return value === undefined
      ? sum + (undonePerKwh * Math.max(0, joules - drawn)) / 3.6e6
      : sum - value * Math.min(1, drawn / joules);
  }, 0);
}
