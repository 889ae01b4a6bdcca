import { Seconds, Watts } from "../../domain/index.ts";
import { legionellaRule, mustDisinfect } from "../sinks/legionella.ts";
import { tankJoulesPerKelvin } from "../sinks/tank.ts";
import { nearestStep } from "../steps.ts";
import { askThermostat, idleThermostat, type ThermostatState, tuneThermostat } from "../thermostat.ts";
import { estimatedAir } from "../estimate.ts";
import { boundBy, type DeviceWish, lowestWatts, powerAtMost, type Wishes } from "./deviceBank.ts";
import { costOfHeat, type Earnings, heatPerWatt, type Known, leastRoomC } from "./known.ts";
import type { LoopDevice, LoopHome, LoopSink } from "./loopHome.ts";

/** What the plain thermostat remembers. Plain data. */
export interface PlainState {
  readonly thermostat: ThermostatState;
  readonly isHeatingTank: boolean;
  /** Late: it would come too late unless all that can help does. */
  readonly disinfection: "none" | "at night" | "late";
  /** How long what runs has not been enough for the room, s. */
  readonly shortFor: number;
}

export const newPlainState = (): PlainState => ({
  thermostat: idleThermostat(),
  isHeatingTank: false,
  disinfection: "none",
  shortFor: 0,
});

/** Above the least that is wanted: half the comfort band. */
const bandK = 0.3;
/** The tank is heated from below its least up to its most, °C of its mean. */
export const tankBandC = { from: 47, to: 52 } as const;
/** Of the heat wanted, what may be missing. */
const shortShare = 0.1;
/** Before the deadline a disinfection is to be done. */
const reserveHours = 2;
/** A day, and the time that it may take. */
const lastNightHours = 28;
/** So that the coldest layer is held above the rule's temperature. */
const overK = 2;
const tick = Seconds(60);

/** Of its power, what a pump that heats the tank may give the room meanwhile. */
const sharedMost = { usually: 0.75, disinfecting: 0.4 } as const;
/** Another device starts for the room when those that run were not enough for so long, s, or when it is that cold, K. */
const patience = 2700;
const impatientK = 0.8;

/**
 * The plain thermostat: hot water by hysteresis, and to 60 °C in the last night before its deadline; then the room by the PI
 * controller of the hearth. Each takes the device whose heat costs least at the moment first, what minimum times bind
 * before that; a pump that heats the tank gives the room what it wants first. Another device starts for the room when the cheaper ones at full power were not enough for three quarters of an hour;
 * a heat pump follows with what on/off heaters leave open.
 */
export function plainRule(
  home: LoopHome,
  before: PlainState,
  known: Known,
  earnings: Earnings,
): { readonly state: PlainState; readonly wishes: Wishes } {
  const wishes: Record<string, DeviceWish> = {};
  const water = heatTank(home, before, known, earnings, wishes);
  const shared = home.devices.find(({ id, kind }) => kind === "pump" && wishes[id] && !water.isUrgent);
  if (shared) delete wishes[shared.id];
  const room = heatRoom(home, before, known, earnings, wishes);
  if (shared) {
    const most = powerAtMost(shared, Infinity);
    const roomMost = water.disinfection === "none" ? sharedMost.usually : sharedMost.disinfecting;
    const forRoom = Math.min(wishes[shared.id]?.watts ?? 0, roomMost * most);
    wishes[shared.id] = { watts: most, toTank: 1 - forRoom / most };
  }
  const { isHeatingTank, disinfection } = water;
  return { state: { isHeatingTank, disinfection, ...room }, wishes };
}

function heatTank(
  home: LoopHome,
  before: PlainState,
  known: Known,
  earnings: Earnings,
  wishes: Record<string, DeviceWish>,
): Pick<PlainState, "isHeatingTank" | "disinfection"> & { readonly isUrgent: boolean } {
  const { tankC, tankTopC, legionella } = known;
  const sources = byCost(home, "tank", known, earnings);
  const powerW = sources.reduce((sum, device) => sum + mostHeat(home, device, "tank", known), 0);
  const joulesPerKelvin = tankJoulesPerKelvin(home.tank);
  const isDue = mustDisinfect(
    { ...home.legionella, everyHours: home.legionella.everyHours - reserveHours },
    legionella,
    {
      joulesPerKelvin,
      meanC: tankC,
      powerW: powerW / 2,
    },
  );
  const disinfection = disinfectionOf(home, before, known, isDue);
  const isDisinfecting = disinfection !== "none";
  const isHeatingTank = tankC < tankBandC.from || (before.isHeatingTank && tankC < tankBandC.to);
  const upToC = isDisinfecting ? legionellaRule.celsius + overK : isHeatingTank ? tankBandC.to : 0;
  const isUrgent = tankTopC < home.tapC || disinfection === "late";
  if (tankC >= upToC) return { isHeatingTank, disinfection, isUrgent: false };
  for (const device of isUrgent ? sources : sources.slice(0, 1)) {
    wishes[device.id] = { watts: powerAtMost(device, Infinity), toTank: 1 };
  }
  return { isHeatingTank, disinfection, isUrgent };
}

/** From one o'clock in the last night before the deadline on, until the tank was hot for long enough. */
function disinfectionOf(
  { legionella: { everyHours } }: LoopHome,
  before: PlainState,
  { minute, legionella }: Known,
  isDue: boolean,
): PlainState["disinfection"] {
  if (isDue || (before.disinfection === "late" && legionella.sinceSeconds > 0)) return "late";
  const isLastNight = legionella.sinceSeconds > (everyHours - lastNightHours) * 3600;
  const isBegun = before.disinfection !== "none" && legionella.sinceSeconds > 0;
  return isBegun || (isLastNight && Math.floor(minute / 60) % 24 === 1) ? "at night" : "none";
}

function heatRoom(
  home: LoopHome,
  before: PlainState,
  known: Known,
  earnings: Earnings,
  wishes: Record<string, DeviceWish>,
): Pick<PlainState, "thermostat" | "shortFor"> {
  const own = byCost(home, "room", known, earnings).filter(({ id }) => wishes[id] === undefined);
  const heat = (device: LoopDevice) => perWatt(home, device, "room", known);
  const sum = (watts: (device: LoopDevice) => number) => Watts(own.reduce((all, one) => all + watts(one), 0));
  const capacity = sum((device) => mostHeat(home, device, "room", known));
  const temperature = estimatedAir(known.estimate) ?? known.roomC;
  const target = leastRoomC(home, known.minute) + bandK;
  const isAtTank = Object.values(wishes).some(({ watts }) => watts > 0);
  const isImpatient =
    (before.shortFor >= patience && temperature < target - bandK / 2) || temperature < target - impatientK;
  const isUsable = (device: LoopDevice) =>
    !isAtTank || isImpatient || (known.devices[device.id]?.watts ?? 0) > 0;
  const { state: thermostat, wanted } = askThermostat(
    tuneThermostat(home.model, capacity),
    before.thermostat,
    {
      temperature,
      target,
      band: bandK,
      capacity,
      possible: {
        min: sum((device) => bound(device, known).min * heat(device)),
        max: sum((device) => (isUsable(device) ? bound(device, known).max * heat(device) : 0)),
      },
      elapsed: tick,
    },
  );
  const binding = (device: LoopDevice) => (bound(device, known).min > 0 ? 0 : 1);
  let open: number = wanted;
  let mayStart = !isAtTank || isImpatient;
  for (const device of own.toSorted((one, other) => binding(one) - binding(other))) {
    const isOn = (known.devices[device.id]?.watts ?? 0) > 0;
    const picked = pick(device, known, Math.max(0, open) / heat(device));
    const watts = isOn || mayStart ? picked : 0;
    // One that runs, starts or may not start yet is waited for, before the next one may.
    const isStarting = watts > 0 && !isOn;
    const isWaiting = bound(device, known).max === 0;
    if (isStarting || ((watts > 0 || isWaiting) && !isImpatient)) mayStart = false;
    wishes[device.id] = { watts, toTank: 0 };
    open -= watts * heat(device);
  }
  const isShort = open > shortShare * wanted && wanted > 0;
  for (const device of own) {
    const wish = wishes[device.id];
    if (device.kind !== "pump" || !wish || wish.watts === 0) continue;
    const watts = Math.min(device.maxWatts, Math.max(device.minWatts, wish.watts + open / heat(device)));
    wishes[device.id] = { ...wish, watts };
  }
  const started = own.some(({ id }) => (wishes[id]?.watts ?? 0) > 0 && known.devices[id]?.watts === 0);
  return { thermostat, shortFor: isShort && !started ? before.shortFor + tick : 0 };
}

/** The power for a wish: the nearest of its steps, the one that it has unless another is clearly nearer. */
function pick(device: LoopDevice, known: Known, wanted: number): number {
  const { min, max } = bound(device, known);
  const now = Watts(known.devices[device.id]?.watts ?? 0);
  if (device.kind === "heater") {
    return Math.min(max, Math.max(min, nearestStep(device.steps, now, wanted)));
  }
  const isOn = wanted > device.minWatts * (now > 0 ? 0.3 : 0.7);
  const watts = isOn ? Math.min(device.maxWatts, Math.max(device.minWatts, wanted)) : 0;
  return Math.min(max, Math.max(min, watts));
}

function bound(device: LoopDevice, { devices }: Known): { readonly min: number; readonly max: number } {
  const state = devices[device.id];
  const by = state && boundBy(device, state);
  return {
    min: by === "on" ? lowestWatts(device) : 0,
    max: by === "off" ? 0 : powerAtMost(device, Infinity),
  };
}

const perWatt = (home: LoopHome, device: LoopDevice, sink: LoopSink, { outdoorC, tankC }: Known) =>
  heatPerWatt(home, device, sink, { outdoorC, tankC, relativeHumidity: 0.85 });

const mostHeat = (home: LoopHome, device: LoopDevice, sink: LoopSink, known: Known) =>
  powerAtMost(device, Infinity) * perWatt(home, device, sink, known);

/** The devices that can heat a sink, the one whose heat costs least now first. */
function byCost(home: LoopHome, sink: LoopSink, known: Known, earnings: Earnings): readonly LoopDevice[] {
  const cost = (device: LoopDevice) => costOfHeat(home, device, sink, known, earnings);
  return home.devices
    .filter(({ sinks }) => sinks.includes(sink))
    .toSorted((one, other) => cost(one) - cost(other));
}
