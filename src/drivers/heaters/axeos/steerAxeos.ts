import type { Clock } from "../../../domain/index.ts";
import type { Applied } from "../../../heat/index.ts";
import type { AxeosApi } from "./axeosApi.ts";
import type { AxeosConfig } from "./config.ts";
import type { AxeosLevel } from "./models.ts";
import { maySet, type MaySet } from "./overheating.ts";
import { isAt, isOffered, isPaused, wattsOf } from "./readAxeos.ts";
import type { AxeosInfo } from "./replies.ts";
import type { AxeosWatch } from "./watchAxeos.ts";

/** How a device is set to a level, and brought to rest. */
export interface AxeosSteering {
  run(level: AxeosLevel, signal: AbortSignal): Promise<Applied>;
  /** Paused, or at its lowest level where its firmware cannot pause: that is refused, with why. */
  rest(signal: AbortSignal): Promise<Applied>;
}

export interface AxeosSteeringOptions {
  readonly api: AxeosApi;
  readonly watch: AxeosWatch;
  readonly config: AxeosConfig;
  /** Those that it may be given, lowest first. */
  readonly levels: readonly AxeosLevel[];
  readonly clock: Clock;
}

/** Its settings amount to so much more than its highest level: another hand has overclocked it. */
const overclocked = 1.25;
const settings = ({ frequencyMhz, coreVoltageMv }: AxeosLevel) => ({
  frequency: frequencyMhz,
  coreVoltage: coreVoltageMv,
});
const inWords = ({ frequencyMhz, coreVoltageMv }: AxeosLevel) => `${frequencyMhz} MHz at ${coreVoltageMv} mV`;

export function steerAxeos({ api, watch, config, levels, clock }: AxeosSteeringOptions): AxeosSteering {
  const run = async (level: AxeosLevel, signal: AbortSignal): Promise<Applied> => {
    const info = await watch.look(signal);
    if (!isOffered(level, await api.limits(signal))) {
      return { outcome: "refused", why: `the device does not offer ${inWords(level)}` };
    }
    const verdict = maySet(watch.overheating(), level.watts, clock.monotonic());
    if (verdict.may === "later") return { outcome: "busy", why: verdict.why };
    if (verdict.may === "no") return { outcome: "refused", why: verdict.why };
    await set(level, info, verdict, signal);
    if (verdict.wasHalted) {
      await api.act("restart", signal);
      return { outcome: "busy", why: "it restarts after it overheated" };
    }
    watch.holds(undefined);
    if (isPaused(info)) await api.act("resume", signal);
    const after = await watch.lookUntil(
      `to run at ${inWords(level)}`,
      (now) => isAt(level, now) && !isPaused(now),
      signal,
    );
    watch.holds(level);
    return { outcome: "applied", reading: await watch.reading(after, signal) };
  };

  /** Writes what differs, with what a trip has left behind. */
  const set = async (
    level: AxeosLevel,
    info: AxeosInfo,
    { restores, wasHalted }: Extract<MaySet, { may: "yes" }>,
    signal: AbortSignal,
  ) => {
    const fan = restores && watch.overheating().hadAutoFan && info.autofanspeed === false;
    if (!isAt(level, info) || wasHalted || fan) {
      const trip = {
        ...(wasHalted ? { overheat_mode: 0 as const } : {}),
        ...(fan ? { autofanspeed: 1 as const } : {}),
      };
      await api.set({ ...settings(level), ...trip }, signal);
    }
    if (restores) watch.restored();
  };

  const pause = async (info: AxeosInfo, signal: AbortSignal): Promise<AxeosInfo> => {
    // It mines at its settings by itself after a restart: they must not be more than it may be given. Whatever becomes
    // of that, it is paused.
    const highest = levels.at(-1);
    const set = wattsOf(info, { levels, idleWatts: config.idleWatts });
    if (highest && set > highest.watts * overclocked)
      await api.set(settings(highest), signal).catch(() => {});
    if (isPaused(info)) return info;
    await api.act("pause", signal);
    return watch.lookUntil("to pause", isPaused, signal);
  };

  return {
    run,
    async rest(signal) {
      const info = await watch.look(signal);
      if (config.canPause && typeof info.miningPaused === "boolean") {
        return { outcome: "applied", reading: await watch.reading(await pause(info, signal), signal) };
      }
      const [lowest] = levels;
      const floor = lowest ? await run(lowest, signal) : undefined;
      if (floor && floor.outcome !== "applied") return floor;
      return { outcome: "refused", why: `its firmware cannot pause, so it runs at ${lowest?.watts} W` };
    },
  };
}
