import { drive, propagate } from "../room.ts";
import { Seconds, Watts } from "../../domain/index.ts";
import { formulateDisinfection, rounding } from "./formulateDisinfection.ts";
import {
  hoursOf,
  type PlannedPool,
  type PlannedRoom,
  type PlannedSink,
  type PlannedTank,
  type PlanProblem,
} from "./planProblem.ts";
import type { Column, ProgramBuilder, Term } from "./program.ts";
import { unheatedWater, waterStepOf } from "./waterStep.ts";
import { worthOfHeat } from "./worthOfHeat.ts";

/** Where a sink's temperatures at the end of each step are in a programme. */
export interface SinkColumns {
  /** Of the air or the water, °C. */
  readonly temperature: readonly Column[];
  /** Whether it is that step in which a tank is disinfected; none where it need not be. */
  readonly disinfected: readonly Column[];
}

const temperatures = { lower: -60, upper: 160 };
/** By step, kW, as terms. */
type Flow = readonly (readonly Term[])[];
interface SinkFlows {
  readonly heat: Flow;
  /** Taken from it. */
  readonly cold: Flow;
}

/** A sink's physics from step to step, its soft comfort, and what its heat is worth when the horizon ends. */
export function formulateSink(
  builder: ProgramBuilder,
  problem: PlanProblem,
  sink: PlannedSink,
  { heat, cold }: SinkFlows,
): SinkColumns {
  const worth = worthOfHeat(problem, sink);
  const net = heat.map((given, at): readonly Term[] => [
    ...given,
    ...(cold[at] ?? []).map(([kilowatts, column]): Term => [-kilowatts, column]),
  ]);
  const columns =
    sink.kind === "room"
      ? room(builder, problem, sink, net, worth)
      : water(builder, problem, sink, net, worth);
  sink.mostHeat?.forEach((most, at) => {
    if (most < Infinity) builder.row(heat[at] ?? [], -Infinity, most / 1000);
  });
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
  heat: Flow,
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
  builder.addCost(air[steps.length - 1]!, (-worth * model.airJoulesPerKelvin) / 3.6e6);
  builder.addCost(fabric[steps.length - 1]!, (-worth * model.fabricJoulesPerKelvin) / 3.6e6);
  return { temperature: air, disinfected: [] };
}

function water(
  builder: ProgramBuilder,
  problem: PlanProblem,
  sink: PlannedTank | PlannedPool,
  heat: Flow,
  worth: number,
): SinkColumns {
  const { steps } = problem;
  const { joulesPerKelvin, temperature } = sink;
  // It is never colder than without heat, which makes the choice of a step to disinfect in tight.
  const unheated = unheatedWater(sink, steps).map((without) => without - rounding);
  const celsius = unheated.map((lower) => builder.column({ ...temperatures, lower }));
  steps.forEach((step, at) => {
    const { keeps, rest, perWatt } = waterStepOf(sink, step, at);
    const terms: Term[] = [[1, celsius[at]!]];
    if (at > 0) terms.push([-keeps, celsius[at - 1]!]);
    for (const [kilowatts, column] of heat[at] ?? []) terms.push([-1000 * perWatt * kilowatts, column]);
    const constant = rest + (at === 0 ? keeps * temperature : 0);
    builder.row(terms, constant, constant);
  });
  builder.addCost(celsius[steps.length - 1]!, (-worth * joulesPerKelvin) / 3.6e6);
  const disinfected =
    sink.kind === "tank" && sink.disinfection
      ? formulateDisinfection(builder, problem, sink, sink.disinfection, celsius, unheated)
      : [];
  return { temperature: celsius, disinfected };
}
