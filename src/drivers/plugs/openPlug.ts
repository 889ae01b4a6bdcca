import { type Clock, HearthworkError, Seconds, Watts } from "../../domain/index.ts";
import { written } from "../jsonPath.ts";
import { type AskDevice, type Found, garbage, lookAt, metered } from "../rows/look.ts";
import { finiteIn, firstAt, shown, switchedIn } from "../values.ts";
import type { Plug, PlugReading, PlugSafety } from "./plug.ts";
import { refusalIn } from "./refusals.ts";
import type { PlugRow, Setting } from "./plugRow.ts";

export interface OpenPlugOptions<Question> {
  readonly row: PlugRow<Question>;
  readonly ask: AskDevice<Question>;
  readonly clock: Clock;
  /** Which of its sockets, from 1. */
  readonly channel?: number;
  close(): Promise<void>;
}

/** No socket of a home carries more, W. */
const mostWatts = Watts(20_000);
/** A timer may read so much longer than it was set: clocks differ, and some round up. */
const timerSlack = Seconds(5);

/** A plug of the kind that the row describes. */
export function openPlug<Question>(options: OpenPlugOptions<Question>): Plug {
  const { row, ask, clock, channel = 1 } = options;

  const tell = async (questions: readonly Question[], signal: AbortSignal) => {
    for (const question of questions) await ask(question, signal);
  };
  const read = async (signal: AbortSignal): Promise<PlugReading> =>
    readingOf(row, await lookAt(row.look, ask, channel, signal), clock);
  /** What is not as it has to be, in words; undefined when all is. */
  const unsafe = async (signal: AbortSignal): Promise<string | undefined> => {
    const { ask: question, safe } = row.settings;
    const answer = await ask(question, signal);
    const wrong = safe.filter(({ paths, is }) => !isSame(firstAt(answer, paths, channel), is));
    if (wrong.length === 0) return undefined;
    return wrong
      .map(
        ({ paths, is }) =>
          `${written(paths[0] ?? [])} is ${shown(firstAt(answer, paths, channel))}, not ${is}`,
      )
      .join(", ");
  };

  return {
    read,
    arm: (seconds, signal) => tell(row.arm(seconds), signal),
    async hold(seconds, signal) {
      await tell(row.arm(seconds), signal);
      const reading = await read(signal);
      if (!reading.on) throw fault("not-applied", "it was switched on but says that it is off");
      const { timer } = reading;
      if (timer === undefined || (timer > 0 && timer <= seconds + timerSlack)) return reading;
      const what = timer > 0 ? `is set to ${timer} s instead of ${seconds} s` : "does not run";
      throw fault("not-armed", `its off-timer ${what}, so nothing would cut it off if the hearth died`);
    },
    async cut(signal) {
      await tell(row.cut, signal);
      const reading = await read(signal);
      if (reading.on) throw fault("not-applied", "it was switched off but says that it is on");
      return reading;
    },
    async secure(signal): Promise<PlugSafety> {
      const was = await unsafe(signal);
      if (was === undefined) return { kind: "safe" };
      const refused = await tell(row.settings.set, signal).then(() => undefined, rethrowUnlessRefusal);
      const is = refused ?? (await unsafe(signal));
      if (is === undefined) return { kind: "made safe", was };
      return {
        kind: "unsafe",
        why: `it may switch on when nobody watches, and cannot be set otherwise: ${is}`,
      };
    },
    close: () => options.close(),
  };
}

function readingOf<Question>(row: PlugRow<Question>, found: Found, clock: Clock): PlugReading {
  const on = switchedIn(found(row.on));
  if (on === undefined) throw garbage(`tells no state of its switch: ${shown(found(row.on))}`);
  const { watts, ...rest } = metered(row, found, mostWatts);
  const left = row.timer && timerIn(found(row.timer), row.timer.unit);
  return {
    at: clock.now(),
    on,
    watts: Watts(Math.max(0, watts)),
    ...rest,
    ...(left === undefined ? {} : { timer: left }),
  };
}

const isSame = (found: unknown, wanted: Setting) =>
  found === wanted || String(found).toLowerCase() === String(wanted).toLowerCase();

/** A timer that is not told is not armed. */
function timerIn(found: unknown, unit: "seconds" | "pulse"): Seconds {
  const value = Math.max(0, finiteIn(found) ?? 0);
  if (unit === "seconds") return Seconds(value);
  return Seconds(value <= 111 ? value / 10 : value - 100);
}

function rethrowUnlessRefusal(thrown: unknown): string {
  const why = refusalIn(thrown);
  if (why === undefined) throw thrown;
  return why;
}

const fault = (what: string, message: string) =>
  new HearthworkError({ code: `plug/${what}`, message, retry: "later" });
