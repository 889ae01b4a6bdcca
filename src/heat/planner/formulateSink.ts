import { highestStep } from "../steps.ts";
import { drive, propagate } from "../room.ts";
import { Seconds, Watts } from "../../domain/index.ts";
import {
  hoursOf,
  type PlannedRoom,
  type PlannedSink,
  type PlannedTank,
  type PlanProblem,
  wholePrice,
} from "./planProblem.ts";
import type { Column, ProgramBuilder, Term } from "./program.ts";
import { tankKelvinPerWatt } from "./tankStep.ts";

/** Where a sink's temperatures at the end of each step are in a programme. */
export interface SinkColumns {
  /** Of the air or the water, °C. */
  readonly temperature: readonly Column[];
}

const temperatures = { lower: -60, upper: 160 };
/** The steps' heat, kW, as terms. */
type Heat = readonly (readonly Term[])[];

/** A sink's physics from step to step, its soft comfort, and what its heat is worth when the horizon ends. */
export function formulateSink(
  builder: ProgramBuilder,
  problem: PlanProblem,
  sink: PlannedSink,
  heat: Heat,
): SinkColumns {
  const worth = worthOfHeat(problem, sink.id);
  const columns =
    sink.kind === "room"
      ? room(builder, problem, sink, heat, worth)
      : tank(builder, problem, sink, heat, worth);
  columns.temperature.forEach((column, at) => {
    const hours = hoursOf(problem.steps[at]!);
    const short = builder.column({ cost: sink.coldPerKelvinHour * hours });
    builder.row(
      [
        [1, column],
        [1, short],
      ],
      sink.least[at] ?? 0,
      Infinity,
    );
    const over = builder.column({ cost: sink.hotPerKelvinHour * hours });
    builder.row(
      [
        [1, column],
        [-1, over],
      ],
      -Infinity,
      sink.most[at] ?? 100,
    );
  });
  return columns;
}

function room(
  builder: ProgramBuilder,
  { steps }: PlanProblem,
  { model, state, gains }: PlannedRoom,
  heat: Heat,
  worth: number,
): SinkColumns {
  const air = steps.map(() => builder.column(temperatures));
  const fabric = steps.map(() => builder.column(temperatures));
  const propagations = new Map(steps.map(({ duration }) => [duration, propagate(model, Seconds(duration))]));
  steps.forEach((step, at) => {
    const { transition, integral } = propagations.get(step.duration)!;
    const free = drive(model, { outdoor: step.outdoor, heat: Watts(gains?.[at] ?? 0) });
    const none = drive(model, { outdoor: step.outdoor, heat: Watts(0) });
    const perKilowatt = drive(model, { outdoor: step.outdoor, heat: Watts(1000) });
    const [toAir, toFabric] = [perKilowatt[0] - none[0], perKilowatt[1] - none[1]];
    for (const [store, row] of [
      [air, 0],
      [fabric, 2],
    ] as const) {
      const [fromAir, fromFabric] = [transition[row], transition[row + 1] ?? 0];
      const [byAir, byFabric] = [integral[row], integral[row + 1] ?? 0];
      let constant = byAir * free[0] + byFabric * free[1];
      const terms: Term[] = [[1, store[at]!]];
      if (at === 0) constant += fromAir * state.air + fromFabric * state.fabric;
      else terms.push([-fromAir, air[at - 1]!], [-fromFabric, fabric[at - 1]!]);
      const gain = byAir * toAir + byFabric * toFabric;
      for (const [kilowatts, column] of heat[at] ?? []) terms.push([-gain * kilowatts, column]);
      builder.row(terms, constant, constant);
    }
  });
  builder.addCost(air.at(-1)!, (-worth * model.airJoulesPerKelvin) / 3.6e6);
  builder.addCost(fabric.at(-1)!, (-worth * model.fabricJoulesPerKelvin) / 3.6e6);
  return { temperature: air };
}

function tank(
  builder: ProgramBuilder,
  problem: PlanProblem,
  sink: PlannedTank,
  heat: Heat,
  worth: number,
): SinkColumns {
  const { steps } = problem;
  const { joulesPerKelvin, temperature, disinfection } = sink;
  const unheated = unheatedTank(sink, steps);
  const water = unheated.map((lower) => builder.column({ ...temperatures, lower }));
  steps.forEach((_, at) => {
    const { keeps, rest, perWatt } = tankStepOf(sink, steps, at);
    const terms: Term[] = [[1, water[at]!]];
    if (at > 0) terms.push([-keeps, water[at - 1]!]);
    for (const [kilowatts, column] of heat[at] ?? []) terms.push([-1000 * perWatt * kilowatts, column]);
    const constant = rest + (at === 0 ? keeps * temperature : 0);
    builder.row(terms, constant, constant);
  });
  builder.addCost(water.at(-1)!, (-worth * joulesPerKelvin) / 3.6e6);
  if (disinfection) disinfect(builder, problem, sink, disinfection, water, unheated);
  return { temperature: water };
}

/**
 * One step up to the deadline is chosen in which the tank is hot enough, or it is missed. A tank that is so hot in the
 * chosen step is at least so warm before and after it as full power and rest allow; as one sum over all choices, that
 * makes the choice tight, where a bound on the chosen step alone would cost a relaxation next to nothing.
 */
function disinfect(
  builder: ProgramBuilder,
  problem: PlanProblem,
  sink: PlannedTank,
  { celsius, byStep }: NonNullable<PlannedTank["disinfection"]>,
  water: readonly Column[],
  unheated: readonly number[],
): void {
  const missed = builder.column({ cost: missedPenalty * sink.coldPerKelvinHour, upper: 1 });
  const chosen = problem.steps
    .slice(0, Math.max(1, byStep + 1))
    .map(() => builder.column({ upper: 1, isInteger: true }));
  builder.row([...chosen.map((column): Term => [1, column]), [1, missed]], 1, 1);
  const leasts = chosen.map((_, at) => leastAround(problem, sink, celsius, at, unheated));
  water.forEach((column, at) => {
    const floor = unheated[at] ?? temperatures.lower;
    const lifts = chosen.flatMap((here, index): Term[] => {
      const lift = (leasts[index]?.[at] ?? floor) - floor;
      return lift > leastLift ? [[-lift, here]] : [];
    });
    if (lifts.length > 0) builder.row([[1, column], ...lifts], floor, Infinity);
  });
}

/** How warm the tank is at least at the end of each step when it is `celsius` at the end of step `hot`, °C. */
function leastAround(
  problem: PlanProblem,
  sink: PlannedTank,
  celsius: number,
  hot: number,
  unheated: readonly number[],
): readonly number[] {
  const { steps } = problem;
  const least = [...unheated];
  least[hot] = celsius;
  for (let at = hot; at > 0; at--) {
    const { keeps, rest, perWatt } = tankStepOf(sink, steps, at);
    const before = ((least[at] ?? 0) - rest - perWatt * mostHeat(problem, sink.id, at)) / keeps;
    const floor = unheated[at - 1] ?? before;
    least[at - 1] = Math.max(floor, before - rounding);
    if (before <= floor) break;
  }
  for (let at = hot + 1; at < steps.length; at++) {
    const { keeps, rest } = tankStepOf(sink, steps, at);
    least[at] = Math.max(unheated[at] ?? 0, keeps * (least[at - 1] ?? 0) + rest - rounding);
  }
  return least;
}

/** The most that all devices together could give a sink in a step, W. */
const mostHeat = ({ heaters, backups }: PlanProblem, sink: string, at: number): number =>
  heaters.reduce(
    (sum, { sinks, steps, heatShare }) => sum + (sinks.includes(sink) ? highestStep(steps) * heatShare : 0),
    0,
  ) +
  backups.reduce(
    (sum, { sinks, maxWatts, performance }) =>
      sum + (sinks.includes(sink) ? maxWatts * (performance[at] ?? 0) : 0),
    0,
  );

/** The tank's temperatures without any heat, °C: it is never colder, which makes the choice of a step tight. */
function unheatedTank(sink: PlannedTank, steps: PlanProblem["steps"]): readonly number[] {
  let water: number = sink.temperature;
  return steps.map((_, at) => {
    const { keeps, rest } = tankStepOf(sink, steps, at);
    water = keeps * water + rest;
    return water - rounding;
  });
}

/** The tank after a step is `keeps` · before + `rest` + `perWatt` · heat, °C. */
function tankStepOf(
  { joulesPerKelvin, lossWattsPerKelvin, around, drawOff }: PlannedTank,
  steps: PlanProblem["steps"],
  at: number,
): { readonly keeps: number; readonly rest: number; readonly perWatt: number } {
  const { duration } = steps[at]!;
  const keeps = Math.exp((-lossWattsPerKelvin / joulesPerKelvin) * duration);
  const perWatt = tankKelvinPerWatt(lossWattsPerKelvin, joulesPerKelvin, duration);
  return { keeps, rest: (1 - keeps) * around - perWatt * (drawOff[at] ?? 0), perWatt };
}

/** A lift that is smaller makes nothing tight, K. */
const leastLift = 1e-3;
const rounding = 1e-6;

/** A disinfection that is missed counts like so many K·h of cold water. */
const missedPenalty = 100;

/** What a kWh left in a sink is worth at the end: what its cheapest source takes for one on average; at least nothing. */
function worthOfHeat(problem: PlanProblem, sink: string): number {
  const { steps, heaters, backups } = problem;
  const costs = steps.map((step, at) => {
    const price = wholePrice(step, problem);
    return Math.min(
      ...heaters.flatMap(({ sinks, heatShare, earnsPerKwh }) =>
        sinks.includes(sink) && heatShare > 0 ? [(price - (earnsPerKwh[at] ?? 0)) / heatShare] : [],
      ),
      ...backups.flatMap(({ sinks, performance, fuelPerKwh }) =>
        sinks.includes(sink) ? [(fuelPerKwh ?? price) / (performance[at] ?? 1)] : [],
      ),
    );
  });
  const known = costs.filter(Number.isFinite);
  return known.length === 0 ? 0 : Math.max(0, known.reduce((sum, cost) => sum + cost, 0) / known.length);
}
