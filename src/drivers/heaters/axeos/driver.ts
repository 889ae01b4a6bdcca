import { HearthworkError, Seconds, Watts } from "../../../domain/index.ts";
import type { Applied, HeaterTraits, Setpoint } from "../../../heat/index.ts";
import type { DriverContext, HeaterDefinition } from "../../definition.ts";
import { guardOf } from "../unattended.ts";
import { untilLetGo } from "../untilLetGo.ts";
import { axeosApi } from "./axeosApi.ts";
import { type AxeosConfig, axeosSchema } from "./config.ts";
import type { AxeosLevel } from "./models.ts";
import { steerAxeos } from "./steerAxeos.ts";
import { watchAxeos } from "./watchAxeos.ts";

/**
 * A Bitaxe, or another small miner on AxeOS: levels by frequency and voltage, and pause from firmware 2.14. It measures
 * its own power. It has no timer that would stop it when the hearth dies.
 */
export const axeos: HeaterDefinition<AxeosConfig> = {
  name: "axeos",
  summary: "A Bitaxe or another miner on AxeOS: levels by frequency and voltage",
  config: axeosSchema,
  traits: traitsOf,
  open: (config, context) => Promise.resolve(openAxeos(config, context)),
};

/** A board draws so much more than is typical of its model at most. */
const spread = 1.25;
const settle = Seconds(60);

function openAxeos(config: AxeosConfig, context: DriverContext) {
  const { clock } = context;
  const levels = config.levels.filter(({ watts }) => watts <= (config.unattendedWatts ?? Infinity));
  const api = axeosApi(config.address, clock);
  const watch = watchAxeos(api, config, levels, context);
  const steering = steerAxeos({ api, watch, config, levels, clock });

  return untilLetGo(
    {
      traits: traitsOf(config),
      read: async (signal) => watch.reading(await watch.look(signal), signal),
      async apply(setpoint, signal) {
        const level = levelFor(setpoint, levels);
        if (typeof level === "string") return { outcome: "refused", why: level };
        return withRefusals(() => (level ? steering.run(level, signal) : steering.rest(signal)));
      },
      async makeSafe(signal) {
        await steering.rest(signal);
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
  if (workload === "job" || workload === "heating") return "this miner only mines";
  const level = levels.find((one) => Math.abs(one.watts - watts) < 0.05);
  return level ?? `it has no level of ${watts} W, but ${levels.map((one) => one.watts).join(", ")} W`;
}

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
