import { Joules } from "../../domain/index.ts";

/** What a machine's owner says that it draws. */
export interface DeclaredPower {
  readonly idleWatts: number;
  readonly fullWatts: number;
  readonly cores: number;
  /** Tasks at once, among whom the idle power is shared. */
  readonly slots: number;
}

/**
 * Means of cloud machines, W per logical core (Cloud Carbon Footprint's methodology, AWS): for a machine of which
 * nobody said more.
 */
const idleWattsPerCore = 0.74;
const fullWattsPerCore = 3.5;

export const assumedPower = (cores: number): Pick<DeclaredPower, "idleWatts" | "fullWatts"> => ({
  idleWatts: cores * idleWattsPerCore,
  fullWatts: cores * fullWattsPerCore,
});

/** What a task drew: its part of the idle power while it ran, and of what work adds by the time on the processor. */
export const declaredEnergy = (
  { idleWatts, fullWatts, cores, slots }: DeclaredPower,
  { seconds, cpuSeconds }: { readonly seconds: number; readonly cpuSeconds: number },
): Joules => Joules((idleWatts / slots) * seconds + ((fullWatts - idleWatts) / cores) * cpuSeconds);
