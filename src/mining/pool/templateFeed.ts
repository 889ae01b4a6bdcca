import type { BlockTemplate } from "../../bitcoin/index.ts";
import { type Clock, HearthworkError, messageOf, Seconds } from "../../domain/index.ts";
import type { NodeClient } from "../node/nodeClient.ts";

export interface TemplateFeedOptions {
  readonly node: Pick<NodeClient, "blockTemplate">;
  readonly clock: Clock;
  /** What the node gave already. */
  readonly first?: BlockTemplate;
  /** How often to ask for a template with newer fees. Default 30 s. */
  readonly refreshEvery?: Seconds;
  /** A template to mine on. `newTip`: blocks built on the one before would be stale. */
  onTemplate(template: BlockTemplate, newTip: boolean): void;
  /** The node failed to answer; it is asked again. */
  onTrouble(trouble: HearthworkError): void;
}

/** The node's newest template, kept new. */
export interface TemplateFeed {
  /** Since the node last gave a template, or since the start. */
  silence(): Seconds;
  /** What the node's last answer was, when it was a fault. */
  trouble(): HearthworkError | undefined;
  close(): Promise<void>;
}

const pollEvery = Seconds(3);
const shortestPoll = Seconds(1);
const firstRetry = Seconds(0.5);
const longestRetry = Seconds(10);

/**
 * Asks a node for templates: by long poll, so that a new tip is known at once, and every `refreshEvery` besides.
 * A node without long poll is asked every 3 s. While it fails it is asked again after 0.5 s, then ever less often, at least
 * every 10 s.
 */
export function followTemplates(options: TemplateFeedOptions): TemplateFeed {
  const { node, clock, refreshEvery = Seconds(30) } = options;
  const ended = new AbortController();
  const { signal } = ended;
  let latest = options.first;
  let taken = 0;
  let heardAt = clock.monotonic();
  let trouble: HearthworkError | undefined;

  const take = (template: BlockTemplate) => {
    heardAt = clock.monotonic();
    trouble = undefined;
    const newTip = latest === undefined || !sameBytes(latest.previousHash, template.previousHash);
    latest = template;
    taken += 1;
    options.onTemplate(template, newTip);
  };

  /** What was asked before another template came in may be older than that. */
  const refresh = async () => {
    const takenBefore = taken;
    const template = await node.blockTemplate(undefined, signal);
    if (taken === takenBefore) take(template);
  };

  const waitForNews = async () => {
    const { longPollId } = latest ?? {};
    if (longPollId === undefined) {
      await clock.sleep(pollEvery, signal);
      return signal.aborted ? undefined : await refresh();
    }
    const askedAt = clock.monotonic();
    const template = await node.blockTemplate(longPollId, signal);
    take(template);
    const ignoresId = template.longPollId === longPollId && clock.monotonic() - askedAt < shortestPoll;
    if (ignoresId) await clock.sleep(pollEvery, signal);
    return undefined;
  };

  const keepAt = async (work: () => Promise<unknown>) => {
    let retryAfter = firstRetry;
    while (!signal.aborted) {
      try {
        await work();
        retryAfter = firstRetry;
      } catch (thrown) {
        if (signal.aborted) return;
        trouble = asFault(thrown);
        options.onTrouble(trouble);
        await clock.sleep(retryAfter, signal);
        retryAfter = Seconds(Math.min(longestRetry, retryAfter * 2));
      }
    }
  };

  const running = Promise.all([
    keepAt(async () => {
      if (!latest || trouble) await refresh();
      await waitForNews();
    }),
    keepAt(async () => {
      await clock.sleep(refreshEvery, signal);
      if (!signal.aborted) await refresh();
    }),
  ]);

  return {
    silence: () => Seconds(clock.monotonic() - heardAt),
    trouble: () => trouble,
    async close() {
      ended.abort();
      await running;
    },
  };
}

const sameBytes = (a: Uint8Array, b: Uint8Array) => a.every((byte, i) => byte === b[i]);

const asFault = (thrown: unknown) =>
  thrown instanceof HearthworkError
    ? thrown
    : new HearthworkError({ code: "node/fault", message: messageOf(thrown), retry: "later", cause: thrown });
