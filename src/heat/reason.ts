import type { Celsius, Instant, Watts } from "../domain/index.ts";
import type { Comfort, ComfortSchedule } from "./comfort.ts";
import { inKelvin, inTime, inWatts } from "./words.ts";

/** "holding 90 W: …", "off: …": what happens to a heater, then why. */
export function sayDecision(before: Watts, now: Watts, why: string, isStopped: boolean): string {
  if (now === 0) return `${isStopped || before > 0 ? "stopped" : "off"}: ${why}`;
  if (before === 0) return `starting at ${inWatts(now)}: ${why}`;
  const verb = now === before ? "holding" : now > before ? "raising to" : "lowering to";
  return `${verb} ${inWatts(now)}: ${why}`;
}

/** "0.4 °C below target, 22 min until set-back". */
export function sayComfort(
  temperature: Celsius,
  comfort: Comfort,
  { setBackC }: ComfortSchedule,
  at: Instant,
): string {
  const below = comfort.target - temperature;
  const distance =
    Math.abs(below) < 0.05 ? "at target" : `${inKelvin(below)} ${below > 0 ? "below" : "above"} target`;
  const { until, nextTarget } = comfort;
  if (until === undefined || nextTarget === undefined || nextTarget === comfort.target) return distance;
  const next = nextTarget === setBackC ? "set-back" : `${nextTarget.toFixed(1)} °C`;
  return `${distance}, ${inTime((until - at) / 1000)} until ${next}`;
}
