import { formulateLoad } from "./formulateLoad.ts";
import { highestStep, lowestStep } from "../steps.ts";
import { formulateSink, type SinkColumns } from "./formulateSink.ts";
import { mayRunBy } from "./heldDevices.ts";
import { type DeviceColumns, formulateDevice } from "./formulateDevice.ts";
import {
  hoursOf,
  type PlannedBackup,
  performanceOf,
  type PlannedHeater,
  type PlanProblem,
  wholePrice,
} from "./planProblem.ts";
import { type Column, type Program, ProgramBuilder, type Term } from "./program.ts";

/** A problem as a programme in kW, kWh and °C, with where each quantity is. */
export interface Formulated {
  readonly program: Program;
  readonly heaters: readonly DeviceColumns[];
  readonly backups: readonly DeviceColumns[];
  readonly sinks: readonly SinkColumns[];
  /** By cooler and step, kW of input. */
  readonly coolers: readonly (readonly Column[])[];
  /** By step, kW. */
  readonly imported: readonly Column[];
  readonly exported: readonly (Column | undefined)[];
  /** By load and step, kW. */
  readonly loads: readonly (readonly (Term | undefined)[])[];
  /** Whether an optional load runs. */
  readonly loadRuns: readonly (Column | undefined)[];
}

/**
 * The problem in a tight form: starts are columns of their own, and a device that started within its least time on has to
 * be on, as one sum for each step (Rajan & Takriti 2005). Comfort and disinfection are soft, so there is always a plan.
 */
export function formulate(problem: PlanProblem): Formulated {
  const { steps } = problem;
  const builder = new ProgramBuilder();
  const heaters = problem.heaters.map((heater) => formulateHeater(builder, problem, heater));
  const backups = problem.backups.map((backup) => formulateBackup(builder, problem, backup));
  const devices = [...heaters, ...backups];
  const coolers = (problem.coolers ?? []).map(({ mostWatts }) =>
    steps.map((_, step) => builder.column({ upper: (mostWatts[step] ?? 0) / 1000 })),
  );
  const sinks = problem.sinks.map((sink) =>
    formulateSink(builder, problem, sink, {
      heat: steps.map((_, step) => devices.flatMap(({ heatInto }) => heatInto(sink.id, step))),
      cold: steps.map((_, step) =>
        (problem.coolers ?? []).flatMap(({ room, performance }, one): Term[] =>
          room === sink.id ? [[performance[step] ?? 0, coolers[one]![step]!]] : [],
        ),
      ),
    }),
  );
  const loadRuns = problem.loads.map(({ value }) =>
    value === undefined ? undefined : builder.column({ upper: 1, isInteger: true, cost: -value }),
  );
  const loads = problem.loads.map((load, one) => formulateLoad(builder, problem, load, loadRuns[one]));
  const peak = problem.peakPerKw > 0 ? builder.column({ cost: problem.peakPerKw, upper: 1000 }) : undefined;
  const grid = steps.map((step, at) => {
    const other = (step.otherWatts - step.solarWatts) / 1000;
    const price = wholePrice(step, problem);
    const hours = hoursOf(step);
    const imported = builder.column({
      upper: Math.max(problem.feederWatts / 1000, other),
      cost: price * hours,
    });
    const surplus = Math.max(0, -other);
    const exported =
      surplus > 0
        ? builder.column({ upper: surplus, cost: -Math.min(step.exportPerKwh, price) * hours })
        : undefined;
    const drawn = devices.flatMap(({ drawn: of }) => of(at));
    const cooling = coolers.map((columns): Term => [1, columns[at]!]);
    const deferred = loads.flatMap((terms): Term[] => (terms[at] === undefined ? [] : [terms[at]]));
    const balance: Term[] = [[1, imported]];
    if (exported !== undefined) balance.push([-1, exported]);
    for (const [kilowatts, column] of [...drawn, ...cooling, ...deferred]) balance.push([-kilowatts, column]);
    // Solar power that nobody takes may be left unused.
    builder.row(balance, other, surplus > 0 ? Infinity : other);
    if (peak !== undefined)
      builder.row(
        [
          [1, imported],
          [-1, peak],
        ],
        -Infinity,
        problem.peakSoFar / 1000,
      );
    return { imported, exported };
  });
  return {
    program: builder.build(),
    heaters,
    backups,
    sinks,
    coolers,
    loads,
    loadRuns,
    imported: grid.map(({ imported }) => imported),
    exported: grid.map(({ exported }) => exported),
  };
}

function formulateHeater(
  builder: ProgramBuilder,
  problem: PlanProblem,
  heater: PlannedHeater,
): DeviceColumns {
  const { steps } = heater;
  return formulateDevice(builder, problem, heater, {
    powers:
      steps.kind === "levels"
        ? { kind: "levels", kilowatts: steps.watts.map((watts) => watts / 1000) }
        : { kind: "range", min: lowestStep(steps) / 1000, max: highestStep(steps) / 1000 },
    heatPerKwh: problem.steps.map(() => heater.heatShare),
    costPerKwh: heater.earnsPerKwh.map((earns) => -earns),
    fromGrid: true,
    mayRun: mayRunBy(heater, lowestStep(steps), problem.steps),
    mostKilowatts: heater.mostWatts?.map((watts) => watts / 1000),
  });
}

function formulateBackup(
  builder: ProgramBuilder,
  problem: PlanProblem,
  backup: PlannedBackup,
): DeviceColumns {
  const { fuelPerKwh } = backup;
  return formulateDevice(builder, problem, backup, {
    powers: { kind: "range", min: backup.minWatts / 1000, max: backup.maxWatts / 1000 },
    heatPerKwh: backup.performance,
    heatPerKwhInto: backup.performanceInto && ((sink, step) => performanceOf(backup, sink, step)),
    costPerKwh: problem.steps.map(() => fuelPerKwh ?? 0),
    fromGrid: fuelPerKwh === undefined,
    mayRun: mayRunBy(backup, backup.minWatts, problem.steps),
    mostKilowatts: backup.mostWatts?.map((watts) => watts / 1000),
  });
}
