import { describe, expect, it } from "vitest";
import { openHeadStart } from "./headStart.ts";

const setBack = (hour: number) => (hour >= 6 && hour < 22 ? 20.5 : 18);
/** The hours of its head start, after so many mornings that took as much help. */
function startsAt(mornings: number, helpW: number, headStart = openHeadStart({ wantedC: setBack })): number {
  for (let hour = 0; hour < mornings * 24; hour++) {
    for (let step = 0; step < 4; step++) headStart.end(hour, step, hour % 24 === 6 ? helpW : 0);
  }
  const steps = Array.from({ length: 24 * 4 }, (_, at) => headStart.aheadK(Math.floor(at / 4), at % 4));
  return steps.filter((kelvin) => kelvin > 0).length / 4;
}

describe("a head start", () => {
  it.each([
    ["an hour at first", 0, 0, 1],
    ["longer after mornings that took elements", 4, 2000, 3],
    ["none after mornings that did not", 6, 0, 0],
    ["never longer than the night", 40, 2000, 8],
  ] as const)("is %s", (_, mornings, helpW, hours) => {
    expect(startsAt(mornings, helpW)).toBe(hours);
  });

  it("is up to the set-point that comes, and none where it does not rise", () => {
    const start = openHeadStart({ wantedC: setBack });
    expect([start.aheadK(4, 3), start.aheadK(5, 0), start.aheadK(5, 3), start.aheadK(6, 0)]).toEqual([
      0, 2.5, 2.5, 0,
    ]);
    const steady = openHeadStart({ wantedC: () => 20 });
    expect(startsAt(5, 2000, steady)).toBe(0);
    expect(startsAt(5, 2000, openHeadStart({ wantedC: () => Number.NaN }))).toBe(0);
  });
});
