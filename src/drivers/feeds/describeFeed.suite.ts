import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  Instant,
  Seconds,
  seededRandom,
  type SimulatedClock,
  simulatedClock,
  spanAt,
} from "../../domain/index.ts";
import type { Feed } from "../../energy/index.ts";
import type { FeedMemory } from "./definition.ts";
import {
  type FeedBench,
  type FeedSource,
  startSource,
  type Truths,
  type WrittenAnswer,
} from "./feedBench.suite.ts";
import { openFeed } from "./openFeed.ts";

/** What every feed keeps to, whatever its source does. */
export function describeFeed<Value>(bench: FeedBench<Value>): void {
  describe(`the feed ${bench.title}`, () => {
    let source: FeedSource;
    let clock: SimulatedClock;
    let kept: Map<string, unknown>;
    let feed: Feed<Value> | undefined;

    beforeEach(async () => {
      source = await startSource(bench.via);
      clock = simulatedClock(bench.now);
      kept = new Map();
    });
    afterEach(async () => {
      await feed?.close();
      feed = undefined;
      await source.close();
    });

    const memory: FeedMemory = {
      remember: async (name, value) => void kept.set(name, JSON.parse(JSON.stringify(value))),
      recall: async (name) => kept.get(name) ?? null,
    };
    const open = (extra: Record<string, unknown> = {}) =>
      openFeed<Value>({
        name: bench.title,
        definition: bench.definition,
        config: bench.definition.config.parse({ ...bench.config(source.place), ...extra }),
        kind: bench.kind,
        context: {
          clock,
          random: seededRandom(1),
          memory,
          timezone: bench.timezone,
          currency: bench.currency ?? "EUR",
          secret: () => ({ password: "the-key" }),
        },
        withinMs: 400,
      });
    const start = (answer?: WrittenAnswer<Value>) => {
      if (answer) source.give(answer.text);
      feed = open();
      return feed;
    };
    const until = (condition: () => boolean) =>
      expect.poll(condition, { timeout: 5000, interval: 5 }).toBe(true);
    const fetched = (of: Feed<Value>) =>
      until(() => of.state().fetchedAt !== undefined && of.state().trouble === undefined);
    const failed = (of: Feed<Value>) =>
      until(() => ![undefined, "has not answered yet"].includes(of.state().trouble));
    const expectTruths = (of: Feed<Value>, truths: Truths<Value>) => {
      expect(truths.length).toBeGreaterThan(1);
      for (const [at, value] of truths) {
        const told = spanAt(of.state().timeline, Instant(Date.parse(at)))?.value;
        expect([at, told]).toEqual([at, value]);
      }
    };

    it("asks as its source documents, and gives what it says", async () => {
      const opened = start(bench.whole);
      expect(opened.state()).toEqual({ timeline: [], trouble: "has not answered yet" });
      await fetched(opened);
      expectTruths(opened, bench.whole.truths);
      for (const part of bench.asks) expect(source.asked[0]).toMatch(part);
    });

    it("gives half of the figures where only half are there", async () => {
      const opened = start(bench.half);
      await fetched(opened);
      expectTruths(opened, bench.half.truths);
    });

    it("knows what holds when the clocks are changed", async () => {
      const opened = start(bench.clockChange);
      await fetched(opened);
      expectTruths(opened, bench.clockChange.truths);
    });

    it("says when it was fetched, and keeps what it knows while its source is away", async () => {
      const opened = start(bench.whole);
      await fetched(opened);
      expect(opened.state().fetchedAt).toBe(bench.now);
      source.fail("down");
      await clock.advance(Seconds(bench.definition.every * 1.2));
      await failed(opened);
      expect(opened.state().fetchedAt).toBe(bench.now);
      expectTruths(opened, bench.whole.truths);
    });

    it("asks again in a minute, then more and more rarely, and is well again at once", async () => {
      source.fail("down");
      const opened = start();
      await failed(opened);
      source.give(bench.whole.text);
      await clock.advance(Seconds(50));
      expect(opened.state().fetchedAt).toBeUndefined();
      await clock.advance(Seconds(20));
      await fetched(opened);
      expectTruths(opened, bench.whole.truths);
    });

    it("goes on after a restart with what it knew, and with its age", async () => {
      const first = start(bench.whole);
      await fetched(first);
      await first.close();
      source.fail("down");
      await clock.advance(Seconds(600));
      const second = start();
      await failed(second);
      expect(second.state().fetchedAt).toBe(bench.now);
      expectTruths(second, bench.whole.truths);
    });

    it("does not take over what another source gave, or what cannot be read", async () => {
      const first = start(bench.whole);
      await fetched(first);
      await first.close();
      const memo = kept.get(`feed/${bench.title}`) as Record<string, unknown>;
      source.fail("down");
      for (const wrong of [{ ...memo, source: "another" }, { ...memo, spans: [["x"]] }, "nonsense", null]) {
        kept.set(`feed/${bench.title}`, wrong);
        const next = start();
        await failed(next);
        expect(next.state().timeline).toEqual([]);
        await next.close();
      }
    });

    it.each([
      ["nothing", ""],
      ["another page", "<html><body>Please log in</body></html>"],
      ["half a document", (text: string) => text.slice(0, text.length / 2)],
      ["no figures at all", "{}"],
      ["a list of nothing", "[]"],
    ])("says that it does not understand %s", async (_what, answer) => {
      source.give(
        typeof answer === "string" ? answer : answer(bench.via === "http" ? bench.whole.text : "from;x\n"),
      );
      const opened = start();
      await failed(opened);
      expect(opened.state().timeline).toEqual([]);
      expect(opened.state().trouble).toMatch(/not understood|no figures|said/);
    });

    it("does not read more than is reasonable", async () => {
      source.fail("endless");
      const opened = start();
      await failed(opened);
      expect(opened.state().trouble).toMatch(/more than|longer than/);
    });

    if (bench.via === "http") {
      it.each(["hang", "cut"] as const)("gives up on a source that would %s", async (mode) => {
        source.give(bench.whole.text);
        source.fail(mode);
        const opened = start();
        await failed(opened);
        expect(opened.state().timeline).toEqual([]);
      });

      it("closes at once while its source keeps it waiting", async () => {
        source.fail("hang");
        const opened = start();
        await until(() => source.asked.length > 0);
        await opened.close();
      });

      it("never shows its key", async () => {
        source.fail("down");
        const opened = start();
        await failed(opened);
        expect(JSON.stringify([opened.state(), [...kept]])).not.toContain("the-key");
      });
    }

    const { refusal } = bench;
    if (refusal) {
      it("passes on why its source refuses", async () => {
        source.give(refusal.text);
        const opened = start();
        await failed(opened);
        expect(opened.state().trouble).toMatch(refusal.words);
      });
    }
  });
}
