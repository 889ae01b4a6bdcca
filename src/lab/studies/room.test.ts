import { describe, expect, it } from "vitest";
import { Celsius, Instant, Seconds, Watts } from "../../domain/index.ts";
import { lossWattsPerKelvin, roomModel, type RoomState, stepRoom } from "../../heat/index.ts";
import { type RoomHistory, studyRoom } from "./room.ts";

const from = Instant(Date.parse("2026-01-05T00:00:00Z"));
const configured = roomModel({ areaM2: 25, insulation: "average" });
const truth = {
  ...configured,
  fabricToOutsideWattsPerKelvin: configured.fabricToOutsideWattsPerKelvin * 1.6,
};

/** A room under a thermostat, as a hearth records it: a reading a minute, or means of five; the weather by the hour. */
function history(days: number, meansOf: 1 | 5): RoomHistory {
  const minutes = days * 1440;
  const temperature = { times: [] as number[], values: [] as (number | null)[] };
  const power = { times: [] as number[], values: [] as (number | null)[] };
  const outdoor = { times: [] as number[], values: [] as (number | null)[] };
  let state: RoomState = { air: Celsius(20), fabric: Celsius(19) };
  let isOn = false;
  let [airSum, wattSum] = [0, 0];
  for (let minute = 0; minute < minutes; minute++) {
    const seconds = from / 1000 + minute * 60;
    const hour = Math.floor(minute / 60);
    const outside = 3 + 4 * Math.sin((2 * Math.PI * (hour - 9)) / 24) + 3 * Math.sin(hour / 31);
    const target = hour % 24 >= 7 && hour % 24 < 22 ? 21 : 17;
    if (state.air < target - 0.3) isOn = true;
    if (state.air > target + 0.3) isOn = false;
    const watts = isOn ? 2400 : 0;
    airSum += state.air;
    wattSum += watts;
    if (minute % meansOf === meansOf - 1) {
      const time = seconds - (meansOf - 1) * 60;
      temperature.times.push(time);
      temperature.values.push(Math.round((airSum / meansOf) * 100) / 100);
      power.times.push(time);
      power.values.push(wattSum / meansOf);
      [airSum, wattSum] = [0, 0];
    }
    if (minute % 60 === 0) {
      outdoor.times.push(seconds);
      outdoor.values.push(outside);
    }
    state = stepRoom(truth, state, { outdoor: Celsius(outside), heat: Watts(watts * 0.9) }, Seconds(60));
  }
  return {
    from,
    until: Instant(from + minutes * 60_000),
    temperature,
    heaters: [{ power, heatShare: 0.9 }],
    outdoor,
    irradiance: { times: [], values: [] },
  };
}

describe("study room", () => {
  it.each([
    ["readings", 1],
    ["means of five minutes", 5],
  ] as const)("finds in %s what the room loses, and what goes into hearth.yaml", (_what, meansOf) => {
    const report = studyRoom("study", history(8, meansOf), configured);
    expect(report).toMatchObject({ sink: "study", days: 8, outcome: "found" });
    const { low = 0, high = 0, value = 0 } = report.figures?.lossWattsPerKelvin ?? {};
    expect(lossWattsPerKelvin(truth)).toBeGreaterThan(low);
    expect(lossWattsPerKelvin(truth)).toBeLessThan(high);
    expect(value / lossWattsPerKelvin(truth)).toBeCloseTo(1, 1);
    expect(report.configured.lossWattsPerKelvin).toBe(lossWattsPerKelvin(configured));
    expect(Object.keys(report.identified ?? {})).toEqual([
      "airJoulesPerKelvin",
      "fabricJoulesPerKelvin",
      "airToOutsideWattsPerKelvin",
      "fabricToOutsideWattsPerKelvin",
      "airToFabricWattsPerKelvin",
    ]);
  });

  it("refuses where nobody told the weather", () => {
    const report = studyRoom("study", { ...history(5, 5), outdoor: { times: [], values: [] } }, configured);
    expect(report).toMatchObject({
      outcome: "refused",
      why: expect.stringMatching(/^the outdoor temperature/) as string,
    });
    expect(report.identified).toBeUndefined();
  });
});
