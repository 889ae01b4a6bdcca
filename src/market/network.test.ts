import { describe, expect, it } from "vitest";
import { drawAfter, type Presence, sumPresences } from "./network.ts";

const home: Presence = { kind: "home", slots: 4, running: 3, draw: { watts: 20, usefulWatts: 15 } };
const quiet: Presence = { kind: "home", slots: 2, running: 1, draw: undefined };

describe("the network", () => {
  it("sums what providers offer, do and draw, and says of how many tasks nothing is known", () => {
    expect(sumPresences([home, quiet])).toEqual({
      providers: 2,
      slots: 6,
      running: 4,
      watts: 60,
      usefulWatts: 45,
      unmeasured: 1,
    });
  });

  it("of nobody is nothing", () => expect(sumPresences([]).providers).toBe(0));
});

describe("what a task draws", () => {
  it("is what the first one told", () =>
    expect(drawAfter(undefined, { joules: 100, usefulJoules: 50, seconds: 10 })).toEqual({
      watts: 10,
      usefulWatts: 5,
    }));

  it("follows those after it, and does not jump", () => {
    const { watts, usefulWatts } = drawAfter(
      { watts: 10, usefulWatts: 5 },
      { joules: 200, usefulJoules: 0, seconds: 10 },
    );
    expect(watts).toBeCloseTo(13);
    expect(usefulWatts).toBeCloseTo(3.5);
  });
});
