import { type Clock, messageOf, type Random, Seconds } from "../../../domain/index.ts";
import type { Notice } from "./alarmFeed.ts";

export type Delivery =
  | { readonly outcome: "delivered" }
  /** Worth another try. */
  | { readonly outcome: "later"; readonly why: string }
  /** The other side will not take it, however often it is tried. */
  | { readonly outcome: "refused"; readonly why: string };

export interface NoticeQueueOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Ends by its signal. */
  deliver(notice: Notice, signal: AbortSignal): Promise<Delivery>;
  onDelivered(notice: Notice): void;
  /** It is given up. */
  onLost(notice: Notice, why: string): void;
}

/** Notices on their way, one after the other. */
export interface NoticeQueue {
  add(notice: Notice): void;
  /** Tries at once what waits for its next try. */
  retry(): void;
  /** Why the oldest is not delivered, in words. */
  trouble(): string | undefined;
  close(): Promise<void>;
}

const maxWaiting = 200;
const firstPause = 5;
const longestPause = 600;
/** A try at least every ten minutes: some 150 tries. */
const triedFor = 86_400;

interface Waiting {
  readonly notice: Notice;
  readonly addedAt: number;
}

/** Holds notices while the other side is away, for a day and at most 200 of them; the oldest give way. */
export function noticeQueue(options: NoticeQueueOptions): NoticeQueue {
  const { clock, random } = options;
  const ended = new AbortController();
  const { promise: closed, resolve: letGo } = Promise.withResolvers<Delivery>();
  let waiting: Waiting[] = [];
  let trouble: string | undefined;
  let soon = new AbortController();
  let running: Promise<void> | undefined;

  async function attempt({ notice, addedAt }: Waiting): Promise<"settled" | "later"> {
    const delivery = options
      .deliver(notice, ended.signal)
      .catch((thrown: unknown): Delivery => ({ outcome: "later", why: messageOf(thrown) }));
    const result = await Promise.race([delivery, closed]);
    if (ended.signal.aborted && result.outcome !== "delivered") return "later";
    trouble = result.outcome === "delivered" ? undefined : result.why;
    if (result.outcome === "delivered") options.onDelivered(notice);
    else if (result.outcome === "refused") options.onLost(notice, result.why);
    else if (clock.monotonic() - addedAt < triedFor) return "later";
    else options.onLost(notice, result.why);
    return "settled";
  }

  async function run(): Promise<void> {
    let pause = firstPause;
    for (let first = waiting[0]; first && !ended.signal.aborted; first = waiting[0]) {
      if ((await attempt(first)) === "settled") {
        waiting = waiting.filter((one) => one !== first);
        pause = firstPause;
        continue;
      }
      soon = new AbortController();
      await clock.sleep(
        Seconds(pause * (0.75 + random.next() / 2)),
        AbortSignal.any([ended.signal, soon.signal]),
      );
      pause = Math.min(longestPause, pause * 2);
    }
  }

  return {
    add(notice) {
      waiting.push({ notice, addedAt: clock.monotonic() });
      if (waiting.length > maxWaiting) {
        const [oldest] = waiting.splice(1, 1);
        if (oldest) options.onLost(oldest.notice, `more than ${maxWaiting} notices wait`);
      }
      running ??= run().finally(() => {
        running = undefined;
      });
    },
    retry: () => soon.abort(),
    trouble: () => trouble,
    async close() {
      ended.abort();
      letGo({ outcome: "later", why: "the hearth ends" });
      await running;
    },
  };
}
