import { HearthworkError, Seconds, Watts } from "../../../domain/index.ts";
import type { Applied, HeaterReading, HeaterTraits, Setpoint } from "../../../heat/index.ts";
import type { DriverContext, HeaterDefinition } from "../../definition.ts";
import { guardOf } from "../unattended.ts";
import { untilLetGo } from "../untilLetGo.ts";
import { axeosApi } from "./axeosApi.ts";
import { type AxeosConfig, axeosSchema } from "./config.ts";
import type { AxeosLevel } from "./models.ts";
import { afterLook, afterRestoring, maySet, neverTripped } from "./overheating.ts";
import { isAt, isOffered, isPaused, readAxeos, wattsOf } from "./readAxeos.ts";
import type { AxeosInfo } from "./replies.ts";

/**
 * A Bitaxe, or another small miner on AxeOS: levels by frequency and voltage, and pause from firmware 2.14. It measures
 * its own power. It has no timer that would stop it when the hearth dies.
 */
export const axeos: HeaterDefinition<AxeosConfig> = {
  name: "axeos",
  summary: "A Bitaxe or another miner on AxeOS: levels by frequency and voltage",
  config: axeosSchema,
  open: (config, context) => Promise.resolve(openAxeos(config, context)),
};

/** A board draws so much more than is typical of its model at most. */
const spread = 1.25;
const settle = Seconds(60);
/** The firmware takes over new settings every 1.8 s. */
const takesOver = { looks: 4, every: Seconds(1) };

function openAxeos(config: AxeosConfig, context: DriverContext) {
  const { clock } = context;
  const traits = traitsOf(config);
  const levels = config.levels.filter(({ watts }) => watts <= (config.unattendedWatts ?? Infinity));
  const api = axeosApi(config.address, clock);
  let overheating = neverTripped;
  let held: AxeosLevel | undefined;
  let miningSince: number | undefined;

  const look = async (signal: AbortSignal): Promise<AxeosInfo> => {
    const info = await api.info(signal);
    const now = clock.monotonic();
    const before = overheating;
    overheating = afterLook(before, info, held, now);
    miningSince = isPaused(info) ? undefined : (miningSince ?? now);
    if (overheating.trips.length > 0 && overheating.trips.at(-1) !== before.trips.at(-1)) {
      const message = "It overheated, and its own protection has lowered it";
      context.onEvent({ level: "warning", code: "heater/overheated", message });
    }
    return info;
  };
  const read = async (signal: AbortSignal, known?: AxeosInfo): Promise<HeaterReading> => {
    const info = known ?? (await look(signal));
    return readAxeos(info, {
      at: clock.now(),
      levels,
      idleWatts: config.idleWatts,
      canPause: config.canPause,
      limits: await api.limits(signal),
      overheating,
      unattendedWatts: config.unattendedWatts,
      hadTimeToStart: miningSince !== undefined && clock.monotonic() - miningSince > 2 * settle,
    });
  };
  /** Looks until it holds, for as long as the firmware may take. */
  const holds = async (told: string, is: (info: AxeosInfo) => boolean, signal: AbortSignal) => {
    for (let left = takesOver.looks; ; left--) {
      const info = await look(signal);
      if (is(info)) return info;
      if (left <= 1) throw notApplied(told, info);
      await clock.sleep(takesOver.every, signal);
    }
  };

  const run = async (level: AxeosLevel, signal: AbortSignal): Promise<Applied> => {
    const info = await look(signal);
    if (!isOffered(level, await api.limits(signal))) {
      const why = `the device does not offer ${level.frequencyMhz} MHz at ${level.coreVoltageMv} mV`;
      return { outcome: "refused", why };
    }
    const verdict = maySet(overheating, level.watts, clock.monotonic());
    if (verdict.may === "later") return { outcome: "busy", why: verdict.why };
    if (verdict.may === "no") return { outcome: "refused", why: verdict.why };
    const fan = verdict.restores && overheating.hadAutoFan && info.autofanspeed === false;
    if (!isAt(level, info) || verdict.wasHalted || fan) {
      await api.set(
        {
          frequency: level.frequencyMhz,
          coreVoltage: level.coreVoltageMv,
          ...(verdict.wasHalted ? { overheat_mode: 0 } : {}),
          ...(fan ? { autofanspeed: 1 } : {}),
        },
        signal,
      );
    }
    if (verdict.restores) overheating = afterRestoring(overheating, clock.monotonic());
    if (verdict.wasHalted) {
      await api.act("restart", signal);
      return { outcome: "busy", why: "it restarts after it overheated" };
    }
    // Its old settings are no longer what a trip is judged by.
    held = undefined;
    if (isPaused(info)) await api.act("resume", signal);
    const told = `to run at ${level.frequencyMhz} MHz and ${level.coreVoltageMv} mV`;
    const after = await holds(told, (now) => isAt(level, now) && !isPaused(now), signal);
    held = level;
    return { outcome: "applied", reading: await read(signal, after) };
  };
  const rest = async (signal: AbortSignal): Promise<AxeosInfo> => {
    const info = await look(signal);
    // It mines at its settings by itself after a restart: they must not be more than it may be given.
    const highest = levels.at(-1);
    if (highest && wattsOf(info, { ...config, levels }) > highest.watts * spread) {
      await api.set({ frequency: highest.frequencyMhz, coreVoltage: highest.coreVoltageMv }, signal);
    }
    if (isPaused(info)) return info;
    await api.act("pause", signal);
    return holds("to pause", isPaused, signal);
  };
  const idle = async (signal: AbortSignal): Promise<Applied> => {
    if (config.canPause) return { outcome: "applied", reading: await read(signal, await rest(signal)) };
    const floor = await toFloor(signal);
    if (floor.outcome !== "applied") return floor;
    return { outcome: "refused", why: `its firmware cannot pause, so it runs at ${levels[0]?.watts} W` };
  };
  const toFloor = (signal: AbortSignal) => run(levels[0] as AxeosLevel, signal);

  return untilLetGo(
    {
      traits,
      read: (signal) => read(signal),
      async apply(setpoint, signal) {
        const level = levelFor(setpoint, levels);
        if (typeof level === "string") return { outcome: "refused", why: level };
        return withRefusals(() => (level ? run(level, signal) : idle(signal)));
      },
      async makeSafe(signal) {
        await (config.canPause ? rest(signal) : toFloor(signal));
      },
    },
    context,
  );
}

/** The level for a setpoint, none for rest; or why there is none, in words. */
function levelFor(
  { watts, workload }: Setpoint,
  levels: readonly AxeosLevel[],
): AxeosLevel | undefined | string {
  if (workload === "idle") return undefined;
  if (workload === "job") return "this miner only mines";
  const level = levels.find((one) => Math.abs(one.watts - watts) < 0.05);
  return level ?? `it has no level of ${watts} W, but ${levels.map((one) => one.watts).join(", ")} W`;
}

const notApplied = (told: string, { frequency, coreVoltage, miningPaused }: AxeosInfo) =>
  new HearthworkError({
    code: "driver/not-applied",
    message: `the device was told ${told} but ${miningPaused === true ? "is paused" : `runs at ${frequency} MHz and ${coreVoltage} mV`}`,
    retry: "later",
  });

/** A device that says no has not failed: its words become the outcome. */
async function withRefusals(write: () => Promise<Applied>): Promise<Applied> {
  try {
    return await write();
  } catch (thrown) {
    if (!(thrown instanceof HearthworkError) || thrown.code !== "device/refused") throw thrown;
    return { outcome: "refused", why: thrown.message };
  }
}

function traitsOf({ levels, idleWatts, canPause, unattendedWatts }: AxeosConfig): HeaterTraits {
  const taken = levels.map(({ watts }) => watts).filter((watts) => watts <= (unattendedWatts ?? Infinity));
  const most = Watts(Math.round((taken.at(-1) ?? idleWatts) * spread * 10) / 10);
  return {
    steps: { mining: { kind: "levels", watts: taken.map((watts) => Watts(watts)) } },
    idleWatts: Watts(idleWatts),
    maxWatts: most,
    // It forgets its pause and mines at the settings that it was given last.
    powerReturnWatts: most,
    canStop: canPause,
    stopSurvivesRestart: false,
    settle,
    change: "live",
    provenance: "reported",
    safeState: {
      description: canPause
        ? "it is paused: hashing stops, its board and its fan run on"
        : "it runs at its lowest level",
      guard: guardOf(unattendedWatts),
    },
  };
}
