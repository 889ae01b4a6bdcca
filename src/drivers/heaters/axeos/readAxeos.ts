import { Celsius, HashesPerSecond, type Instant, Watts } from "../../../domain/index.ts";
import type { HeaterReading, PowerSteps } from "../../../heat/index.ts";
import { type AxeosLevel, scaledWatts } from "./models.ts";
import { isBarred, type Overheating, overheatingFaults } from "./overheating.ts";
import type { AxeosInfo } from "./replies.ts";

export interface AxeosContext {
  readonly at: Instant;
  readonly levels: readonly AxeosLevel[];
  readonly idleWatts: number;
  readonly canPause: boolean;
  readonly limits: AxeosLimits;
  readonly overheating: Overheating;
  /** At which it may be left to itself, where that is its guard, W. */
  readonly unattendedWatts?: number | undefined;
  /** Whether it has had time to begin since it was last told to, or first seen to mine. */
  readonly hadTimeToStart: boolean;
}

/** The settings that the device itself offers. */
export interface AxeosLimits {
  readonly frequencyMhz?: readonly [number, number] | undefined;
  readonly coreVoltageMv?: readonly [number, number] | undefined;
}

const gigahash = 1e9;
/** The regulator trips 30 K above the chip: at 105 °C and 75 °C. */
const regulatorBearsMore = 30;
const closeMhz = 1;
const measuringError = 1.05;
const closeMv = 1;
/** After a restart it needs so long to find its pool and its pace, s. */
const startsWithin = 120;

/** The reading that a device's answer amounts to. */
export function readAxeos(info: AxeosInfo, context: AxeosContext): HeaterReading {
  const { at, overheating } = context;
  const hashrate = info.hashRate_1m ?? info.hashRate;
  const temperature = hottest(info);
  const available = takesNow(context);
  const unguarded = whyUnguarded(info, context);
  const isIdle = isPaused(info) || overheating.isCooling || isStalled(info, context);
  return {
    at,
    watts: Watts(info.power),
    provenance: "reported",
    workload: isIdle ? "idle" : "mining",
    ...(typeof hashrate === "number" ? { hashrate: HashesPerSecond(hashrate * gigahash) } : {}),
    ...(typeof info.networkDifficulty === "number" ? { networkDifficulty: info.networkDifficulty } : {}),
    ...(temperature === undefined ? {} : { temperature: Celsius(temperature) }),
    ...(available === undefined ? {} : { available }),
    setTo: Watts(isPaused(info) || overheating.isCooling ? 0 : wattsOf(info, context)),
    ...(unguarded === undefined ? {} : { unguarded }),
    ...(overheating.isCooling ? { busy: "it cools down after it overheated" } : {}),
    ...(typeof info.sharesAccepted === "number"
      ? { shares: { accepted: info.sharesAccepted, rejected: info.sharesRejected ?? 0, stale: 0 } }
      : {}),
    faults: faultsOf(info, context),
  };
}

export const isPaused = ({ miningPaused }: AxeosInfo) => miningPaused === true;

export const isAt = ({ frequencyMhz, coreVoltageMv }: AxeosLevel, info: AxeosInfo) =>
  Math.abs(info.frequency - frequencyMhz) <= closeMhz &&
  Math.abs(info.coreVoltage - coreVoltageMv) <= closeMv;

/** Whether the device offers these settings. */
export function isOffered({ frequencyMhz, coreVoltageMv }: AxeosLevel, limits: AxeosLimits): boolean {
  const [lowMhz, highMhz] = limits.frequencyMhz ?? [0, Infinity];
  const [lowMv, highMv] = limits.coreVoltageMv ?? [0, Infinity];
  return (
    frequencyMhz >= lowMhz && frequencyMhz <= highMhz && coreVoltageMv >= lowMv && coreVoltageMv <= highMv
  );
}

function isStalled(info: AxeosInfo, { hadTimeToStart }: AxeosContext): boolean {
  const isNew = (info.uptimeSeconds ?? Infinity) < startsWithin;
  return hadTimeToStart && !isNew && (info.hashRate_1m ?? info.hashRate) === 0;
}

/**
 * °C of its hottest part, as if on the chip: the regulator counts less by what it bears more. A part that is off or has
 * no sensor reads −1 or 0.
 */
function hottest({ temp, temp2, vrTemp }: AxeosInfo): number | undefined {
  const chips = [temp, temp2].flatMap((one) => (typeof one === "number" && one > 0 ? one : []));
  const regulator = typeof vrTemp === "number" && vrTemp > 0 ? [vrTemp - regulatorBearsMore] : [];
  const all = [...chips, ...(chips.length > 0 || (regulator[0] ?? 0) > 0 ? regulator : [])];
  return all.length > 0 ? Math.max(...all) : undefined;
}

/** It may be left to itself only at what was shown to be safe: another hand may have set it to more. */
function whyUnguarded(info: AxeosInfo, context: AxeosContext): string | undefined {
  const { unattendedWatts } = context;
  if (unattendedWatts === undefined || isPaused(info)) return undefined;
  const watts = wattsOf(info, context);
  return watts > unattendedWatts * measuringError
    ? `it is set to some ${watts} W, and may be left to itself at ${unattendedWatts} W`
    : undefined;
}

/** What its settings amount to, W. */
export function wattsOf(
  info: AxeosInfo,
  { levels, idleWatts }: Pick<AxeosContext, "levels" | "idleWatts">,
): number {
  const set = { frequencyMhz: info.frequency, coreVoltageMv: info.coreVoltage };
  const [lowest] = levels;
  const nearest = levels.find((level) => isAt(level, info)) ?? lowest;
  return nearest ? Math.round(scaledWatts(nearest, set, idleWatts) * 10) / 10 : 0;
}

/** The levels that it would take now, where they are fewer than it was opened with. */
function takesNow({ levels, limits, overheating }: AxeosContext): PowerSteps | undefined {
  const taken = levels.filter((level) => isOffered(level, limits) && !isBarred(overheating, level.watts));
  if (taken.length === levels.length || taken.length === 0) return undefined;
  return { kind: "levels", watts: taken.map(({ watts }) => Watts(watts)) };
}

function faultsOf(info: AxeosInfo, context: AxeosContext): readonly string[] {
  const { levels, limits, canPause, overheating } = context;
  const strange = levels.filter((level) => !isOffered(level, limits));
  const told = [
    ...overheatingFaults(overheating, info),
    info.power_fault ? `Its power supply has a fault: ${info.power_fault}` : "",
    info.hardware_fault ? `It has a fault: ${info.hardware_fault}` : "",
    !isPaused(info) && !overheating.isCooling && isStalled(info, context)
      ? "It computes nothing; does its pool answer?"
      : "",
    canPause && typeof info.miningPaused !== "boolean"
      ? "Its firmware cannot pause; update it to 2.14 or later, or set canPause: false"
      : "",
    strange.length > 0
      ? `It does not offer ${strange.map((level) => `${level.frequencyMhz} MHz at ${level.coreVoltageMv} mV`).join(", ")}; change its model or its levels`
      : "",
  ];
  return told.filter((fault) => fault !== "");
}
