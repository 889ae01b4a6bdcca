import { type Instant, offsetAt, Watts } from "../domain/index.ts";
import type { HotWater, TankSink } from "./controlConfig.ts";
import { drawOffShare } from "./sinks/drawOff.ts";
import { joulesPerLitreKelvin } from "./sinks/water.ts";

const hourMs = 3_600_000;

/** Heat above that of the mains in the water of a usual day, J. */
export const usualJoulesPerDay = ({ litresPerDay, tapC, mainsC }: HotWater): number =>
  litresPerDay * joulesPerLitreKelvin * Math.max(0, tapC - mainsC);

/** The heat that is usually drawn off at this time of the day, W. */
export function usualDraw(hotWater: HotWater, at: Instant, timezone: string): Watts {
  const hour = Math.floor((at + offsetAt(timezone, at)) / hourMs) % 24;
  return Watts((usualJoulesPerDay(hotWater) * drawOffShare(hotWater.profile, hour)) / 3600);
}

/** By how much a usual day's water would cool the tank if nothing heated it, K. */
export const usualKelvinPerDay = ({ hotWater, litres }: TankSink): number =>
  usualJoulesPerDay(hotWater) / (litres * joulesPerLitreKelvin);
