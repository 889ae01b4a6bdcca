import { HearthworkError, Seconds, Watts } from "../../../domain/index.ts";
import type { Applied, HeaterReading, HeaterTraits, Setpoint } from "../../../heat/index.ts";
import { type CgminerLine, openCgminerLine } from "../../cgminer/cgminerLine.ts";
import type { DriverContext, HeaterDefinition } from "../../definition.ts";
import { guardOf } from "../unattended.ts";
import { untilLetGo } from "../untilLetGo.ts";
import { type AvalonConfig, avalonSchema, configuredModel } from "./config.ts";
import type { AvalonMode, AvalonModel } from "./models.ts";
import { type AvalonReplies, type AvalonState, readAvalon } from "./readAvalon.ts";
import { modeOf, wattsOf } from "./watts.ts";
import { writeMode, writeSoft, type Written } from "./writes.ts";

/**
 * Canaan's Avalons for the home, by the cgminer API: a few modes of work, each with its power. A Q can be stopped; the
 * others run whenever they have power and need a plug to be off. None has a timer that would stop it.
 */
export const avalon: HeaterDefinition<AvalonConfig> = {
  name: "avalon",
  summary: "Avalon Nano 3, Nano 3S, Mini 3 or Q: its modes of work",
  config: avalonSchema,
  traits: (config) => traitsOf(config, configuredModel(config)),
  open: (config, context) => Promise.resolve(openAvalon(config, context)),
};

const reports = ["version", "summary", "stats", "coin"] as const;
/** How long a write is waited for until it shows, by looks a second apart. */
const looks = 7;
const aSecond = Seconds(1);
const sameWatts = 0.02;

interface Look {
  readonly state: AvalonState;
  readonly reading: HeaterReading;
  /** The device's own time, epoch s. */
  readonly deviceTime: number;
}

function openAvalon(config: AvalonConfig, context: DriverContext) {
  const { clock } = context;
  const model = configuredModel(config);
  const line = openCgminerLine(config.address);
  const traits = traitsOf(config, model);
  let usesEstats = false;

  const look = async (signal: AbortSignal): Promise<Look> => {
    let replies: AvalonReplies = await line.askAll(reports, signal);
    if (usesEstats || readAvalon(replies) === undefined) {
      replies = { ...replies, stats: await line.ask("estats", undefined, signal) };
      usesEstats = true;
    }
    const state = readAvalon(replies);
    if (!state) throw notAvalon(config);
    const deviceTime = replies.stats.status?.when ?? clock.now() / 1000;
    return { state, deviceTime, reading: readingOf(state, config, model, clock.now()) };
  };

  /** Looks until it is so, for a few seconds. */
  const seen = async (
    isSo: (state: AvalonState) => boolean,
    signal: AbortSignal,
  ): Promise<Look | undefined> => {
    for (let time = 0; time < looks && !signal.aborted; time++) {
      const now = await look(signal);
      if (isSo(now.state)) return now;
      await clock.sleep(aSecond, signal);
    }
    return undefined;
  };

  const rest = async (signal: AbortSignal): Promise<Applied> => {
    if (!model.softOff) return { outcome: "refused", why: "it cannot be stopped; a plug has to cut it off" };
    const now = await look(signal);
    if (now.state.work === "idle") return { outcome: "applied", reading: now.reading };
    const written = await writeSoft(line, "softoff", now.deviceTime, signal);
    if (written.outcome !== "told") return written;
    const then = await seen(({ work }) => work === "idle", signal);
    if (then) return { outcome: "applied", reading: then.reading };
    return { outcome: "busy", why: "it was told to stop and still works" };
  };

  const run = async (mode: AvalonMode, signal: AbortSignal): Promise<Applied> => {
    const now = await look(signal);
    const wrong = strangerIn(now.state, config);
    if (wrong !== undefined) return { outcome: "refused", why: wrong };
    const written = await start(line, mode, now, signal);
    if (written.outcome !== "told") return written;
    const then = await seen((state) => state.work !== "idle" && isIn(state, mode), signal);
    if (then) return { outcome: "applied", reading: then.reading };
    throw new HearthworkError({
      code: "driver/not-applied",
      message: `it was told to work in mode ${mode.mode} and does not`,
      retry: "later",
    });
  };

  return untilLetGo(
    {
      traits,
      read: async (signal) => (await look(signal)).reading,
      async apply(setpoint, signal) {
        if (setpoint.workload === "idle") return rest(signal);
        const mode = modeFor(setpoint, model);
        return typeof mode === "string" ? { outcome: "refused", why: mode } : run(mode, signal);
      },
      async makeSafe(signal) {
        const [lowest] = model.modes;
        if (model.softOff) await rest(signal);
        else if (lowest) await writeMode(line, lowest, (await look(signal)).state, signal);
      },
    },
    context,
  );
}

/** Its mode is set before it starts, so that it does not start in an old one. */
async function start(line: CgminerLine, mode: AvalonMode, now: Look, signal: AbortSignal): Promise<Written> {
  const set = isIn(now.state, mode)
    ? ({ outcome: "told" } as const)
    : await writeMode(line, mode, now.state, signal);
  if (set.outcome !== "told" || now.state.work !== "idle") return set;
  return writeSoft(line, "softon", now.deviceTime, signal);
}

const isIn = (state: AvalonState, mode: AvalonMode) => modeOf(state, [mode]) !== undefined;

function modeFor({ watts, workload }: Setpoint, { modes }: AvalonModel): AvalonMode | string {
  if (workload === "job" || workload === "heating") return "an Avalon only mines";
  const found = modes.find((mode) => Math.abs(mode.watts - watts) <= mode.watts * sameWatts);
  return found ?? `it has no mode of ${watts} W, only of ${modes.map((mode) => mode.watts).join(", ")} W`;
}

/** Why it is not the device that hearth.yaml names, in words. */
function strangerIn({ model }: AvalonState, config: AvalonConfig): string | undefined {
  if (model === undefined || model === config.model) return undefined;
  return `it says that it is a ${model}, hearth.yaml says ${config.model}`;
}

function readingOf(
  state: AvalonState,
  config: AvalonConfig,
  model: AvalonModel,
  at: HeaterReading["at"],
): HeaterReading {
  const { work, hashrate, temperature, networkDifficulty, shares } = state;
  const stranger = strangerIn(state, config);
  const setTo = work === "idle" ? 0 : (modeOf(state, model.modes)?.watts ?? state.modeWatts);
  return {
    at,
    ...wattsOf(state, model, model.modes),
    workload: work === "idle" ? "idle" : "mining",
    hashrate,
    ...(temperature === undefined ? {} : { temperature }),
    ...(networkDifficulty === undefined ? {} : { networkDifficulty }),
    ...(shares === undefined ? {} : { shares }),
    ...(setTo === undefined ? {} : { setTo: Watts(setTo) }),
    ...(work === "starting" ? { busy: "it starts" } : {}),
    faults: stranger === undefined ? state.faults : [...state.faults, stranger],
  };
}

function traitsOf(config: AvalonConfig, model: AvalonModel): HeaterTraits {
  const levels = model.modes.map(({ watts }) => Watts(watts));
  const most = levels.at(-1) ?? Watts(0);
  const maxWatts = Watts(most * 1.1);
  return {
    steps: { mining: { kind: "levels", watts: levels } },
    idleWatts: Watts(model.standbyWatts),
    maxWatts,
    powerReturnWatts: maxWatts,
    canStop: model.softOff,
    stopSurvivesRestart: false,
    settle: Seconds(180),
    change: "restart",
    provenance: model.wallWattsAt === undefined ? "estimated" : "reported",
    safeState: {
      description: model.softOff
        ? "it is soft-off: its fans and its board are off"
        : "it runs in its lowest mode",
      guard: guardOf(config.unattendedWatts && Math.min(config.unattendedWatts, maxWatts)),
    },
  };
}

const notAvalon = ({ address }: AvalonConfig) =>
  new HearthworkError({
    code: "device/garbage",
    message: `${address.host}:${address.port} gives no statistics of an Avalon; is it one?`,
    retry: "later",
  });
