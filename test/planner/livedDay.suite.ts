import { Instant, Seconds, Watts } from "../../src/domain/index.ts";
import { type Plan, type PlanProblem, solvePlan, type SolveProgram } from "../../src/heat/index.ts";
import { LivingSink } from "../../src/heat/planner/livingSink.ts";
import { expectWithinLimits } from "./soundPlan.suite.ts";

/** Half a day as it comes, planned anew each hour by what is foreseen then; the first hour of each plan is done. */
export async function liveHalfADay(
  problem: PlanProblem,
  solve: SolveProgram,
  foresee: (steps: PlanProblem["steps"]) => PlanProblem["steps"],
): Promise<{
  readonly room: number;
  readonly tank: number;
  readonly most: number;
  readonly hottest: number;
}> {
  let now = problem;
  let [most, hottest] = [0, 0];
  for (let hour = 0; hour < 12; hour++) {
    const plan = await solvePlan({ ...now, steps: foresee(now.steps) }, solve);
    expectWithinLimits({ ...now, steps: foresee(now.steps) }, plan.steps);
    const done = plan.steps.slice(0, 4);
    const sinks = now.sinks.map((sink) => {
      const living = new LivingSink(sink);
      done.forEach((step, at) => {
        const devices = [...step.heaters, ...step.backups];
        living.live(
          now.steps[at]!,
          at,
          devices.reduce((sum, { heat }) => sum + (heat[sink.id] ?? 0), 0),
        );
        const { otherWatts, solarWatts } = now.steps[at]!;
        most = Math.max(most, devices.reduce((sum, { watts }) => sum + watts, 0) + otherWatts - solarWatts);
      });
      if (sink.kind === "room") hottest = Math.max(hottest, living.temperature());
      return living.now();
    });
    now = anHourLater(now, plan.steps, sinks);
  }
  const temperature = (id: string) => {
    const sink = now.sinks.find((one) => one.id === id)!;
    return sink.kind === "room" ? sink.state.air : sink.temperature;
  };
  return { room: temperature("room"), tank: temperature("tank"), most, hottest };
}

/** The problem an hour later: quarter-hours for six hours again, of what was known by the hour. */
function anHourLater(problem: PlanProblem, done: Plan["steps"], sinks: PlanProblem["sinks"]): PlanProblem {
  const begins = problem.steps[4]!.from;
  const known = (at: Instant) => {
    const index = problem.steps.findLastIndex(({ from }) => from <= at);
    return Math.max(0, index);
  };
  const shape = problem.steps.map(({ from, duration }) => ({
    from: Instant(from + (begins - problem.steps[0]!.from)),
    duration,
  }));
  const indices = shape.map(({ from }) => known(from));
  const again = <Value>(values: readonly Value[]) => indices.map((index) => values[index]!);
  const switched = <Device extends PlanProblem["heaters"][number] | PlanProblem["backups"][number]>(
    device: Device,
  ): Device => {
    let [watts, since]: [number, number] = [device.watts, device.since];
    for (const step of done.slice(0, 4)) {
      const next = [...step.heaters, ...step.backups].find(({ id }) => id === device.id)?.watts ?? 0;
      since = next > 0 === watts > 0 ? since + step.duration : step.duration;
      watts = next;
    }
    return { ...device, watts: Watts(watts), since: Seconds(since) };
  };
  return {
    ...problem,
    steps: shape.map((step, at) => ({ ...problem.steps[indices[at]!]!, ...step })),
    heaters: problem.heaters.map((heater) => ({
      ...switched(heater),
      earnsPerKwh: again(heater.earnsPerKwh),
    })),
    backups: problem.backups.map((backup) => ({
      ...switched(backup),
      performance: again(backup.performance),
    })),
    sinks: sinks.map((sink) => {
      const comfort = { least: again(sink.least), most: again(sink.most) };
      return sink.kind === "room"
        ? { ...sink, ...comfort, gains: sink.gains && again(sink.gains) }
        : { ...sink, ...comfort, drawOff: again(sink.drawOff), disinfection: undefined };
    }),
  };
}
