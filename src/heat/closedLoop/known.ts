import type { Estimate } from "../estimate.ts";
import type { LegionellaState } from "../sinks/legionella.ts";
import { heatPumpCop } from "../backups/heatPump.ts";
import type { DeviceStates } from "./deviceBank.ts";
import type { LoopDevice, LoopHome, LoopSink } from "./loopHome.ts";

/** What whoever controls the home knows in a minute of it. */
export interface Known {
  /** Counted from the start of the study. */
  readonly minute: number;
  readonly estimate: Estimate;
  /** Measured, with the sensor's noise. */
  readonly roomC: number;
  readonly tankC: number;
  readonly tankTopC: number;
  readonly legionella: LegionellaState;
  readonly devices: DeviceStates;
  /** Outside, as the feed says; the last word where it is gone. */
  readonly outdoorC: number;
  /** Of a kWh now; the last word where the feed is gone. */
  readonly pricePerKwh: number;
  readonly otherW: number;
}

/** What a device's kWh earns, in money, by device. */
export type Earnings = Readonly<Record<string, number>>;

/** Of the pump's water into the tank's coil above the tank, K. */
const coilK = 5;

/** Heat that a device gives a sink per W that it draws. */
export function heatPerWatt(
  { roomSupplyC }: LoopHome,
  device: LoopDevice,
  sink: LoopSink,
  { outdoorC, relativeHumidity, tankC }: { outdoorC: number; relativeHumidity: number; tankC: number },
): number {
  if (device.kind === "heater") return device.heatShare;
  const sinkC = sink === "room" ? roomSupplyC : tankC + coilK;
  return heatPumpCop(device.pump, { sourceC: outdoorC, relativeHumidity, sinkC });
}

const usualHumidity = 0.85;

/** What a kWh of heat costs now from a device, less what it earns, in money. */
export function costOfHeat(
  home: LoopHome,
  device: LoopDevice,
  sink: LoopSink,
  { outdoorC, tankC, pricePerKwh }: Pick<Known, "outdoorC" | "tankC" | "pricePerKwh">,
  earnings: Earnings,
): number {
  const perWatt = heatPerWatt(home, device, sink, { outdoorC, tankC, relativeHumidity: usualHumidity });
  return (pricePerKwh - (earnings[device.id] ?? 0)) / perWatt;
}

/** What is wanted of the room at least, °C. */
export function leastRoomC({ leastC }: LoopHome, minute: number): number {
  const hour = Math.floor(minute / 60) % 24;
  return hour >= 6 && hour < 22 ? leastC.day : leastC.night;
}
