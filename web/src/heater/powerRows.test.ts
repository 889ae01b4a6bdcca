import { expect, it } from "vitest";
import { powerRows } from "./powerRows.ts";

it("sets what a heater drew beside its own figures, whether it was tried or measured", () => {
  const rows = powerRows({
    learned: [{ watts: 1000, drawnWatts: 1180, seconds: 7200 }],
    trial: {
      status: "proven",
      powers: [
        { watts: 500, outcome: "proven", drawnWatts: 490, why: "" },
        { watts: 1000, outcome: "proven", drawnWatts: 1100, why: "" },
        { watts: 1500, outcome: "failed", drawnWatts: null, why: "it drew nothing" },
      ],
    },
  });
  expect(rows).toEqual([
    { watts: 500, drawnWatts: 490, difference: "2 % less", isOff: false, seconds: undefined, trial: "held" },
    { watts: 1000, drawnWatts: 1180, difference: "18 % more", isOff: true, seconds: 7200, trial: "held" },
    {
      watts: 1500,
      drawnWatts: undefined,
      difference: undefined,
      isOff: false,
      seconds: undefined,
      trial: "failed: it drew nothing",
    },
  ]);
});

it("has none for a heater that nobody meters and nobody tried", () => {
  expect(powerRows({ learned: [], trial: { status: "skipped", powers: [] } })).toEqual([]);
});
