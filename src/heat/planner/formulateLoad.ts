import { type DeferrableLoad, hoursOf, type PlanProblem, type PlanStep } from "./planProblem.ts";
import type { Column, ProgramBuilder, Term } from "./program.ts";

/** What a kWh counts like, in money, that a load has to draw and cannot within its window. */
export const undonePerKwh = 20;
/** In a longer step what is switched may be on for a part of it, s. */
const wholeStep = 1200;

/** Whether a load is on for all of a step or for none of it. */
export const isWholeIn = ({ isSwitched = false }: DeferrableLoad, { duration }: PlanStep): boolean =>
  isSwitched && duration <= wholeStep;

/** A load's power in each step of its window, kW; `runs` is whether it runs at all, where that is a choice. */
export function formulateLoad(
  builder: ProgramBuilder,
  { steps }: PlanProblem,
  load: DeferrableLoad,
  runs: Column | undefined,
): readonly (Term | undefined)[] {
  const kwh = load.joules / 3.6e6;
  const kilowatts = load.maxWatts / 1000;
  const window = steps.map((step, at) => (at >= load.fromStep && at < load.untilStep ? step : undefined));
  const power = window.map((step): Term | undefined => {
    if (!step) return undefined;
    return isWholeIn(load, step)
      ? [kilowatts, builder.column({ upper: 1, isInteger: true })]
      : [1, builder.column({ upper: kilowatts })];
  });
  if (load.isSwitched === true && load.startCost !== undefined)
    costStarts(builder, power, kilowatts, load.startCost, load.isOn === true);
  const drawn = power.flatMap((term, at): Term[] => (term ? [[term[0] * hoursOf(steps[at]!), term[1]]] : []));
  const longest = Math.max(0, ...window.map((step) => (step && isWholeIn(load, step) ? hoursOf(step) : 0)));
  const balance: Term[] = longest > 0 ? [[-1, builder.column({ upper: kilowatts * longest })]] : [];
  if (runs === undefined) {
    const undone = builder.column({ upper: kwh, cost: undonePerKwh });
    builder.row([...drawn, ...balance, [1, undone]], kwh, kwh);
  } else builder.row([...drawn, ...balance, [-kwh, runs]], 0, 0);
  return power;
}

/** What runs for a part of a step starts so far. */
function costStarts(
  builder: ProgramBuilder,
  power: readonly (Term | undefined)[],
  kilowatts: number,
  cost: number,
  isOn: boolean,
): void {
  power.forEach((term, at) => {
    if (!term) return;
    const before = power[at - 1];
    const shares: Term[] = [[term[0] / kilowatts, term[1]]];
    if (before) shares.push([-before[0] / kilowatts, before[1]]);
    builder.row([...shares, [-1, builder.column({ upper: 1, cost })]], -Infinity, at === 0 && isOn ? 1 : 0);
  });
}
