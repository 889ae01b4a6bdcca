import { Celsius, HashesPerSecond, type Instant, Watts } from "../../../domain/index.ts";
import type { HeaterReading, PowerSteps } from "../../../heat/index.ts";
import {
  type Hashboards,
  type MinerErrors,
  type MinerStats,
  minerStatus,
  type PoolGroups,
  type TunerState,
  tunerStates,
} from "./replies.ts";

/** What the miner answered in one round of questions. */
export interface MinerReplies {
  /** One of `minerStatus`; releases before 24.04 do not tell it. */
  readonly status: number | undefined;
  readonly stats: MinerStats;
  readonly tuner: TunerState;
  readonly boards: Hashboards;
  /** What it was told to take, W. */
  readonly configured: number | undefined;
  readonly constraints: Constraints;
  readonly errors: MinerErrors;
  readonly pools: PoolGroups;
}

/** The power targets that the miner itself allows, W. */
export interface Constraints {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export interface ReadingContext {
  readonly at: Instant;
  readonly idleWatts: Watts;
  readonly range: PowerRange;
  /** Whether it has had time to begin since it was last told to, or first seen to mine. */
  readonly hadTimeToStart: boolean;
  /** What it scaled itself down to lately, W. */
  readonly scaledDownTo?: number | undefined;
  /** At which it may be left to itself, where that is its guard, W. */
  readonly unattendedWatts?: number | undefined;
}
export type PowerRange = Extract<PowerSteps, { kind: "range" }>;

/** An error of the miner's log is told so long, ms; the log keeps them for months. */
const errorsCountMs = 900_000;
const mostFaults = 8;
const gigahash = 1e9;

/** The reading that a miner's answers amount to. */
export function readMiner(replies: MinerReplies, context: ReadingContext): HeaterReading {
  const { stats } = replies;
  const { at, idleWatts } = context;
  const hashrate = hashrateOf(stats);
  const isIdle = idles(replies, context);
  const reported = stats.power_stats?.approximated_consumption?.watt;
  const temperature = hottest(replies.boards);
  const shares = stats.pool_stats;
  const available = takesNow(replies.constraints, context);
  const unguarded = whyUnguarded(replies, context);
  const setTo = isPaused(replies) ? 0 : currentTarget(replies);
  return {
    at,
    ...powerOf(isIdle, reported, currentTarget(replies), idleWatts),
    workload: isIdle ? "idle" : "mining",
    ...(hashrate === undefined ? {} : { hashrate: HashesPerSecond(hashrate) }),
    ...(temperature === undefined ? {} : { temperature: Celsius(temperature) }),
    ...(available === undefined ? {} : { available }),
    ...(setTo === undefined ? {} : { setTo: Watts(setTo) }),
    ...(unguarded === undefined ? {} : { unguarded }),
    ...(shares
      ? {
          shares: {
            accepted: shares.accepted_shares,
            rejected: shares.rejected_shares,
            stale: shares.stale_shares ?? 0,
          },
        }
      : {}),
    faults: faultsOf(replies, context),
  };
}

/** What its tuner works towards now, which is less than it was told when it scales itself down, W. */
export function currentTarget({ tuner, configured }: MinerReplies): number | undefined {
  return tuner.mode_state?.current_target?.watt ?? configured ?? tuner.mode_state?.profile?.target?.watt;
}

/** Paused, or not started: it was told to rest. */
export const isPaused = ({ status }: Pick<MinerReplies, "status">) =>
  status === minerStatus.paused || status === minerStatus.notStarted;

/** It computes nothing, whatever it says of itself. */
function idles(replies: MinerReplies, { idleWatts, hadTimeToStart }: ReadingContext): boolean {
  const { status, stats } = replies;
  const reported = stats.power_stats?.approximated_consumption?.watt ?? 0;
  if (status === undefined) return reported <= idleWatts;
  if (status !== minerStatus.normal && status !== minerStatus.restricted) return true;
  return hadTimeToStart && isStalled(replies);
}

function isStalled({ stats, tuner }: MinerReplies): boolean {
  const state = tunerStates[tuner.overall_tuner_state as keyof typeof tunerStates];
  return hashrateOf(stats) === 0 && state !== "tuning" && state !== "preheating";
}

/** An idle miner reports 0 W or nothing, though its control board and its fans run. */
function powerOf(
  isIdle: boolean,
  reported: number | undefined,
  target: number | undefined,
  idleWatts: Watts,
): Pick<HeaterReading, "watts" | "provenance"> {
  if (reported !== undefined && reported >= idleWatts) {
    return { watts: Watts(reported), provenance: "reported" };
  }
  if (isIdle || reported !== undefined) return { watts: idleWatts, provenance: "estimated" };
  return { watts: Watts(target ?? idleWatts), provenance: "estimated" };
}

function hashrateOf({ miner_stats }: MinerStats): number | undefined {
  const rate = miner_stats?.real_hashrate;
  const measured = rate?.last_1m ?? rate?.last_5m ?? rate?.last_15s;
  return measured ? measured.gigahash_per_second * gigahash : undefined;
}

/** °C of the hottest chip, board or outlet. */
function hottest(boards: Hashboards): number | undefined {
  const all = boards.flatMap(({ board_temp, highest_chip_temp, highest_outlet_temp }) =>
    [board_temp, highest_chip_temp?.temperature, highest_outlet_temp].flatMap((one) => one?.degree_c ?? []),
  );
  return all.length > 0 ? Math.max(...all) : undefined;
}

/**
 * What it has scaled itself down to, below what it was told, W; undefined where it has not. Its configuration is asked
 * seldom, so that the tuner's own word of what it was told comes first: after a reboot to another target they differ.
 */
export function ownScaling({ tuner, configured }: MinerReplies, { step }: PowerRange): number | undefined {
  const { current_target, profile } = tuner.mode_state ?? {};
  const told = profile?.target?.watt ?? configured;
  if (!current_target || told === undefined || current_target.watt >= told - step) return undefined;
  return current_target.watt;
}

/**
 * The targets that it takes now, where they are fewer than it was opened with: those that the miner states, and no more
 * than what it has scaled itself down to.
 */
function takesNow(constraints: Constraints, { range, scaledDownTo }: ReadingContext): PowerSteps | undefined {
  const onStep = (watts: number, round: (steps: number) => number) =>
    range.min + round((watts - range.min) / range.step) * range.step;
  const min = Math.max(range.min, onStep(constraints.min ?? range.min, Math.ceil));
  const most = Math.min(range.max, constraints.max ?? range.max, Math.max(scaledDownTo ?? Infinity, min));
  const max = most === range.max ? range.max : onStep(most, Math.floor);
  if ((min === range.min && max === range.max) || max < min) return undefined;
  return { kind: "range", min: Watts(min), max: Watts(max), step: range.step };
}

/** It may be left to itself only at what was shown to be safe: another hand may have set it to more. */
function whyUnguarded(replies: MinerReplies, { unattendedWatts, range }: ReadingContext): string | undefined {
  const { configured } = replies;
  if (unattendedWatts === undefined || configured === undefined || isPaused(replies)) return undefined;
  if (configured <= unattendedWatts + range.step / 2) return undefined;
  return `it is set to ${configured} W, and may be left to itself at ${unattendedWatts} W`;
}

function faultsOf(replies: MinerReplies, { at, range, hadTimeToStart }: ReadingContext): readonly string[] {
  const { status, tuner, boards, constraints, configured, errors, pools } = replies;
  const { min = range.min, max = range.max } = constraints;
  const told = [
    status === minerStatus.suspended ? "It has suspended itself; look at its own page for the reason" : "",
    status === minerStatus.restricted ? "It says that it is restricted, as without a licence" : "",
    tunerStates[tuner.overall_tuner_state as keyof typeof tunerStates] === "failed"
      ? "Its tuner has failed; look at its own page for the reason"
      : "",
    status === minerStatus.normal && hadTimeToStart && isStalled(replies)
      ? "It says that it mines, but it computes nothing"
      : "",
    configured !== undefined && configured > range.max + range.step
      ? `It is set to ${configured} W, above the ${range.max} W that it may be given here`
      : "",
    min > range.max || max < range.min
      ? `It takes ${min} to ${max} W, and ${range.min} to ${range.max} W are allowed here: change minWatts and maxWatts`
      : "",
    ...boards.map(({ id, enabled }) => (enabled === false ? `Its hashboard ${id ?? "?"} is off` : "")),
    ...poolFaults(pools),
    ...recentErrors(errors, at),
  ];
  return [...new Set(told.filter((fault) => fault.trim() !== ""))].slice(0, mostFaults);
}

function poolFaults(groups: PoolGroups): readonly string[] {
  const used = groups.flatMap(({ pools }) => pools).filter(({ enabled }) => enabled !== false);
  if (used.length === 0) return [];
  return used.every(({ alive }) => alive === false) ? ["None of its pools answers"] : [];
}

function recentErrors(errors: MinerErrors, at: Instant): readonly string[] {
  return errors
    .filter(({ timestamp }) => Math.abs(at - Date.parse(timestamp)) < errorsCountMs)
    .map(({ message }) => message.replace(/[\p{Cc}\s]+/gu, " ").trim());
}
