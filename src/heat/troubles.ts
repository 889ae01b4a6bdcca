import { type HeaterId, type Instant, Seconds, type SiteEvent } from "../domain/index.ts";
import type { Trouble } from "./alarms.ts";
import type { ControlState } from "./controlState.ts";
import { isOverdue } from "./disinfection.ts";
import type { FreeHeater } from "./dispatch.ts";
import { sensorDoubt } from "./doubtSensor.ts";
import { sensorState } from "./estimate.ts";
import { isUnheld } from "./frost.ts";
import { isUnwatched, type Passage, silenceBorne } from "./observe.ts";
import { disobeys, overruns, strays, underruns } from "./obey.ts";
import type { SensedSink } from "./sinkRound.ts";
import { flaps } from "./starts.ts";
import { sayFailures } from "./trial.ts";
import { inTime, inWatts } from "./words.ts";

const stallSeconds = 60;

/** What is wrong with a sink now; `sensorTrouble` is what its sensor's driver says, in words. */
export function troublesOfSink(
  { config, memory }: SensedSink,
  sensorTrouble = "check its sensor",
): readonly Trouble[] {
  const { id, kind, limits } = config;
  const state = sensorState(config.sensor, memory.estimate);
  const troubles: Trouble[] = [];
  const add = (level: SiteEvent["level"], code: string, message: string) =>
    troubles.push({ level, code, subject: id, message });
  if (memory.tooHot)
    add("alarm", `${kind}/too-hot`, `${id} is above its limit of ${limits.maxC} °C: nothing heats it`);
  if (memory.frost) {
    const heats = "everything that may heat it does, whatever was wished";
    add("alarm", `${kind}/frost`, `${id} is below its limit of ${limits.minC} °C: ${heats}`);
  }
  if (memory.frost && isUnheld(memory.frost)) {
    const message = `frost in ${id}: its heaters do not warm it; see to its pipes`;
    add("alarm", `${kind}/frost-unheld`, message);
  }
  if (state === "lost") add("alarm", "sensor/lost", `no believable temperature of ${id}: ${sensorTrouble}`);
  if (state === "absurd") add("alarm", "sensor/absurd", `absurd temperatures of ${id}: ${sensorTrouble}`);
  const doubt = sensorDoubt(config, memory);
  if (doubt !== undefined) {
    add("alarm", "sensor/frozen", `the sensor of ${id} ${doubt}: nothing heats it; check its sensor`);
  }
  if (config.kind === "tank" && config.disinfection && memory.disinfection) {
    const { celsius } = config.disinfection;
    if (isOverdue(config.disinfection, memory.disinfection)) {
      const since = inTime(memory.disinfection.sinceSeconds);
      const message = `${id} has not been hot enough against legionella, ${celsius} °C, for ${since}: see to its heaters`;
      add("alarm", "tank/not-disinfected", message);
    }
  }
  return troubles;
}

/** What is wrong with a heater now. */
export function troublesOfHeater(heater: FreeHeater): readonly Trouble[] {
  const { config, memory, reading } = heater;
  const troubles: Trouble[] = [];
  const add = (level: SiteEvent["level"], code: string, message: string) =>
    troubles.push({ level, code, subject: config.id satisfies HeaterId, message });
  if (memory.silentFor > silenceBorne && memory.hot) {
    const message = `${config.id} does not answer since it last drew power or was hot: look after it`;
    add("alarm", "heater/lost-hot", message);
  } else if (memory.silentFor > silenceBorne) {
    add("warning", "heater/unreachable", `${config.id} does not answer`);
  }
  if (reading?.unguarded !== undefined) {
    const message = `${config.id} is stopped, since nobody would stop it if the hearth died: ${reading.unguarded}`;
    add("alarm", "heater/unguarded", message.slice(0, 300));
  }
  if (memory.tooHot) {
    add("alarm", "heater/too-hot", `${config.id} passed its limit of ${config.limits.deviceMaxC} °C`);
  }
  if (isUnwatched(memory) || (memory.blindRest.trying && !memory.tooHot)) {
    const message = `${config.id} no longer tells its temperature: it is stopped until it does, or has long been idle`;
    add("alarm", "heater/unwatched", message);
  }
  if (flaps(memory.starts, config.maxStartsPerHour)) {
    const often = `more than ${config.maxStartsPerHour} times within an hour`;
    add("alarm", "heater/flapping", `${config.id} started ${often}, some by itself: it has to rest`);
  }
  const { trial } = memory;
  if (trial.status === "failed") {
    const message = `${config.id} was tried and is not run: ${sayFailures(trial)}`;
    add("alarm", "heater/trial-failed", message);
  }
  if (trial.status === "proven" && sayFailures(trial) !== "") {
    const message = `${config.id} was tried and is not run at ${sayFailures(trial)}`;
    add("warning", "heater/trial-partly-failed", message);
  }
  if (reading && overruns(heater)) {
    const asked = inWatts(memory.setpoint.watts);
    add("alarm", "heater/overrun", `${config.id} draws ${inWatts(reading.watts)} though asked for ${asked}`);
  }
  if (underruns(heater)) {
    const asked = inWatts(memory.setpoint.watts);
    add("warning", "heater/underrun", `${config.id} idles though asked for ${asked}: it is asked again`);
  }
  if (strays(heater) && reading?.setTo !== undefined) {
    const [is, asked] = [inWatts(reading.setTo), inWatts(memory.setpoint.watts)];
    add(
      "warning",
      "heater/strayed",
      `${config.id} is set to ${is} though asked for ${asked}: it is asked again`,
    );
  }
  if (disobeys(heater) && !overruns(heater)) {
    const message = `${config.id} does not do what it is asked for, however often: it is not counted on`;
    add("alarm", "heater/disobeys", message);
  }
  if (memory.differ.differs) {
    const { watts, own } = memory.differ;
    const both = watts > 0 ? `: ${inWatts(own)} by its own word, ${inWatts(watts)} by its plug` : "";
    add("warning", "heater/watts-differ", `${config.id} does not draw what it says${both}`);
  }
  if (reading && reading.faults.length > 0) {
    add("warning", "heater/fault", `${config.id}: ${reading.faults.slice(0, 5).join("; ").slice(0, 300)}`);
  }
  return troubles;
}

/** Tells that a heater's trial has ended well. */
export function eventsOfTrial(heater: FreeHeater, before: ControlState, at: Instant): readonly SiteEvent[] {
  const { config, memory } = heater;
  const was = before.heaters[config.id]?.trial.status;
  if (memory.trial.status !== "proven" || was === "proven") return [];
  const proven = memory.trial.results.filter(({ outcome }) => outcome === "proven");
  const powers = proven
    .map(({ watts, drawn }) => `${inWatts(watts)} (drew ${inWatts(drawn ?? 0)})`)
    .join(", ");
  const message = `${config.id} was tried and is counted on from now: ${powers}`;
  return [{ at, level: "info", code: "heater/proven", subject: config.id, message }];
}

/** What the clocks did since the last round. */
export function eventsOfClock({ at, elapsed, jump }: Passage): readonly SiteEvent[] {
  const events: SiteEvent[] = [];
  const add = (level: SiteEvent["level"], code: string, message: string) =>
    events.push({ at, level, code, subject: "site", message });
  if (jump !== 0) {
    const way = jump > 0 ? "forward" : "back";
    add(
      "warning",
      "clock/jumped",
      `the wall clock jumped ${way} by ${inTime(Math.abs(jump))}; the schedule follows it`,
    );
  }
  if (elapsed > stallSeconds) {
    add("warning", "loop/stalled", `nothing was controlled for ${inTime(elapsed)}`);
  }
  return events;
}

const jumpSeconds = 5;

/** Time since the last round: durations by the monotonic clock alone, and by how much the wall clock left it. */
export function passageOf(lastAt: Instant | null, at: Instant, monotonic: Seconds): Passage {
  const elapsed = Seconds(Number.isFinite(monotonic) ? Math.max(0, monotonic) : 0);
  const jump = lastAt === null ? 0 : (at - lastAt) / 1000 - elapsed;
  return { at, elapsed, jump: Seconds(Math.abs(jump) > jumpSeconds ? jump : 0) };
}
