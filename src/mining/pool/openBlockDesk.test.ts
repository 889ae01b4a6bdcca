import { describe, expect, it } from "vitest";
import { HearthworkError, Instant, Seconds, simulatedClock } from "../../domain/index.ts";
import type { Submission } from "../node/nodeClient.ts";
import { sampleWork } from "../stratum/sampleWork.suite.ts";
import { openBlockDesk } from "./openBlockDesk.ts";
import { openPoolBooks } from "./poolBooks.ts";

const unreachable = new HearthworkError({ code: "node/unreachable", message: "gone", retry: "later" });
const refused = new HearthworkError({ code: "node/refused", message: "no block at all" });

/** A desk at a node that answers one call after another as the test says. */
function scene(answers: (Submission | HearthworkError)[]) {
  const clock = simulatedClock(Instant(0));
  const books = openPoolBooks();
  const calls: string[] = [];
  const told: string[] = [];
  const desk = openBlockDesk({
    clock,
    books,
    node: {
      async submitBlock(hex) {
        calls.push(hex);
        const answer = answers.shift() ?? unreachable;
        if (answer instanceof HearthworkError) throw answer;
        return answer;
      },
    },
    onEvent: (event) => void (event.kind === "block" && told.push(event.block.outcome)),
  });
  const work = sampleWork({ id: "1" });
  const find = (n: number) =>
    desk.handIn({
      kind: "block",
      work,
      user: "me",
      header: new Uint8Array(80),
      coinbase: new Uint8Array(100),
      hash: Uint8Array.from({ length: 32 }, () => n),
    });
  const outcomes = () => books.figures(clock.now()).blocks.map(({ outcome, why }) => why ?? outcome);
  return { clock, desk, calls, told, find, outcomes };
}

describe("the desk for blocks", () => {
  it("hands a block in before it does anything else", () => {
    const { find, calls, told, outcomes } = scene([]);
    find(1);
    expect(calls).toHaveLength(1);
    expect(told).toEqual(["pending"]);
    expect(outcomes()).toEqual(["pending"]);
  });

  it.each<[Submission, string]>([
    [{ outcome: "accepted" }, "accepted"],
    [{ outcome: "duplicate" }, "duplicate"],
    [{ outcome: "inconclusive" }, "inconclusive"],
    [{ outcome: "rejected", why: "high-hash" }, "high-hash"],
  ])("writes down that the node said %j", async (answer, written) => {
    const { clock, find, told, outcomes } = scene([answer]);
    find(1);
    await clock.advance(Seconds(0));
    expect(outcomes()).toEqual([written]);
    expect(told).toEqual(["pending", answer.outcome]);
  });

  it("tries again until the node has spoken, each block for itself", async () => {
    const { clock, find, calls, outcomes } = scene([unreachable, { outcome: "accepted" }, unreachable]);
    find(1);
    find(2);
    await clock.advance(Seconds(0.2));
    expect(outcomes()).toEqual(["accepted", "pending"]);
    expect(calls).toHaveLength(2);
    await clock.advance(Seconds(0.1));
    expect(calls).toHaveLength(3);
    await clock.advance(Seconds(60));
    expect(calls.length).toBeGreaterThan(8);
    expect(calls.length).toBeLessThan(14);
  });

  it("does not press a node that calls it no block, nor one that has been away for an hour", async () => {
    const { clock, find, calls, outcomes } = scene([refused]);
    find(1);
    await clock.advance(Seconds(60));
    expect(outcomes()).toEqual(["no block at all"]);
    expect(calls).toHaveLength(1);
    find(2);
    await clock.advance(Seconds(3650));
    expect(outcomes()).toEqual(["gone", "no block at all"]);
  });

  it("keeps no more than sixteen waiting", async () => {
    const { clock, find, calls, outcomes } = scene([]);
    for (let n = 0; n < 20; n += 1) find(n);
    await clock.advance(Seconds(0));
    expect(calls).toHaveLength(16);
    expect(outcomes().slice(0, 5)).toEqual([
      ...Array.from({ length: 4 }, () => "too many blocks wait for the node"),
      "pending",
    ]);
  });

  it("gives the last ones five seconds when it closes", async () => {
    const { clock, desk, find, outcomes } = scene([unreachable, unreachable, { outcome: "accepted" }]);
    find(1);
    const closing = desk.close();
    await clock.advance(Seconds(1));
    await closing;
    expect(outcomes()).toEqual(["accepted"]);

    const away = scene([]);
    away.find(1);
    const given = away.desk.close();
    await away.clock.advance(Seconds(5));
    await given;
    expect(away.outcomes()).toEqual(["gone"]);
  });
});
