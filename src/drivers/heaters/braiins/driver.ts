import { HearthworkError, Seconds, Watts } from "../../../domain/index.ts";
import type { Applied, HeaterTraits, Setpoint } from "../../../heat/index.ts";
import type { DriverContext, HeaterDefinition } from "../../definition.ts";
import { guardOf } from "../unattended.ts";
import { untilLetGo } from "../untilLetGo.ts";
import { type BraiinsConfig, braiinsSchema } from "./config.ts";
import { askMiner, type MinerApi } from "./minerApi.ts";
import { isPaused, type PowerRange } from "./readMiner.ts";
import { minerStatus } from "./replies.ts";
import { watchMiner } from "./watchMiner.ts";

/**
 * A miner on Braiins OS, by its REST API: a power target within the range that it states, and pause. Its consumption is
 * its own approximation and drifts around the target. It has no timer that would stop it when the hearth dies.
 */
export const braiins: HeaterDefinition<BraiinsConfig> = {
  name: "braiins",
  summary: "A miner on Braiins OS: any power within its range, set by its tuner",
  config: braiinsSchema,
  traits: traitsOf,
  open: (config, context) => Promise.resolve(openBraiins(config, context)),
};

/** The tuner's consumption lies this much above its target at most; 1.7 % was recorded. */
const overshoot = 1.05;
const sameTarget = 1;

function openBraiins(config: BraiinsConfig, context: DriverContext) {
  const traits = traitsOf(config);
  const range = traits.steps.mining as PowerRange;
  const api = askMiner(config, context);
  const watch = watchMiner(api, config, range, context);
  const look = (signal: AbortSignal) => watch.look(signal);
  const run = async (watts: Watts, signal: AbortSignal): Promise<Applied> => {
    const [{ tuner: settings }, limits, status] = [
      await api.configuration(signal),
      await api.constraints(signal),
      await api.status(signal),
    ];
    const why = whyNot(watts, settings, limits);
    if (why !== undefined) return { outcome: "refused", why };
    if (settings?.power_target?.watt !== watts) await api.setTarget(watts, signal);
    if (status === minerStatus.notStarted) await api.act("start", signal);
    else if (status === minerStatus.paused || status === minerStatus.suspended)
      await api.act("resume", signal);
    if (isPaused({ status })) watch.begins();
    await holdsTarget(api, watts, signal);
    return { outcome: "applied", reading: await look(signal) };
  };
  /** It resumes at its target by itself after a restart: that must not be more than it may be given. */
  const lower = async (signal: AbortSignal) => {
    const { tuner: settings } = await api.configuration(signal);
    if ((settings?.power_target?.watt ?? 0) > range.max + sameTarget) await api.setTarget(range.max, signal);
  };
  const rest = async (signal: AbortSignal): Promise<void> => {
    // Whatever becomes of that, it is paused.
    await lower(signal).catch(() => {});
    if (isPaused({ status: await api.status(signal) })) return;
    await api.act("pause", signal);
    const status = await api.status(signal);
    if (status !== undefined && !isPaused({ status })) throw notApplied("to pause", "mines on");
  };

  return untilLetGo(
    {
      traits,
      read: look,
      async apply(setpoint, signal) {
        const watts = targetFor(setpoint, range);
        if (typeof watts === "string") return { outcome: "refused", why: watts };
        return withRefusals(async () => {
          if (watts !== 0) return run(watts, signal);
          await rest(signal);
          return { outcome: "applied", reading: await look(signal) };
        });
      },
      makeSafe: rest,
    },
    context,
  );
}

/** The power target for a setpoint, 0 for rest; or why there is none, in words. */
function targetFor({ watts, workload }: Setpoint, { min, max, step }: PowerRange): Watts | string {
  if (workload === "idle") return Watts(0);
  if (workload === "job" || workload === "heating") return "this miner only mines";
  if (watts < min - step / 2 || watts > max + step / 2) {
    return `${watts} W is not between ${min} W and ${max} W; 0 W is asked for as idle`;
  }
  return Watts(Math.round(Math.min(max, Math.max(min, watts))));
}

type Settings = Awaited<ReturnType<MinerApi["configuration"]>>["tuner"];
type Limits = Awaited<ReturnType<MinerApi["constraints"]>>;

/** Why the miner would not take a target, in words. */
function whyNot(watts: Watts, settings: Settings, { min = 0, max = Infinity }: Limits): string | undefined {
  if (settings?.enabled === false || settings?.tuner_mode === 2) {
    return "its tuner does not follow a power target; choose Power Target in the miner's own settings";
  }
  if (watts < min - sameTarget || watts > max + sameTarget) return `the miner takes ${min} to ${max} W now`;
  return undefined;
}

async function holdsTarget(api: MinerApi, watts: Watts, signal: AbortSignal): Promise<void> {
  const [{ tuner: settings }, status] = [await api.configuration(signal), await api.status(signal)];
  const held = settings?.power_target?.watt;
  if (held !== undefined && Math.abs(held - watts) > sameTarget) {
    throw notApplied(`to take ${watts} W`, `holds ${held} W`);
  }
  if (isPaused({ status })) throw notApplied("to mine", "is paused");
}

const notApplied = (told: string, instead: string) =>
  new HearthworkError({
    code: "driver/not-applied",
    message: `the miner was told ${told} but ${instead}`,
    retry: "later",
  });

/** A miner that says no has not failed: its words become the outcome. 409: it is in the middle of a change. */
async function withRefusals(write: () => Promise<Applied>): Promise<Applied> {
  try {
    return await write();
  } catch (thrown) {
    if (!(thrown instanceof HearthworkError)) throw thrown;
    const { code, data, message } = thrown;
    if (data["status"] === 409) return { outcome: "busy", why: message };
    if (code === "device/refused" || data["status"] === 403) return { outcome: "refused", why: message };
    throw thrown;
  }
}

function traitsOf(config: BraiinsConfig): HeaterTraits {
  const { minWatts, maxWatts, stepWatts, idleWatts, settleSeconds, unattendedWatts } = config;
  const max = Watts(Math.min(maxWatts, unattendedWatts ?? maxWatts));
  const most = Watts(Math.round(max * overshoot));
  return {
    steps: { mining: { kind: "range", min: Watts(minWatts), max, step: Watts(stepWatts) } },
    idleWatts: Watts(idleWatts),
    maxWatts: most,
    // It forgets its pause and resumes at the target that it was given last.
    powerReturnWatts: most,
    canStop: true,
    stopSurvivesRestart: false,
    settle: Seconds(settleSeconds),
    change: "live",
    provenance: "reported",
    safeState: {
      description: "it is paused: hashing stops, its control board and its fans run on",
      guard: guardOf(unattendedWatts),
    },
  };
}
