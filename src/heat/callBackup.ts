import { isBackup } from "./backup.ts";
import { isFrost, type Stop } from "./safety.ts";
import type { SensedSink } from "./sinkRound.ts";
import { isOnTrial } from "./trial.ts";
import type { ObservedHeater } from "./observedHeater.ts";
import { inTime } from "./words.ts";

/** Heaters at their most are given so long before their backup comes on, s. */
const patience = { room: 2700, tank: 7200 } as const;
/** So far below its comfort a sink waits no longer, K. */
const impatientK = { room: 0.8, tank: 5 } as const;
interface OwnHeater {
  readonly heater: ObservedHeater;
  readonly stop: Stop | undefined;
}

/**
 * Why a sink's backup is not to be started by its thermostat, in words; undefined when it is. It is started when the
 * sink's heaters have not been enough for a while, when there are none that can heat, when it is far too cold, and for
 * a disinfection, which has a deadline.
 */
export function whyUncalled(sink: SensedSink, heaters: readonly OwnHeater[]): string | undefined {
  const { config, comfort, memory, permission } = sink;
  if (permission.kind !== "regulate" || isFrost(permission)) return undefined;
  const able = heaters.filter(
    ({ heater, stop }) => !isBackup(heater.config) && !stop && !isOnTrial(heater.memory.trial),
  );
  if (able.length === 0 || comfort.source === "disinfection") return undefined;
  const below = comfort.target - comfort.band - permission.temperature;
  const left = patience[config.kind] - memory.shortFor;
  if (left <= 0 || below > impatientK[config.kind]) return undefined;
  return memory.shortFor > 0 ? `its heaters are given another ${inTime(left)} alone` : "its heaters suffice";
}
