import { stepsPerHour } from "./dwelling.ts";
import { type FlowName, type HomeFlows, newFlows } from "./flows.ts";
import type { HomeOrder } from "./homeOrder.ts";
import { type HomeOffer, type HomeRun, type HomeYear, openRun, type StepResult } from "./homeRun.ts";
import type { HomeSystem } from "./sources.ts";
import type { Stretch } from "./stretches.ts";

/** Who steers a home by plans. `Question` is what it wants answered at a full hour, `Answer` what it plans by then. */
export interface Pilot<Question, Answer> {
  /** A stretch begins that has nothing to do with the one before it. */
  begin(stretch: Stretch): void;
  /** Undefined where nothing is to be planned now. */
  ask(index: number): Question | undefined;
  hear(answer: Answer): void;
  /** Undefined where the plain thermostat decides. */
  order(index: number, step: number): HomeOrder | undefined;
  see(index: number, step: number, done: StepResult, order: HomeOrder | undefined): void;
}

/**
 * A home through a year, or through days that stand for it, in steps of 15 min under its plain thermostat: hot water
 * first, then the rooms, then the pool, each by the source whose heat costs least at the moment; backups join where the
 * others fall short for long. Gives what flowed, hour by hour.
 */
export function simulateHome(
  year: HomeYear,
  system: HomeSystem,
  offer: HomeOffer,
  stretches: readonly Stretch[],
): HomeFlows {
  const life = liveHome<never, never>(year, openRun(year, system, offer), stretches);
  for (;;) {
    const { done, value } = life.next();
    if (done) return value;
  }
}

/** The same life with or without a pilot; it stops where the pilot has a question, and goes on with the answer. */
export function* liveHome<Question, Answer>(
  { weather: { hours } }: HomeYear,
  run: HomeRun,
  stretches: readonly Stretch[],
  pilot?: Pilot<Question, Answer>,
): Generator<Question, HomeFlows, Answer> {
  const flows = newFlows(stretches.reduce((sum, { from, until }) => sum + until - from, 0));
  let entry = 0;
  for (const stretch of stretches) {
    const { from, until, warmUp, weight } = stretch;
    run.reset();
    pilot?.begin(stretch);
    for (let index = from - warmUp; index < until; index++) {
      const hour = (index + hours) % hours;
      const isCounted = index >= from;
      const question = pilot?.ask(index);
      if (question !== undefined) pilot?.hear(yield question);
      if (isCounted) {
        flows.hour[entry] = hour;
        flows.weight[entry] = weight;
      }
      for (let step = 0; step < stepsPerHour; step++) {
        const order = pilot?.order(index, step);
        const done = run.step(hour, step, order);
        pilot?.see(index, step, done, order);
        if (isCounted) count(flows, entry, done, weight);
      }
      if (isCounted) entry += 1;
    }
  }
  return flows;
}

function count(flows: ReturnType<typeof newFlows>, entry: number, done: StepResult, weight: number): void {
  for (const name in done.watts) {
    const series = flows[name as FlowName];
    series[entry] = (series[entry] ?? 0) + (done.watts[name as FlowName] ?? 0) / stepsPerHour;
  }
  flows.airC[entry] = (flows.airC[entry] ?? 0) + done.airC / stepsPerHour;
  flows.coldK[entry] = (flows.coldK[entry] ?? 0) + done.coldK / stepsPerHour;
  flows.hotK[entry] = (flows.hotK[entry] ?? 0) + done.hotK / stepsPerHour;
  flows.poolColdK[entry] = (flows.poolColdK[entry] ?? 0) + done.poolColdK / stepsPerHour;
  flows.tankC[entry] = done.tankC;
  flows.poolC[entry] = done.poolC;
  if (done.isMissed) flows.missedDisinfections += weight;
}
