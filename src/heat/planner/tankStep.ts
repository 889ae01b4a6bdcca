import type { PlannedTank, PlanStep } from "./planProblem.ts";

/** How much warmer a watt over a step makes a mixed tank by its end, K/W. Loss in W/K, capacity in J/K, duration in s. */
export const tankKelvinPerWatt = (loss: number, capacity: number, duration: number): number =>
  loss > 0 ? -Math.expm1((-loss / capacity) * duration) / loss : duration / capacity;

/** A tank after a step is `keeps` · before + `rest` + `perWatt` · heat, °C. */
export function tankStepOf(
  { joulesPerKelvin, lossWattsPerKelvin, around, drawOff }: PlannedTank,
  { duration }: PlanStep,
  at: number,
): { readonly keeps: number; readonly rest: number; readonly perWatt: number } {
  const keeps = Math.exp((-lossWattsPerKelvin / joulesPerKelvin) * duration);
  const perWatt = tankKelvinPerWatt(lossWattsPerKelvin, joulesPerKelvin, duration);
  return { keeps, rest: (1 - keeps) * around - perWatt * (drawOff[at] ?? 0), perWatt };
}
