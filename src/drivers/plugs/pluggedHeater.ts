import { HearthworkError, messageOf, type Seconds } from "../../domain/index.ts";
import type { Applied, HeaterDriver, HeaterReading, HeaterTraits, Setpoint } from "../../heat/index.ts";
import type { DriverContext } from "../definition.ts";
import { inTime } from "../transports/inTime.ts";
import { takeTurns } from "../transports/takeTurns.ts";
import type { PlugReading } from "./plug.ts";
import type { PlugGuard, PlugView } from "./plugGuard.ts";
import {
  idlingReading,
  meteredReading,
  muteReading,
  startsNow,
  traitsBehindPlug,
  unmeteredReading,
  unpoweredReading,
} from "./pluggedReading.ts";
import { overloadOf } from "./overload.ts";
import { silenceOf } from "./silence.ts";

export interface PluggedHeaterOptions {
  readonly heater: HeaterDriver;
  /** Whether nobody can speak to it, so that the plug's word is all there is. */
  readonly mute: boolean;
  readonly guard: PlugGuard;
  /** What the plug carries all the time, W; undefined where another wire carries the power. */
  readonly ratedWatts: number | undefined;
  readonly context: Pick<DriverContext, "clock" | "onEvent">;
  /** Whether a stopped device is cut off. One that cannot stop by itself always is. */
  readonly cutWhenIdle: boolean;
  /** How long a device may take until it answers after its power is switched on. */
  readonly boot: Seconds;
  /** How long a device that was told to stop may take until it is cut off all the same. */
  readonly pause: Seconds;
}

/** A device that was told to stop and is to be cut off: whether it says that it did, and by when it is cut anyway. */
interface Stopping {
  readonly confirmed: boolean;
  readonly by: number;
}
type Answer = HeaterReading | HearthworkError;

/** Of one call's time so much is the device's, so that a silent one leaves time to cut it off, ms of the host. */
const deviceMs = { read: 3000, stop: 4500 };
const letGoMs = { turn: 1000, plug: 2000, device: 4500 };

/**
 * A heater behind a metered plug. Its watts are the plug's, the device's own word is told beside them. The plug's
 * off-timer, started again at every reading while the device is to have power, is who brings it to its safe state:
 * without the hearth it is cut off. A device is told to stop before it is cut, and is cut when it does not answer while
 * it is hot or draws power.
 */
export function pluggedHeater(options: PluggedHeaterOptions): HeaterDriver {
  const { heater, guard, boot, pause } = options;
  const { context } = options;
  const { clock } = context;
  const cuts = options.cutWhenIdle || !heater.traits.canStop;
  const silence = silenceOf(heater.traits);
  const overload = overloadOf(options.ratedWatts);
  const inTurn = takeTurns();
  let wished: "run" | "rest" | undefined;
  let stopping: Stopping | undefined;
  let poweredAt = -Infinity;
  /** Why it has no power though it should run, in words. */
  let powerLost: string | undefined;
  let closed = false;

  const keepsPower = () => !stopping && (wished === "run" || (wished === "rest" && !cuts));
  const starts = () => clock.monotonic() - poweredAt < boot;
  const hasSettled = () => clock.monotonic() - poweredAt > boot + heater.traits.settle;
  const drawsLittle = (plug: PlugReading) => plug.watts <= silence.little;

  async function read(signal: AbortSignal): Promise<HeaterReading> {
    const view = await guard.look(keepsPower(), signal);
    if (view.reading?.on === false) return withoutPower(view.reading, view);
    const device = await inTime(deviceMs.read, signal, (limited) => ask(heater, limited));
    return settle(view, device, signal);
  }

  /** What both say, after what had to be done about it was done. */
  async function settle(view: PlugView, device: Answer, signal: AbortSignal): Promise<HeaterReading> {
    const plug = view.reading;
    if (!plug) {
      if (options.mute) throw view.error;
      if (device instanceof HearthworkError) throw device;
      return unmeteredReading(device, view);
    }
    powerLost = undefined;
    const after = await cutIfDue(plug, device, signal);
    if (after) return withoutPower(after, view);
    if (device instanceof HearthworkError) {
      const works = !drawsLittle(plug) && Object.keys(heater.traits.steps).length > 0;
      return muteReading(plug, view, { works, starts: starts(), why: device.message });
    }
    silence.heard(device);
    const reading = meteredReading(device, plug, view);
    return options.mute && drawsLittle(plug) && hasSettled() ? idlingReading(reading) : reading;
  }

  /** Gives the plug's new reading where it cut. */
  async function cutIfDue(plug: PlugReading, device: Answer, signal: AbortSignal) {
    const now = clock.monotonic();
    const tooMuch = overload.judge(plug, now);
    if (tooMuch !== undefined) return cut(tooMuch, signal);
    if (!stopping) {
      const why = starts() ? undefined : silence.judge(device, plug, now);
      return why === undefined ? undefined : cut(why, signal);
    }
    if (stopping.confirmed && drawsLittle(plug)) return cut(undefined, signal);
    if (now < stopping.by) return undefined;
    const draws = `it was told to stop and draws ${Math.round(plug.watts)} W`;
    return cut(drawsLittle(plug) ? undefined : draws, signal);
  }

  async function cut(why: string | undefined, signal: AbortSignal): Promise<PlugReading> {
    const reading = await guard.cut(signal);
    stopping = undefined;
    if (why !== undefined) {
      powerLost = `it was cut off: ${why}`;
      context.onEvent({ level: "alarm", code: "plug/cut", message: `Its plug cut it off: ${why}` });
    }
    return reading;
  }

  /** A timer that ran out while the hearth was away is no fault: the heater is asked again. A hand's word stands. */
  function withoutPower(plug: PlugReading, view: PlugView): HeaterReading {
    silence.forget();
    if (stopping?.confirmed === false) {
      context.onEvent({
        level: "alarm",
        code: "plug/cut",
        message: "Its plug cut it off: it did not take its stop",
      });
    }
    stopping = undefined;
    if (wished === "run" && !guard.ranOut()) {
      powerLost ??= "it has no power: its plug was switched off by hand, or by itself";
    }
    return unpoweredReading(plug, view, wished === "run" && powerLost !== undefined ? [powerLost] : []);
  }

  async function run(setpoint: Setpoint, signal: AbortSignal): Promise<Applied> {
    if (!isWorthPower(heater.traits, setpoint)) return heater.apply(setpoint, signal);
    const tooWeak = overload.found();
    if (tooWeak !== undefined) return { outcome: "refused", why: tooWeak };
    const before = await guard.look(false, signal);
    const held = await guard.hold(signal);
    if (typeof held === "string") return { outcome: "refused", why: held };
    wished = "run";
    stopping = undefined;
    if (before.reading?.on === false) poweredAt = clock.monotonic();
    try {
      const applied = await heater.apply(setpoint, signal);
      if (applied.outcome !== "applied") return applied;
      const reading = await settle(await guard.look(false, signal), applied.reading, signal);
      return { outcome: "applied", reading };
    } catch (thrown) {
      if (!starts() || signal.aborted) throw thrown;
      return { outcome: "busy", why: startsNow };
    }
  }

  async function rest(setpoint: Setpoint, signal: AbortSignal): Promise<Applied> {
    wished = "rest";
    const view = await guard.look(false, signal);
    if (view.reading?.on === false) {
      return { outcome: "applied", reading: withoutPower(view.reading, view) };
    }
    if (!heater.traits.canStop) {
      return { outcome: "applied", reading: withoutPower(await cut(undefined, signal), view) };
    }
    const stopped = await stopDevice(setpoint, signal);
    if (stopped.outcome === "applied" && !cuts) {
      stopping = undefined;
      return { outcome: "applied", reading: await read(signal) };
    }
    await cutSoon(stopped.outcome === "applied", signal);
    const reading = await read(signal);
    const isDone = stopped.outcome === "applied" || !stopping;
    return isDone ? { outcome: "applied", reading } : stopped;
  }

  async function stopDevice(setpoint: Setpoint, signal: AbortSignal): Promise<Applied> {
    try {
      return await inTime(deviceMs.stop, signal, (limited) => heater.apply(setpoint, limited));
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      const why = `its plug cuts it off within ${pause} s, since it did not take its stop: ${messageOf(thrown)}`;
      return { outcome: "busy", why };
    }
  }

  /** From the first time that it was told to stop it has so long; the plug's own timer sees to it, come what may. */
  async function cutSoon(confirmed: boolean, signal: AbortSignal): Promise<void> {
    const by = stopping?.by ?? clock.monotonic() + pause;
    if (!stopping) await guard.cutIn(pause, signal);
    stopping = { confirmed, by };
  }

  /** Its plug is told first to cut it off, soon where it can stop, so that its fans may cool it; then it is stopped. */
  async function letGo(): Promise<void> {
    const inTime = AbortSignal.timeout(letGoMs.plug);
    const { reading } = await guard.look(false, inTime);
    if (reading?.on !== false) {
      await (heater.traits.canStop ? guard.cutIn(pause, inTime) : guard.cut(inTime)).catch(tellLeftOn);
    }
    await (heater.traits.canStop ? endedWithin(letGoMs.device, heater.close()) : heater.leave());
    await guard.close();
  }

  const tellLeftOn = (thrown: unknown) => {
    const message = `Its plug cuts it off by its timer, within ${guard.timer} s, and could not be told to do so sooner: ${messageOf(thrown)}`;
    context.onEvent({ level: "warning", code: "plug/left-on", message });
  };

  const whileOpen = <T>(call: () => Promise<T>, signal: AbortSignal) =>
    inTurn(() => {
      if (!closed) return call();
      throw new HearthworkError({ code: "driver/closed", message: "this heater was let go of" });
    }, signal);

  return {
    traits: traitsBehindPlug(heater.traits, { timer: guard.timer, boot, cuts }),
    read: (signal) => whileOpen(() => read(signal), signal),
    apply: (setpoint, signal) =>
      whileOpen(
        () => (setpoint.workload === "idle" ? rest(setpoint, signal) : run(setpoint, signal)),
        signal,
      ),
    async close() {
      if (closed) return;
      closed = true;
      await inTurn(() => Promise.resolve(), AbortSignal.timeout(letGoMs.turn)).catch(() => {});
      await letGo();
    },
    async leave() {
      closed = true;
      await heater.leave();
      await guard.close();
    },
  };
}

async function ask(heater: HeaterDriver, signal: AbortSignal): Promise<Answer> {
  try {
    return await heater.read(signal);
  } catch (thrown) {
    if (thrown instanceof HearthworkError) return thrown;
    return new HearthworkError({ code: "device/no-answer", message: messageOf(thrown), retry: "later" });
  }
}

/** Whether its power is switched on to ask it for that. */
function isWorthPower({ steps, maxWatts }: HeaterTraits, { workload, watts }: Setpoint): boolean {
  return workload !== "idle" && workload in steps && watts > 0 && watts <= maxWatts * 1.05;
}

/** Waits for work to end, however it does, and no longer than so many ms of the host's time. */
async function endedWithin(ms: number, work: Promise<unknown>): Promise<void> {
  const late = AbortSignal.timeout(ms);
  const isLate = new Promise((resolve) => late.addEventListener("abort", resolve, { once: true }));
  await Promise.race([Promise.allSettled([work]), isLate]);
}
