import { Celsius, Watts } from "../../domain/index.ts";
import type { DeviceColumns } from "./formulateDevice.ts";
import type { Formulated } from "./formulate.ts";
import type { Plan, PlannedCooling, PlannedPower, PlannedStep } from "./plan.ts";
import { hoursOf, type PlanProblem, wholePrice } from "./planProblem.ts";
import type { Column, Term } from "./program.ts";

const noise = 1e-6;

/** The plan that a programme's solution stands for. */
export function readPlan(
  problem: PlanProblem,
  formulated: Formulated,
  values: readonly number[],
): Pick<Plan, "steps" | "netCost" | "energyCost" | "discomfort"> {
  const at = (column: Column | undefined) => (column === undefined ? 0 : (values[column] ?? 0));
  const sum = (terms: readonly Term[]) =>
    terms.reduce((total, [coefficient, column]) => total + coefficient * at(column), 0);
  const watts = (kilowatts: number) => Watts(Math.abs(kilowatts) < noise ? 0 : kilowatts * 1000);
  const powers = (
    devices: readonly { readonly id: string; readonly sinks: readonly string[] }[],
    columns: readonly DeviceColumns[],
    step: number,
  ) =>
    devices.map(({ id, sinks }, index): PlannedPower => {
      const heat = sinks.flatMap((sink) => {
        const given = watts(sum(columns[index]?.heatInto(sink, step) ?? []));
        return given > 0 ? [[sink, given] as const] : [];
      });
      return { id, watts: watts(sum(columns[index]?.power(step) ?? [])), heat: Object.fromEntries(heat) };
    });
  const steps = problem.steps.map((step, index): PlannedStep => {
    const heaters = powers(problem.heaters, formulated.heaters, index);
    const backups = powers(problem.backups, formulated.backups, index);
    const [imported, exported] = [at(formulated.imported[index]), at(formulated.exported[index])];
    const earned = problem.heaters.reduce(
      (total, heater, one) => total + ((heaters[one]?.watts ?? 0) / 1000) * (heater.earnsPerKwh[index] ?? 0),
      0,
    );
    const fuel = problem.backups.reduce(
      (total, { fuelPerKwh = 0 }, one) => total + ((backups[one]?.watts ?? 0) / 1000) * fuelPerKwh,
      0,
    );
    return {
      from: step.from,
      duration: step.duration,
      heaters,
      backups,
      ...(problem.coolers && {
        coolers: problem.coolers.map(({ id, room, performance }, one): PlannedCooling => {
          const drawn = watts(at(formulated.coolers[one]?.[index]));
          return { id, room, watts: drawn, cold: drawn * (performance[index] ?? 0) };
        }),
      }),
      loads: problem.loads.map(({ id }, one) => {
        const term = formulated.loads[one]?.[index];
        return { id, watts: watts(term ? sum([term]) : 0) };
      }),
      temperatures: Object.fromEntries(
        problem.sinks.map(({ id }, one) => [id, Celsius(at(formulated.sinks[one]?.temperature[index]))]),
      ),
      importedWatts: watts(imported),
      exportedWatts: watts(exported),
      netCost:
        hoursOf(step) * (imported * wholePrice(step, problem) - exported * step.exportPerKwh + fuel - earned),
    };
  });
  return { steps, ...totalsOf(problem, steps) };
}

/** What a plan's steps come to. */
export function totalsOf(
  problem: PlanProblem,
  steps: readonly PlannedStep[],
): Pick<Plan, "netCost" | "energyCost" | "discomfort"> {
  let [netCost, energyCost, discomfort] = [0, 0, 0];
  steps.forEach((planned, index) => {
    const step = problem.steps[index];
    if (!step) return;
    netCost += planned.netCost;
    const fuel = problem.backups.reduce(
      (total, { fuelPerKwh = 0 }, one) => total + ((planned.backups[one]?.watts ?? 0) / 1000) * fuelPerKwh,
      0,
    );
    energyCost +=
      hoursOf(step) * ((planned.importedWatts / 1000) * Math.abs(wholePrice(step, problem)) + fuel);
    for (const sink of problem.sinks) {
      const temperature = planned.temperatures[sink.id] ?? 0;
      const short = Math.max(0, (sink.least[index] ?? -Infinity) - temperature);
      const over = Math.max(0, temperature - (sink.most[index] ?? Infinity));
      discomfort += hoursOf(step) * (short + over);
    }
  });
  return { netCost, energyCost, discomfort };
}
