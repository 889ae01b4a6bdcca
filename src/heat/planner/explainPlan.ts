import { type Instant, localIso } from "../../domain/index.ts";
import type { Plan, PlannedPower, PlannedStep } from "./plan.ts";
import { hoursOf, type PlanProblem, wholePrice } from "./planProblem.ts";

/** A device that runs over some steps of a plan in which energy costs the same, and why. */
export interface Explanation {
  readonly id: string;
  /** On average. */
  readonly watts: number;
  readonly from: Instant;
  readonly until: Instant;
  /** Like "price 0.09, stored in tank, saves 0.21 against hp at 07:00". */
  readonly why: string;
  /** Like "running nano at 125 W 02:00–05:00: price 0.09, stored in tank, saves 0.21 against hp at 07:00". */
  readonly words: string;
}

interface Block {
  readonly id: string;
  readonly least: number;
  readonly most: number;
  readonly first: number;
  /** Not part of it. */
  readonly end: number;
}

/** Warmer than at its start by this much, a sink has stored heat, K. */
const storedKelvin = 0.3;
const smallestSaving = 0.005;

/** Each time that a plan runs a device, with its price, what becomes of its heat, and what else would have cost more. */
export function explainPlan(
  problem: PlanProblem,
  plan: Pick<Plan, "steps">,
  timezone: string,
  nameOf: (id: string) => string = (id) => id,
): Explanation[] {
  const devices = [...problem.heaters, ...problem.backups, ...problem.loads];
  return devices
    .flatMap(({ id }) => blocksOf(problem, plan.steps, id))
    .toSorted((one, other) => one.first - other.first)
    .map((block) => explain(problem, plan.steps, block, { timezone, nameOf }));
}

/** Prices that differ by less are told as one, in money per kWh. */
const samePrice = 0.005;

function blocksOf(problem: PlanProblem, steps: readonly PlannedStep[], id: string): Block[] {
  const priceOf = (at: number) => {
    const step = problem.steps[at];
    return step ? wholePrice(step, problem) : 0;
  };
  const blocks: Block[] = [];
  steps.forEach((step, at) => {
    const watts = powerOf(step, id);
    const last = blocks.at(-1);
    if (watts <= 0) return;
    if (last?.end === at && Math.abs(priceOf(last.first) - priceOf(at)) < samePrice) {
      const [least, most] = [Math.min(last.least, watts), Math.max(last.most, watts)];
      blocks[blocks.length - 1] = { ...last, least, most, end: at + 1 };
    } else blocks.push({ id, least: watts, most: watts, first: at, end: at + 1 });
  });
  return blocks;
}

const plannedOf = (step: PlannedStep | undefined, id: string) =>
  step && [...step.heaters, ...step.backups, ...loadsIn(step)].find((device) => device.id === id);
const loadsIn = ({ loads }: PlannedStep) => loads.map((load): PlannedPower => ({ ...load, heat: {} }));
const powerOf = (step: PlannedStep | undefined, id: string): number => plannedOf(step, id)?.watts ?? 0;

function explain(
  problem: PlanProblem,
  steps: readonly PlannedStep[],
  { id, least, most, first, end }: Block,
  { timezone, nameOf }: { readonly timezone: string; readonly nameOf: (id: string) => string },
): Explanation {
  const [begin, last] = [problem.steps[first]!, problem.steps[end - 1]!];
  const until = (last.from + last.duration * 1000) as Instant;
  const inside = problem.steps.slice(first, end);
  const hours = inside.reduce((sum, step) => sum + hoursOf(step), 0);
  const price = inside.reduce((sum, step) => sum + wholePrice(step, problem) * hoursOf(step), 0) / hours;
  const time = (at: Instant) => localIso(timezone, at).slice(11, 16);
  const heat = heatBySink(problem, steps, id, first, end);
  const sink = [...heat].toSorted(([, one], [, other]) => other - one)[0]?.[0];
  const parts = [`price ${price.toFixed(2)}`];
  const need = sink === undefined ? first : whenNeeded(problem, steps, sink, first, end);
  if (sink !== undefined) parts.push(need > first ? `stored in ${nameOf(sink)}` : `heats ${nameOf(sink)}`);
  const own = problem.heaters.find((heater) => heater.id === id);
  const earned = own ? (own.earnsPerKwh[first] ?? 0) : 0;
  if (earned > 0) parts.push(`earns ${earned.toFixed(2)} a kWh`);
  const saving =
    sink === undefined ? undefined : savingOf(problem, id, sink, heat.get(sink) ?? 0, first, need);
  if (saving && saving.amount > smallestSaving) {
    const when = need > first ? ` at ${time(problem.steps[need]!.from)}` : "";
    parts.push(`saves ${saving.amount.toFixed(2)} against ${nameOf(saving.by)}${when}`);
  }
  const watts =
    inside.reduce((sum, step, at) => sum + powerOf(steps[first + at], id) * hoursOf(step), 0) / hours;
  const powers =
    most - least < 0.02 * most ? `${Math.round(watts)}` : `${Math.round(least)} to ${Math.round(most)}`;
  const name = `running ${nameOf(id)} at ${powers} W ${time(begin.from)}–${time(until)}`;
  const why = parts.join(", ");
  return { id, watts, from: begin.from, until, why, words: `${name}: ${why}` };
}

/** kWh of heat that a device gives each sink over some steps. */
function heatBySink(
  problem: PlanProblem,
  steps: readonly PlannedStep[],
  id: string,
  first: number,
  end: number,
): ReadonlyMap<string, number> {
  const heat = new Map<string, number>();
  for (let at = first; at < end; at++) {
    for (const [sink, watts] of Object.entries(plannedOf(steps[at], id)?.heat ?? {})) {
      heat.set(sink, (heat.get(sink) ?? 0) + (watts / 1000) * hoursOf(problem.steps[at]!));
    }
  }
  return heat;
}

/** The step in which a sink that was warmed is back where it began; the first one, when it stored nothing. */
function whenNeeded(
  problem: PlanProblem,
  steps: readonly PlannedStep[],
  sink: string,
  first: number,
  end: number,
): number {
  const own = problem.sinks.find(({ id }) => id === sink);
  const now = own?.kind === "room" ? own.state.air : (own?.temperature ?? 0);
  const before = first === 0 ? now : (steps[first - 1]?.temperatures[sink] ?? now);
  const after = steps[end - 1]?.temperatures[sink] ?? before;
  if (after < before + storedKelvin) return first;
  const back = steps.findIndex((step, at) => at >= end && (step.temperatures[sink] ?? after) <= before);
  return back < 0 ? steps.length - 1 : back;
}

/** Beside the cheapest other way to have the same heat when it is needed. */
function savingOf(
  problem: PlanProblem,
  id: string,
  sink: string,
  kwh: number,
  first: number,
  need: number,
): { readonly amount: number; readonly by: string } | undefined {
  const own = costOfHeat(problem, id, first);
  const others = [...problem.heaters, ...problem.backups]
    .filter((device) => device.sinks.includes(sink) && (device.id !== id || need > first))
    .map((device) => ({ by: device.id, cost: costOfHeat(problem, device.id, need) }))
    .toSorted((one, other) => one.cost - other.cost);
  const [best] = others;
  return best && { amount: (best.cost - own) * kwh, by: best.by };
}

/** Of a kWh of heat from a device in a step, in money. */
function costOfHeat(problem: PlanProblem, id: string, at: number): number {
  const step = problem.steps[at]!;
  const price = wholePrice(step, problem);
  const heater = problem.heaters.find((one) => one.id === id);
  if (heater) return (price - (heater.earnsPerKwh[at] ?? 0)) / Math.max(0.01, heater.heatShare);
  const backup = problem.backups.find((one) => one.id === id);
  return (backup?.fuelPerKwh ?? price) / Math.max(0.01, backup?.performance[at] ?? 1);
}
