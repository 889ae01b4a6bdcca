import { z } from "zod";
import { type Clock, Seconds } from "../../../domain/index.ts";
import { eventViewSchema, type SiteView } from "../../../wire/index.ts";
import { allowance } from "../allowance.ts";
import type { Outlet, OutletContext } from "../outlet.ts";
import { type Alarm, feed, type FeedState, keyOf, newFeed, type Notice, noticeOf } from "./alarmFeed.ts";
import { type Delivery, noticeQueue } from "./noticeQueue.ts";

/** A way on which notices leave the house. */
export interface AlarmWay {
  /** Ends by its signal. */
  deliver(notice: Notice, signal: AbortSignal): Promise<Delivery>;
  /** Those that are open now, where somebody can look them up. */
  show?(open: readonly Alarm[]): void;
  /** Why nobody is told, where that shows before there is a notice. */
  trouble?(): string | undefined;
  close?(): Promise<void>;
}

export interface AlarmOutlet extends Outlet {
  /** Sends a notice that says it is only a test; tells whether it arrived. */
  test(signal: AbortSignal): Promise<Delivery>;
}

export interface AlarmOutletOptions {
  readonly name: string;
  /** Whether warnings are told too. */
  readonly level: Alarm["level"];
  /** `retry` tries at once what waits, as when the other side is back. */
  way(retry: () => void): AlarmWay;
  readonly context: OutletContext;
}

/** More than a house has at once when all goes wrong; then one every 20 s. */
const burst = 60;
const every = Seconds(20);

/** What the other side was told: surely, or perhaps, where its answer was lost. */
const memorySchema = z.record(
  z.string(),
  z.object({ alarm: eventViewSchema.extend({ level: z.enum(["warning", "alarm"]) }), sure: z.boolean() }),
);

/**
 * Tells of alarms as they come and go. Which ones the other side knows of is remembered, so that a restart neither
 * repeats them nor forgets that they are over.
 */
export async function openAlarmOutlet(options: AlarmOutletOptions): Promise<AlarmOutlet> {
  const { name, level, context } = options;
  const { clock, memory } = context;
  const known = new Map(Object.entries(await recalled(name, context)));
  const mayTell = allowance(clock, burst, every);
  let state: FeedState | undefined;
  let keeping = Promise.resolve();
  const keep = () => {
    const value = Object.fromEntries(known);
    keeping = keeping
      .then(() => memory.remember(name, value))
      .catch((thrown: unknown) => context.onFault(thrown));
  };
  const queue = noticeQueue({
    clock,
    random: context.random,
    async deliver(notice, signal) {
      const { kind, alarm } = notice;
      if (kind === "raised" && !known.has(keyOf(alarm))) {
        known.set(keyOf(alarm), { alarm, sure: false });
        keep();
      }
      return way.deliver(notice, signal);
    },
    onDelivered({ kind, alarm }) {
      if (kind === "raised") known.set(keyOf(alarm), { alarm, sure: true });
      else known.delete(keyOf(alarm));
      keep();
    },
    onLost({ alarm }, why) {
      const message = `nobody was told by ${name} of "${alarm.message.slice(0, 100)}": ${why}`;
      context.tell({ level: "warning", code: "alarm/undelivered", subject: "site", message });
    },
  });

  const way = options.way(() => queue.retry());

  return {
    name,
    update(view) {
      const open = view.alarms.filter((event) => isTold(event, level));
      way.show?.(open);
      const now = clock.monotonic();
      const next = feed(state ?? recalledFeed(known, open), {
        open,
        at: view.now,
        now,
        allowed: mayTell.left(),
      });
      state = next.state;
      mayTell.spend(next.notices.length);
      for (const notice of next.notices) queue.add(notice);
    },
    test: async (signal) => Promise.race([way.deliver(testNotice(clock), signal), noAnswer(signal)]),
    trouble: () => way.trouble?.() ?? queue.trouble(),
    async close() {
      await queue.close();
      await Promise.allSettled([way.close?.(), keeping]);
    },
  };
}

/** What was told perhaps is told again where it is still so, and is over for sure where it is over. */
function recalledFeed(
  known: ReadonlyMap<string, z.output<typeof memorySchema>[string]>,
  open: readonly Alarm[],
): FeedState {
  const openKeys = new Set(open.map(keyOf));
  const told = [...known].filter(([key, { sure }]) => sure || !openKeys.has(key));
  return { ...newFeed, told: Object.fromEntries(told.map(([key, { alarm }]) => [key, alarm])) };
}

const isTold = (event: SiteView["alarms"][number], level: Alarm["level"]): event is Alarm =>
  event.level === "alarm" || event.level === level;

async function recalled(name: string, context: OutletContext) {
  const kept = await context.memory.recall(name).catch((thrown: unknown) => context.onFault(thrown));
  return memorySchema.safeParse(kept).data ?? {};
}

const noAnswer = (signal: AbortSignal) =>
  new Promise<Delivery>((resolve) => {
    signal.addEventListener("abort", () => resolve({ outcome: "later", why: "no answer in time" }));
  });

function testNotice(clock: Clock): Notice {
  const at = new Date(clock.now()).toISOString();
  const message = "A test: all is well, and alarms reach you";
  return noticeOf("test", { at, level: "alarm", code: "alarm/test", subject: "site", message }, at);
}
