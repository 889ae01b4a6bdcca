import { type Clock, type HeaterId, messageOf, Seconds, Watts } from "../domain/index.ts";
import type { Applied, HeaterDriver, HeaterReading, HeaterTraits, Setpoint } from "../heat/index.ts";
import { atMost } from "./atMost.ts";

export interface HeaterSnapshot {
  /** The newest reading, however old. */
  readonly reading: HeaterReading | undefined;
  /** Why the last call gave no reading, or refused a setpoint; undefined when it did as asked. */
  readonly trouble: string | undefined;
  /** Whether the last call was answered. */
  readonly answers: boolean;
  /** The setpoint that it took and read back; undefined before the first, and after a call of which nobody knows what it did. */
  readonly held: Setpoint | undefined;
}

/** One heater's line: calls go through it one at a time, and nobody waits for them. */
export interface HeaterPort {
  readonly id: HeaterId;
  readonly driver: HeaterDriver;
  readonly traits: HeaterTraits;
  snapshot(): HeaterSnapshot;
  /** What came in since the last call, oldest first. */
  drain(): readonly HeaterReading[];
  /** Applied as soon as the line is free, and again until it holds; `again` writes even what was written before. */
  ask(setpoint: Setpoint, again?: boolean): void;
  /** Ends when the driver has brought the heater to its safe state, or after the deadline. */
  close(): Promise<void>;
}

export interface HeaterPortTiming {
  /** Between two reads. */
  readonly period: Seconds;
  /** After which a call counts as failed, by the host's time. */
  readonly deadline: Seconds;
  /** Without being asked for anything for so long, it stops the heater by itself: nobody watches. */
  readonly unwatched: Seconds;
}

const defaultTiming: HeaterPortTiming = {
  period: Seconds(5),
  deadline: Seconds(8),
  unwatched: Seconds(90),
};
const mostUndrained = 1000;
const idle: Setpoint = { watts: Watts(0), workload: "idle" };

/**
 * Opens the line to a heater and begins to read it. `host` is the time that devices live in, which an accelerated
 * site's clock is not.
 */
export function openHeaterPort(
  id: HeaterId,
  driver: HeaterDriver,
  clock: Clock,
  host: Clock = clock,
  timing: HeaterPortTiming = defaultTiming,
): HeaterPort {
  let wanted: Setpoint | undefined;
  let askedAt = clock.monotonic();
  let held: Setpoint | undefined;
  let reading: HeaterReading | undefined;
  const undrained: HeaterReading[] = [];
  let trouble: string | undefined = "has not answered yet";
  let answers = false;
  let hung: Promise<unknown> | undefined;
  const ended = new AbortController();
  let wake = new AbortController();

  const heard = (next: HeaterReading) => {
    reading = next;
    if (undrained.length < mostUndrained) undrained.push(next);
    answers = true;
  };
  const settle = (setpoint: Setpoint, applied: Applied) => {
    if (applied.outcome === "applied") {
      held = setpoint;
      trouble = undefined;
      heard(applied.reading);
    } else trouble = `${applied.outcome}: ${applied.why}`;
  };

  async function turn(): Promise<void> {
    const isUnwatched = clock.monotonic() - askedAt > timing.unwatched;
    if (isUnwatched && wanted && wanted.workload !== "idle") wanted = { ...idle };
    const setpoint = wanted;
    try {
      if (setpoint && setpoint !== held) {
        settle(setpoint, await within((signal) => driver.apply(setpoint, signal)));
        if (held !== setpoint) heard(await within((signal) => driver.read(signal)));
      } else {
        heard(await within((signal) => driver.read(signal)));
        trouble = undefined;
      }
    } catch (thrown) {
      const wasWritten = setpoint !== held;
      if (wasWritten) held = undefined;
      trouble = messageOf(thrown);
      answers = false;
      if (wasWritten) await look();
    }
  }

  /** What does not do as it is told is seen all the same, as a relay that does not open is by what it lets through. */
  async function look(): Promise<void> {
    try {
      heard(await within((signal) => driver.read(signal)));
    } catch {
      // It does not answer, as was said.
    }
  }

  /** A call that ends by its deadline whatever the driver does; while a driver hangs it is asked nothing more. */
  async function within<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (hung) throw new Error("still hangs in an earlier call");
    const aborter = new AbortController();
    const timer = new AbortController();
    const late = host.sleep(timing.deadline, timer.signal).then(() => {
      aborter.abort();
      throw new Error(`no answer within ${timing.deadline} s`);
    });
    late.catch(() => {});
    const answer = (async () => call(aborter.signal))();
    const track = answer.then(
      () => (hung = undefined),
      () => (hung = undefined),
    );
    hung = track;
    try {
      return await Promise.race([answer, late]);
    } finally {
      timer.abort();
    }
  }

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      await turn();
      if (wanted === held || trouble !== undefined) {
        // One signal alone: one of several would be remembered by the one that lasts for as long as that does.
        await clock.sleep(timing.period, wake.signal);
      }
      wake = new AbortController();
    }
  }
  const running = run();

  return {
    id,
    driver,
    traits: driver.traits,
    drain: () => undrained.splice(0),
    snapshot: () => ({ reading, trouble, answers, held }),
    ask(setpoint, again = false) {
      askedAt = clock.monotonic();
      const same = !again && wanted?.watts === setpoint.watts && wanted.workload === setpoint.workload;
      if (same) return;
      // One of its own, so that what was held before is never taken for it.
      wanted = { ...setpoint };
      wake.abort();
    },
    async close() {
      ended.abort();
      wake.abort();
      // Until it is closed it may draw its most, and nobody is told otherwise.
      answers = false;
      trouble = "is let go of";
      await atMost(host, timing.deadline, running);
      await atMost(host, timing.deadline, (async () => driver.close())());
    },
  };
}
