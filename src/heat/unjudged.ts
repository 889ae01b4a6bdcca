import type { TroubleName } from "./alarms.ts";
import { sensorState } from "./estimate.ts";
import type { ObservedHeater } from "./observedHeater.ts";
import type { SensedSink } from "./sinkRound.ts";

/** Troubles that only a heater's own answer shows to be over. */
const answered = [
  "heater/lost-hot",
  "heater/unreachable",
  "heater/unguarded",
  "heater/overrun",
  "heater/underrun",
  "heater/strayed",
  "heater/fault",
];
const sensed = ["sensor/absurd", "sensor/frozen"];

const named = (codes: readonly string[], subject: string): readonly TroubleName[] =>
  codes.map((code) => ({ code, subject }));

/** What of a heater may be wrong as before, since it does not answer, or was not asked yet. */
export const unjudgedOfHeater = ({ config, reading }: ObservedHeater): readonly TroubleName[] =>
  reading ? [] : named(answered, config.id);

/** What of a sink's sensor may be wrong as before, since it has said nothing since the start and is not yet lost. */
export function unjudgedOfSink({ config, memory: { estimate } }: SensedSink): readonly TroubleName[] {
  const isHeard = estimate.sensor.seenAt !== null;
  return isHeard || sensorState(config.sensor, estimate) === "lost" ? [] : named(sensed, config.id);
}
