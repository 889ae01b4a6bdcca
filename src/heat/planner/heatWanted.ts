import { between, Watts } from "../../domain/index.ts";
import { drive, lossWattsPerKelvin, propagate } from "../room.ts";
import type { PlannedStep } from "./plan.ts";
import { hoursOf, performanceOf, type PlannedSink, type PlanProblem, wholePrice } from "./planProblem.ts";
import { timeConstantOf, waterStepOf } from "./waterStep.ts";

/** Some heat that a sink could take in a step, W, and what a kWh of it is worth there, in money. */
export interface WantedHeat {
  readonly watts: number;
  readonly perKwh: number;
}

/**
 * What the next kWh of heat is worth in a sink in a step of a plan, worth most first. Heat that the plan gives it then is
 * worth what the device that gives it takes for it; heat that is stored, up to the warmest that the sink may become, is
 * worth what it saves later, less what is lost until then; more heat is worth nothing.
 * @param asking heaters for which it is asked: what they give themselves is worth what its energy costs
 */
export function heatWanted(
  problem: PlanProblem,
  steps: readonly PlannedStep[],
  sinkId: string,
  at: number,
  asking: ReadonlySet<string>,
): WantedHeat[] {
  const [step, sink] = [problem.steps[at], problem.sinks.find(({ id }) => id === sinkId)];
  if (!step || !sink) return [];
  const now = givenHeat(problem, steps, sinkId, at, asking);
  let room = headroom(problem, sink, steps, at);
  const later = problem.steps
    .slice(at + 1)
    .flatMap((other, index) => {
      const kept = keptShare(sink, between(step.from, other.from));
      const scale = hoursOf(other) / hoursOf(step);
      return givenHeat(problem, steps, sinkId, at + 1 + index, asking).map(({ watts, perKwh }) => ({
        watts: (watts * scale) / Math.max(kept, leastKept),
        perKwh: perKwh * kept,
      }));
    })
    .toSorted(dearestFirst);
  const stored = later.flatMap(({ watts, perKwh }) => {
    const taken = Math.min(watts, room);
    room -= taken;
    return taken > 0 && perKwh > 0 ? [{ watts: taken, perKwh }] : [];
  });
  return [...now, ...stored].toSorted(dearestFirst);
}

const leastKept = 0.01;
const dearestFirst = (one: WantedHeat, other: WantedHeat) => other.perKwh - one.perKwh;

/** Heat that a plan gives a sink in a step, and what whoever gives it takes for a kWh. */
function givenHeat(
  problem: PlanProblem,
  steps: readonly PlannedStep[],
  sink: string,
  at: number,
  asking: ReadonlySet<string>,
): WantedHeat[] {
  const [step, planned] = [problem.steps[at], steps[at]];
  if (!step || !planned) return [];
  const price = wholePrice(step, problem);
  const costOf = (id: string): number => {
    const heater = problem.heaters.find((one) => one.id === id);
    const earned = asking.has(id) ? 0 : (heater?.earnsPerKwh[at] ?? 0);
    if (heater) return (price - earned) / Math.max(leastKept, heater.heatShare);
    const backup = problem.backups.find((one) => one.id === id);
    if (!backup) return 0;
    return (backup.fuelPerKwh ?? price) / Math.max(leastKept, performanceOf(backup, sink, at));
  };
  return [...planned.heaters, ...planned.backups].flatMap(({ id, heat }) => {
    const watts = heat[sink] ?? 0;
    return watts > 0 ? [{ watts, perKwh: Math.max(0, costOf(id)) }] : [];
  });
}

/** Heat that brings a sink, beside what is planned, to the warmest that it may be when the step ends, W. */
function headroom(
  problem: PlanProblem,
  sink: PlannedSink,
  steps: readonly PlannedStep[],
  at: number,
): number {
  const step = problem.steps[at];
  const warm = steps[at]?.temperatures[sink.id];
  if (!step || warm === undefined) return 0;
  const most = Math.max(0, (sink.most[at] ?? warm) - warm);
  return most / kelvinPerWatt(sink, step, at);
}

function kelvinPerWatt(sink: PlannedSink, step: PlanProblem["steps"][number], at: number): number {
  if (sink.kind !== "room") return waterStepOf(sink, step, at).perWatt;
  const { model } = sink;
  const { integral } = propagate(model, step.duration);
  const [none, one] = [0, 1000].map((heat) => drive(model, { outdoor: step.outdoor, heat: Watts(heat) }));
  const [toAir, toFabric] = [(one?.[0] ?? 0) - (none?.[0] ?? 0), (one?.[1] ?? 0) - (none?.[1] ?? 0)];
  return (integral[0] * toAir + integral[1] * toFabric) / 1000;
}

/** What is left of stored heat after so many seconds. */
function keptShare(sink: PlannedSink, seconds: number): number {
  return Math.exp((0 - seconds) / timeConstant(sink));
}

function timeConstant(sink: PlannedSink): number {
  if (sink.kind !== "room") return timeConstantOf(sink);
  const { model } = sink;
  return (model.airJoulesPerKelvin + model.fabricJoulesPerKelvin) / lossWattsPerKelvin(model);
}
