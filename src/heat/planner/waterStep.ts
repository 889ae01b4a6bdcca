import type { PlannedWater, PlanStep } from "./planProblem.ts";

/** How much warmer than before a watt over a step makes mixed water by its end, K/W. Loss in W/K, capacity in J/K, duration in s. */
const kelvinPerWatt = (loss: number, capacity: number, duration: number): number =>
  loss > 0 ? -Math.expm1((-loss / capacity) * duration) / loss : duration / capacity;

/** What it loses in a step for each kelvin, W/K. */
const lossAt = ({ lossWattsPerKelvin: loss }: PlannedWater, at: number): number =>
  typeof loss === "number" ? loss : (loss[at] ?? 0);

/** A tank or a pool after a step is `keeps` · before + `rest` + `perWatt` · heat, °C. */
export function waterStepOf(
  water: PlannedWater,
  { duration }: PlanStep,
  at: number,
): { readonly keeps: number; readonly rest: number; readonly perWatt: number } {
  const { joulesPerKelvin, around, drawOff } = water;
  const loss = lossAt(water, at);
  const keeps = Math.exp((-loss / joulesPerKelvin) * duration);
  const perWatt = kelvinPerWatt(loss, joulesPerKelvin, duration);
  return { keeps, rest: (1 - keeps) * around - perWatt * (drawOff[at] ?? 0), perWatt };
}

/** What its warmth fades by, s: over all steps. */
export function timeConstantOf(water: PlannedWater): number {
  const { lossWattsPerKelvin: loss, joulesPerKelvin, drawOff } = water;
  const mean =
    typeof loss === "number" ? loss : loss.reduce((sum, one) => sum + one, 0) / Math.max(1, drawOff.length);
  return joulesPerKelvin / Math.max(mean, 1e-9);
}

/** The water's temperature at the end of each step without any heat, °C. */
export function unheatedWater(water: PlannedWater, steps: readonly PlanStep[]): readonly number[] {
  let celsius: number = water.temperature;
  return steps.map((step, at) => {
    const { keeps, rest } = waterStepOf(water, step, at);
    celsius = keeps * celsius + rest;
    return celsius;
  });
}
