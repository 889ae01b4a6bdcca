import { Micros } from "../domain/index.ts";
import type { AskStep } from "./book.ts";

/** Some heat that a sink could take now, W, and what a kWh of it is worth there, in money. */
export interface HeatWanted {
  readonly watts: number;
  readonly perKwh: number;
}

/** A machine that turns electricity into class-seconds and heat, a slot at a time. */
export interface ComputingHeater {
  readonly id: string;
  readonly sink: string;
  /** Tasks at once. */
  readonly slots: number;
  /** That one task adds to what it draws, W. */
  readonly wattsPerSlot: number;
  /** Class-seconds that a slot does in a second. */
  readonly speed: number;
  /** Of its power, what ends as heat in its sink, 0 … 1. */
  readonly heatShare: number;
  /** What a kWh in it earns by mining, in money. */
  readonly miningPerKwh: number;
}

/** A site for one step, as its ask is made of it. Money is in units of its currency. */
export interface HeatedSite {
  /** Of a kWh from the grid. */
  readonly pricePerKwh: number;
  /** Added to a kWh's ask: what the machine wears off, and what its owner wants to earn by it. */
  readonly wearPerKwh: number;
  readonly marginPerKwh: number;
  /** Below this it computes for nobody. */
  readonly leastPerClassHour: Micros;
  /** By sink, what is worth most first. */
  readonly heat: Readonly<Record<string, readonly HeatWanted[]>>;
  readonly heaters: readonly ComputingHeater[];
}

/** A slot of a site's ask, and what it would run on. */
export interface AskedSlot {
  readonly heater: string;
  readonly perClassHour: Micros;
}

/**
 * What a site asks for each of its slots, cheapest first. A kWh costs max(what mining would earn, c − u·v), plus wear and
 * margin: c is what it costs, u its share that heats a sink, v what that heat is worth there. Each slot claims the heat
 * that it would give, so no two claim the same, and the next is no cheaper. What a class-hour costs follows from how
 * many joules the heater needs for a class-second.
 */
export function askOfHeat(site: HeatedSite): AskedSlot[] {
  const left = new Map(site.heaters.map((heater) => [heater, Math.max(0, Math.floor(heater.slots))]));
  const claimed = new Map<string, number>();
  const asked: AskedSlot[] = [];
  for (;;) {
    let best: { readonly heater: ComputingHeater; readonly perClassHour: Micros } | undefined;
    for (const [heater, slots] of left) {
      if (slots === 0) continue;
      const perClassHour = priceOfSlot(site, heater, claimed.get(heater.sink) ?? 0);
      if (!best || perClassHour < best.perClassHour) best = { heater, perClassHour };
    }
    if (!best) return asked;
    const { heater, perClassHour } = best;
    asked.push({ heater: heater.id, perClassHour });
    left.set(heater, (left.get(heater) ?? 0) - 1);
    claimed.set(heater.sink, (claimed.get(heater.sink) ?? 0) + heater.wattsPerSlot * heater.heatShare);
  }
}

/** The same as a curve: slots that ask the same are one step, and the last step takes what would be one too many. */
export function curveOf(slots: readonly AskedSlot[], mostSteps: number): AskStep[] {
  const steps: { slots: number; perClassHour: Micros }[] = [];
  for (const { perClassHour } of slots) {
    const last = steps.at(-1);
    if (last && (last.perClassHour === perClassHour || steps.length === mostSteps)) {
      last.slots += 1;
      last.perClassHour = perClassHour;
    } else steps.push({ slots: 1, perClassHour });
  }
  return steps;
}

const microsPerUnit = 1e6;
const wattsPerKilowatt = 1000;

function priceOfSlot(site: HeatedSite, heater: ComputingHeater, claimed: number): Micros {
  const { pricePerKwh, wearPerKwh, marginPerKwh, leastPerClassHour, heat } = site;
  const { sink, wattsPerSlot, heatShare, miningPerKwh, speed } = heater;
  const worth = meanWorth(heat[sink] ?? [], claimed, wattsPerSlot * heatShare);
  const perKwh = Math.max(0, miningPerKwh, pricePerKwh - heatShare * worth) + wearPerKwh + marginPerKwh;
  // J per class-second / 3.6e6 kWh, times 3600 class-seconds: kWh for a class-hour.
  const kwh = wattsPerSlot / speed / wattsPerKilowatt;
  const price = BigInt(Math.ceil(perKwh * kwh * microsPerUnit));
  return Micros([price, leastPerClassHour, 1n].reduce((most, one) => (one > most ? one : most)));
}

/** What a kWh of the heat between `from` and `from + watts` is worth on average; beyond what is wanted, nothing. */
function meanWorth(heat: readonly HeatWanted[], from: number, watts: number): number {
  if (watts <= 0) return 0;
  let [begin, worth] = [0, 0];
  for (const step of heat) {
    const end = begin + step.watts;
    const taken = Math.min(end, from + watts) - Math.max(begin, from);
    if (taken > 0) worth += taken * step.perKwh;
    begin = end;
  }
  return worth / watts;
}
