import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { z } from "zod";
import {
  HearthworkError,
  Instant,
  messageOf,
  overlaid,
  Seconds,
  type Timeline,
  timelineOf,
  within,
} from "../../domain/index.ts";
import type { Feed, FeedState } from "../../energy/index.ts";
import { askDone } from "../transports/askHttp.ts";
import { mostFigures } from "./answers.ts";
import type { FeedContext, FeedDefinition, FeedJson, FeedMoment, FeedQuestion } from "./definition.ts";
import type { FeedKind } from "./tables.ts";

const longest = 4 * 1024 * 1024;
const firstRetry = Seconds(60);
const lastRetry = Seconds(3600);
const backMs = 2 * 86_400_000;
const aheadMs = 10 * 86_400_000;

export interface OpenFeedOptions<Value> {
  /** Under which it is kept: one feed of a kind at a site. */
  readonly name: string;
  readonly definition: FeedDefinition<Value>;
  readonly config: unknown;
  readonly kind: FeedKind<Value>;
  readonly context: FeedContext;
  /** For a whole answer, ms. Default 20 s. */
  readonly withinMs?: number;
}

/**
 * Opens a feed: what was kept of it counts at once, and its source is asked behind the caller's back, again after an
 * hour or what its row says, after a failure in a minute and then more and more rarely, up to an hour.
 */
export function openFeed<Value>(options: OpenFeedOptions<Value>): Feed<Value> {
  const { definition, config, kind, context } = options;
  const { clock, random, memory } = context;
  const ended = new AbortController();
  const memo = `feed/${options.name}`;
  const source = gistOf(definition.name, config);
  let state: FeedState<Value> = { timeline: [], trouble: "has not answered yet" };

  const moment = (): FeedMoment => ({
    now: clock.now(),
    timezone: context.timezone,
    currency: context.currency,
  });
  const window = (timeline: Timeline<Value>, now: Instant) =>
    within(timeline, Instant(now - backMs), Instant(now + aheadMs)).slice(0, mostFigures);

  async function recall(): Promise<void> {
    const kept = keptSchema(kind.kept).safeParse(await memory.recall(memo).catch(() => null)).data;
    if (!kept || kept.source !== source || kept.fetchedAt > clock.now()) return;
    const spans = kept.spans.map(([from, until, value]) => ({
      from: Instant(from),
      until: Instant(until),
      value: value as Value,
    }));
    state = {
      ...state,
      timeline: window(timelineOf(spans), clock.now()),
      fetchedAt: Instant(kept.fetchedAt),
    };
  }

  async function fetchOnce(): Promise<void> {
    const now = moment();
    const question = definition.question(config, now, context);
    const answer = await ask(question, ended.signal, options.withinMs ?? 20_000);
    const fetched = definition.read(answer, config, now);
    if (fetched.length === 0) {
      throw new HearthworkError({
        code: "feed/empty",
        message: "the answer holds no figures",
        retry: "later",
      });
    }
    const timeline = window(overlaid(state.timeline, fetched), now.now);
    state = { timeline, fetchedAt: now.now };
    await memory
      .remember(memo, {
        source,
        fetchedAt: now.now,
        spans: timeline.map(({ from, until, value }): FeedJson => [from, until, kind.keep(value)]),
      })
      .catch(() => {});
  }

  async function run(): Promise<void> {
    await recall();
    let failures = 0;
    while (!ended.signal.aborted) {
      try {
        await fetchOnce();
        failures = 0;
      } catch (thrown) {
        if (ended.signal.aborted) return;
        failures += 1;
        state = { ...state, trouble: messageOf(thrown) };
      }
      const pause = failures === 0 ? definition.every : Math.min(lastRetry, firstRetry * 2 ** (failures - 1));
      await clock.sleep(Seconds(pause * (0.9 + 0.2 * random.next())), ended.signal);
    }
  }

  const running = run();
  return {
    state: () => state,
    async close() {
      ended.abort();
      await running;
    },
  };
}

async function ask(question: FeedQuestion, signal: AbortSignal, withinMs: number): Promise<string> {
  if (question.kind === "file") return readFile(question.path);
  try {
    return await askDone(question.address, question.request, signal, { longest, withinMs });
  } catch (thrown) {
    if (!(thrown instanceof HearthworkError)) throw thrown;
    // What is said of a device in the home does not help with a server far away.
    const message = thrown.message.replace(/; is it on and in this network\?$/, "");
    throw new HearthworkError({
      code: thrown.code.replace("device/", "feed/"),
      message,
      retry: thrown.retry,
      cause: thrown,
    });
  }
}

async function readFile(path: string): Promise<string> {
  try {
    await using file = await open(path, "r");
    const { size } = await file.stat();
    if (size > longest) throw new Error(`it is longer than ${longest / 1024 / 1024} MiB`);
    return await file.readFile("utf8");
  } catch (cause) {
    throw new HearthworkError({
      code: "feed/unreadable",
      message: `cannot read ${path}: ${messageOf(cause)}`,
      data: { file: path },
      retry: "later",
      cause,
    });
  }
}

const keptSchema = (value: z.ZodType) =>
  z.object({
    source: z.string(),
    fetchedAt: z.number(),
    spans: z.array(z.tuple([z.number(), z.number(), value])).max(mostFigures),
  });

/** Figures of another source, place or product are not this one's. */
const gistOf = (name: string, config: unknown): string =>
  createHash("sha256")
    .update(`${name} ${JSON.stringify(config)}`)
    .digest("hex")
    .slice(0, 16);
