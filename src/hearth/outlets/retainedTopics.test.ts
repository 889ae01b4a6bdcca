import { describe, expect, it } from "vitest";
import { eventually } from "./outletBench.suite.ts";
import { retainedTopics } from "./retainedTopics.ts";

/** A broker's line on which each message waits until the test lets it through or fails it. */
function line() {
  const sent: { readonly topic: string; readonly payload: string; settle(isConfirmed: boolean): void }[] = [];
  const held = new Map<string, string>();
  return {
    sent,
    held,
    deliver: (topic: string, payload: string) =>
      new Promise<boolean>((resolve) => {
        const settle = (isConfirmed: boolean) => {
          if (isConfirmed) held.set(topic, payload);
          resolve(isConfirmed);
        };
        sent.push({ topic, payload, settle });
      }),
    /** Confirms, or fails, all that was sent until nothing more comes. */
    async settleAll(isConfirmed: boolean) {
      while (sent.length > 0) {
        for (const message of sent.splice(0)) message.settle(isConfirmed);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

describe("retained topics", () => {
  it("keep the newest payload of each while the line is slow, and few on their way", async () => {
    const slow = line();
    const topics = retainedTopics(slow);
    for (let round = 0; round < 1000; round++) {
      for (let topic = 0; topic < 50; topic++) topics.set(`t/${topic}`, `${round}`);
    }
    await eventually(() => slow.sent.length).toBeGreaterThan(0);
    expect(slow.sent.length).toBeLessThanOrEqual(20);
    let messages = 0;
    const { deliver } = slow;
    slow.deliver = async (...message) => {
      messages += 1;
      return deliver(...message);
    };
    await slow.settleAll(true);
    expect([...slow.held.values()].every((payload) => payload === "999")).toBe(true);
    expect(slow.held.size).toBe(50);
    expect(messages).toBeLessThan(150);
  });

  it("say nothing twice, unless they are asked to", async () => {
    const good = line();
    const topics = retainedTopics(good);
    topics.set("a", "1");
    await good.settleAll(true);
    topics.set("a", "1");
    expect(good.sent).toEqual([]);
    topics.again();
    expect(good.sent.map(({ payload }) => payload)).toEqual(["1"]);
    await good.settleAll(true);
  });

  it("say again what was not confirmed, once they are asked to", async () => {
    const bad = line();
    const topics = retainedTopics(bad);
    topics.set("a", "1");
    topics.set("b", "1");
    await bad.settleAll(false);
    expect(bad.held.size).toBe(0);
    topics.again();
    await bad.settleAll(true);
    expect([...bad.held]).toEqual([
      ["a", "1"],
      ["b", "1"],
    ]);
  });

  it("tell what is removed once the broker has confirmed it, but not what was set again meanwhile", async () => {
    const removed: string[] = [];
    const slow = line();
    const topics = retainedTopics(slow, (topic) => removed.push(topic));
    topics.set("a", "");
    topics.set("b", "");
    expect(removed).toEqual([]);
    await eventually(() => slow.sent.length).toBeGreaterThan(0);
    topics.set("b", "back");
    await slow.settleAll(true);
    expect(removed).toEqual(["a"]);
    expect(slow.held.get("b")).toBe("back");
  });
});
