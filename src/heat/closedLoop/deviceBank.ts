import { lowestStep, stepAtMost } from "../steps.ts";
import type { LoopDevice, LoopSink } from "./loopHome.ts";

/** What a device is asked to draw, W electric, and for which sink it is to heat. */
export interface DeviceWish {
  readonly watts: number;
  /** Of its power, what is for the tank, 0 … 1. */
  readonly toTank: number;
}

export type Wishes = Readonly<Record<string, DeviceWish>>;

export interface DeviceState {
  readonly watts: number;
  readonly toTank: number;
  /** Since it went on or off, s. */
  readonly since: number;
  /** Until its power holds and it earns, s. */
  readonly settles: number;
  readonly starts: number;
}

export type DeviceStates = Readonly<Record<string, DeviceState>>;

export interface BankLimits {
  /** What all devices together may draw now, W. */
  readonly freeWatts: number;
  /** Sinks that are too hot: nothing heats them, minimum times or not. */
  readonly tooHot: Readonly<Record<LoopSink, boolean>>;
  readonly elapsed: number;
  /** The device whose heat costs most comes first: it is the first to give way. */
  readonly dearest: readonly string[];
}

export const restingDevices = (devices: readonly LoopDevice[]): DeviceStates =>
  Object.fromEntries(
    devices.map(({ id }) => [id, { watts: 0, toTank: 0, since: 86_400, settles: 0, starts: 0 }]),
  );

export const lowestWatts = (device: LoopDevice): number =>
  device.kind === "pump" ? device.minWatts : lowestStep(device.steps);

/** The highest of a device's powers that is not above `watts`; 0 where there is none. */
export function powerAtMost(device: LoopDevice, watts: number): number {
  if (device.kind === "heater") return stepAtMost(device.steps, watts);
  return watts < device.minWatts ? 0 : Math.min(device.maxWatts, watts);
}

/** Whether its minimum time holds it on, or off. */
export function boundBy(device: LoopDevice, { watts, since }: DeviceState): "on" | "off" | undefined {
  if (watts > 0) return since < device.minOn ? "on" : undefined;
  return since < device.minOff ? "off" : undefined;
}

/**
 * What the devices do of what is wished: within their powers and minimum times, one start a round, never for a sink that
 * is too hot, never together above what is free.
 */
export function runDevices(
  devices: readonly LoopDevice[],
  before: DeviceStates,
  wishes: Wishes,
  limits: BankLimits,
): DeviceStates {
  const powers = new Map<string, { watts: number; toTank: number }>();
  let mayStart = true;
  for (const device of devices) {
    const state = before[device.id]!;
    const wish = wishes[device.id] ?? { watts: 0, toTank: 0 };
    const toTank = splitOf(device, wish, limits.tooHot);
    const isStopped = toTank === undefined;
    const bound = boundBy(device, state);
    let watts = isStopped ? 0 : powerAtMost(device, wish.watts + 1e-6);
    if (bound === "off") watts = 0;
    if (bound === "on" && !isStopped) watts = Math.max(watts, lowestWatts(device));
    if (watts > 0 && state.watts === 0) {
      if (!mayStart) watts = 0;
      else mayStart = false;
    }
    powers.set(device.id, { watts, toTank: toTank ?? 0 });
  }
  let drawn = [...powers.values()].reduce((sum, { watts }) => sum + watts, 0);
  for (const id of limits.dearest) {
    const power = powers.get(id);
    const device = devices.find((one) => one.id === id);
    if (!power || !device || power.watts === 0 || drawn <= limits.freeWatts) continue;
    const less = powerAtMost(device, Math.max(0, power.watts - (drawn - limits.freeWatts)));
    drawn -= power.watts - less;
    power.watts = less;
  }
  return Object.fromEntries(
    devices.map((device) => [device.id, move(device, before[device.id]!, powers.get(device.id)!, limits)]),
  );
}

/** For which sink it heats, as a share for the tank; undefined where it may heat none. */
function splitOf(
  { sinks }: LoopDevice,
  { toTank }: DeviceWish,
  tooHot: BankLimits["tooHot"],
): number | undefined {
  const [room, tank] = [sinks.includes("room") && !tooHot.room, sinks.includes("tank") && !tooHot.tank];
  if (room && tank) return Math.min(1, Math.max(0, toTank));
  if (room) return toTank > 0.99 && sinks.includes("tank") ? undefined : 0;
  return tank && toTank > 0.01 ? 1 : undefined;
}

function move(
  device: LoopDevice,
  before: DeviceState,
  { watts, toTank }: { readonly watts: number; readonly toTank: number },
  { elapsed }: BankLimits,
): DeviceState {
  const wasOn = before.watts > 0;
  const isOn = watts > 0;
  const settles = device.kind === "heater" ? watts !== before.watts : !wasOn;
  return {
    watts,
    toTank,
    since: wasOn === isOn ? before.since + elapsed : 0,
    settles: isOn ? (settles ? device.settle : Math.max(0, before.settles - elapsed)) : 0,
    starts: before.starts + (isOn && !wasOn ? 1 : 0),
  };
}
