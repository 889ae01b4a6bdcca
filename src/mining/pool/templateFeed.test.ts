import { describe, expect, it, onTestFinished } from "vitest";
import { type BlockTemplate, parseBlockTemplate } from "../../bitcoin/index.ts";
import { HearthworkError, Instant, Seconds, simulatedClock } from "../../domain/index.ts";
import { followTemplates } from "./templateFeed.ts";

interface Asked {
  readonly longPollId: string | undefined;
  answer(template: BlockTemplate): void;
  fail(): void;
}

const template = (tip: number, reward = 1, longPollId: string | undefined = `tip${tip}`) =>
  parseBlockTemplate({
    version: 1,
    previousblockhash: tip.toString(16).padStart(64, "0"),
    transactions: [],
    coinbasevalue: reward,
    longpollid: longPollId,
    curtime: 1_700_000_000,
    bits: "207fffff",
    height: tip + 1,
  });
const fault = new HearthworkError({ code: "node/unreachable", message: "gone", retry: "later" });

/** A node whose answers the test gives one by one, and the feed that follows it. */
function scene() {
  const clock = simulatedClock(Instant(0));
  const asked: Asked[] = [];
  const told: string[] = [];
  const node = {
    blockTemplate: (longPollId?: string, signal?: AbortSignal) =>
      new Promise<BlockTemplate>((resolve, reject) => {
        const question: Asked = {
          longPollId,
          answer: (answer) => settle(() => resolve(answer)),
          fail: () => settle(() => reject(fault)),
        };
        const settle = (act: () => void) => {
          asked.splice(asked.indexOf(question), 1);
          act();
        };
        signal?.addEventListener("abort", () => question.fail(), { once: true });
        asked.push(question);
      }),
  };
  const feed = followTemplates({
    node,
    clock,
    onTemplate: ({ height, reward }, newTip) =>
      told.push(`${newTip ? "new tip" : "same tip"} ${height - 1} ${reward}`),
    onTrouble: ({ code }) => told.push(code),
  });
  onTestFinished(() => feed.close());
  const pass = (seconds: number) => clock.advance(Seconds(seconds));
  const question = (kind: "plain" | "long poll") => {
    const found = asked.find(({ longPollId }) => (longPollId === undefined) === (kind === "plain"));
    if (!found) throw new Error(`no ${kind} question is open`);
    return found;
  };
  return { feed, told, asked, pass, question };
}

describe("followTemplates", () => {
  it("waits by long poll for a new tip", async () => {
    const { told, pass, question } = scene();
    question("plain").answer(template(1));
    await pass(0);
    expect(question("long poll").longPollId).toBe("tip1");
    await pass(10);
    question("long poll").answer(template(2));
    await pass(0);
    expect(question("long poll").longPollId).toBe("tip2");
    expect(told).toEqual(["new tip 1 1", "new tip 2 1"]);
  });

  it("asks for newer fees every 30 s", async () => {
    const { told, pass, question } = scene();
    question("plain").answer(template(1));
    await pass(29);
    expect(() => question("plain")).toThrow("no plain question");
    await pass(1);
    question("plain").answer(template(1, 7));
    await pass(0);
    expect(told).toEqual(["new tip 1 1", "same tip 1 7"]);
  });

  it("does not go back to what was asked before the tip changed", async () => {
    const { told, pass, question } = scene();
    question("plain").answer(template(1));
    await pass(30);
    question("long poll").answer(template(2));
    await pass(0);
    question("plain").answer(template(1, 7));
    await pass(0);
    expect(told).toEqual(["new tip 1 1", "new tip 2 1"]);
  });

  it("asks a node without long poll every 3 s", async () => {
    const { told, pass, question } = scene();
    const plain = { ...template(1), longPollId: undefined };
    question("plain").answer(plain);
    await pass(3);
    question("plain").answer(plain);
    await pass(3);
    question("plain").answer({ ...template(2), longPollId: undefined });
    await pass(0);
    expect(told).toEqual(["new tip 1 1", "same tip 1 1", "new tip 2 1"]);
  });

  it("does not spin when a node answers long polls at once", async () => {
    const { asked, pass, question } = scene();
    question("plain").answer(template(1));
    await pass(0);
    question("long poll").answer(template(1));
    await pass(2.9);
    expect(asked).toEqual([]);
    await pass(0.1);
    expect(question("long poll").longPollId).toBe("tip1");
  });

  it("asks again ever less often while the node fails, and then plainly", async () => {
    const { feed, told, asked, pass, question } = scene();
    question("plain").answer(template(1));
    await pass(0);
    question("long poll").fail();
    await pass(0);
    expect(feed.trouble()).toBe(fault);
    const waits: number[] = [];
    for (let wait = 0.5; waits.length < 6; wait = Math.min(10, wait * 2)) {
      await pass(wait - 0.1);
      expect(asked).toEqual([]);
      await pass(0.1);
      question("plain").fail();
      await pass(0);
      waits.push(wait);
    }
    expect(waits).toEqual([0.5, 1, 2, 4, 8, 10]);
    expect(feed.silence()).toBeCloseTo(25.5);
    await pass(10);
    question("plain").answer(template(2));
    await pass(0);
    expect(feed.trouble()).toBeUndefined();
    expect(feed.silence()).toBe(0);
    expect(told.at(-1)).toBe("new tip 2 1");
  });

  it("asks nothing once it is closed", async () => {
    const { feed, asked, pass, question } = scene();
    question("plain").answer(template(1));
    await pass(0);
    await feed.close();
    await pass(100);
    expect(asked).toEqual([]);
  });
});
