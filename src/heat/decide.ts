import type { BoundHeater } from "./bindHeaters.ts";
import type { Instant, Watts } from "../domain/index.ts";
import type { Decision } from "./controlOutput.ts";
import type { FreeHeater, Share } from "./dispatch.ts";
import { type HeaterMemory, idleSetpoint } from "./heaterMemory.ts";
import type { Workload } from "./heater.ts";
import { hadTime, isAskedAgain, isWrong, mostRepeats, underruns } from "./obey.ts";
import type { ObservedHeater } from "./observedHeater.ts";
import { sayComfort, sayDecision } from "./reason.ts";
import type { Stop } from "./safety.ts";
import { askStarts } from "./starts.ts";
import { toleratedWatts, workloadOf } from "./steps.ts";
import { inWatts } from "./words.ts";

/** A heater at the end of a round's planning. */
export interface PlannedRound extends BoundHeater {
  readonly share: Share;
  /** What is left of the share after the feeder and the queue of starts. */
  readonly power: Watts;
  readonly curb: Stop | undefined;
}

export function decide(round: PlannedRound, at: Instant): Decision {
  const { heater, stop, power, sink } = round;
  const { config, memory, reading } = heater;
  const before = memory.setpoint.watts;
  const { cause, why } = causeOf(round, at);
  const isWarm = sink.permission.kind === "regulate" && sink.permission.temperature > sink.comfort.target;
  const isStopped = stop !== undefined || (cause === "comfort" && isWarm);
  const draws = !reading || reading.watts > toleratedWatts(config.traits, 0);
  const idles = power > 0 && power === before ? whyIdle(heater) : undefined;
  const isForced = stop !== undefined || ((cause === "feeder" || cause === "fallback") && power < before);
  return {
    heaterId: config.id,
    setpoint: power > 0 ? { watts: power, workload: nowOf(heater) } : idleSetpoint,
    reason: idles === undefined ? sayDecision(before, power, why, isStopped) : `idles: ${idles}`,
    cause: idles === undefined ? cause : "idles",
    urgent: (isForced && (power < before || draws)) || isAskedAgain(heater),
    unseen: memory.strange && stop === undefined,
  };
}

/** Tasks come before mining. */
const nowOf = ({ config: { traits }, input }: FreeHeater): Workload =>
  input.tasks ? "job" : workloadOf(traits);

/** Why a heater idles though it was asked to heat and had its time to begin, in words; undefined when it does not. */
function whyIdle(heater: FreeHeater): string | undefined {
  const { memory, reading } = heater;
  if (underruns(heater)) return `asked for ${inWatts(memory.setpoint.watts)} again`;
  const idles = reading?.workload === "idle" && reading.busy === undefined;
  return memory.setpoint.watts > 0 && hadTime(heater) && idles ? reading.faults[0]?.slice(0, 200) : undefined;
}

function causeOf({ heater, stop, curb, share, power, sink }: PlannedRound, at: Instant): Stop {
  if (stop) return stop;
  if (curb && power !== share.power) return curb;
  const { bound } = heater.freedom;
  if (bound && (share.isBound || heater.freedom.tells)) return bound;
  const { permission, comfort, config } = sink;
  if (permission.kind === "fallback") return { cause: "fallback", why: permission.why };
  if (permission.kind === "nothing") return permission;
  if (permission.isFrost) {
    const why = `frost protection, the ${config.kind} is below its limit of ${config.limits.minC} °C`;
    return { cause: "frost", why };
  }
  if (comfort.source === "disinfection") {
    const why = `disinfection to ${comfort.target.toFixed(0)} °C, ${sayComfort(permission.temperature, comfort, config.comfort, at)}`;
    return { cause: "disinfection", why };
  }
  return {
    cause: "comfort",
    why: sayComfort(permission.temperature, comfort, config.comfort, at),
  };
}

/** What is remembered of a heater once its setpoint is decided. */
export function rememberDecision(heater: ObservedHeater, { setpoint, urgent }: Decision): HeaterMemory {
  const { memory } = heater;
  const [before, now] = [memory.setpoint.watts, setpoint.watts];
  const repeats = memory.repeats + (urgent && isWrong(heater) ? 1 : 0);
  return {
    ...memory,
    setpoint,
    sinceSwitch: before > 0 === now > 0 ? memory.sinceSwitch : 0,
    sinceChange: before === now ? memory.sinceChange : 0,
    sinceLowered: now < before ? 0 : memory.sinceLowered,
    sinceAsked: before === now && !urgent ? memory.sinceAsked : 0,
    repeats: before === now ? Math.min(repeats, mostRepeats) : 0,
    starts: askStarts(memory.starts, before, now),
  };
}
