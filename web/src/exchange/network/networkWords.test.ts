import { describe, expect, it } from "vitest";
import { heatNote, powerNote, things, trustWords } from "./networkWords.ts";

const sum = { providers: 2, slots: 8, running: 4, watts: 80, usefulWatts: 60, unmeasured: 0 };

describe("the words of the network", () => {
  it("count things", () =>
    expect([things(1, "task", "tasks"), things(12_000, "task", "tasks")]).toEqual([
      "1 task",
      "12,000 tasks",
    ]));

  it.each([
    [{}, "by what earlier tasks drew"],
    [{ unmeasured: 1 }, "and 1 task of which nothing is known yet"],
    [{ running: 0 }, "nothing runs"],
  ])("say what of the power is known: %o", (change, words) =>
    expect(powerNote({ ...sum, ...change })).toBe(words),
  );

  it.each([
    [{}, "75 % of what computes"],
    [{ watts: 0, usefulWatts: 0 }, "of what computes"],
  ])("say how much of it is wanted as heat: %o", (change, words) =>
    expect(heatNote({ ...sum, ...change })).toBe(words),
  );

  it.each([
    [1, "vouched for"],
    [0, "unknown"],
    [0.3, "on probation"],
    [0.5, "trusted"],
  ])("say how much %d believes", (trust, words) => expect(trustWords(trust)).toBe(words));
});
