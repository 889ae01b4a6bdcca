import { describe, expect, it } from "vitest";
import { sampleWeather as weather } from "../home/sampleHome.suite.ts";
import { loopHome } from "./loopHome.ts";
import { loopWorld, minutesPerHour } from "./loopWorld.ts";

const hours = 24 * 20;
const world = (seed: number, forecastOffK = 0) =>
  loopWorld(loopHome, weather, { seed, hours, begins: 200, forecastOffK });
const rms = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
const all = Array.from({ length: hours }, (_, hour) => hour);

describe("the world of a closed loop", () => {
  it("is the same for the same seed, another for another", () => {
    const look = (seed: number) =>
      [100, 2000].flatMap((minute) => {
        const it = world(seed);
        return [it.roomNoiseK(minute), it.litres(minute), it.forecast(5, 20).outdoorC, it.otherW(minute)];
      });
    expect(look(1)).toEqual(look(1));
    expect(look(1)).not.toEqual(look(2));
  });

  it("foresees the hours at hand better than the next day", () => {
    const error = (ahead: number) =>
      rms(
        [1, 2, 3, 4, 5, 6].flatMap((seed) => {
          const { forecast, outdoorC } = world(seed);
          return all.map(
            (hour) => forecast(hour, hour + ahead).outdoorC - outdoorC((hour + ahead) * minutesPerHour + 30),
          );
        }),
      );
    expect(error(0)).toBeLessThan(1.2);
    expect(error(24)).toBeGreaterThan(1.4);
    expect(error(24)).toBeLessThan(3);
  });

  it("draws about as much water as is usual, mostly in short spells", () => {
    const { litres } = world(1);
    const minutes = all.flatMap((hour) => Array.from({ length: 60 }, (_, of) => litres(hour * 60 + of)));
    const sum = minutes.reduce((total, one) => total + one, 0);
    expect(sum / (hours / 24) / loopHome.litresPerDay).toBeGreaterThan(0.7);
    expect(sum / (hours / 24) / loopHome.litresPerDay).toBeLessThan(1.3);
    const strong = minutes.filter((one) => one > 0.3);
    expect(strong.length).toBeLessThan(minutes.length / 4);
    expect(strong.reduce((total, one) => total + one, 0)).toBeGreaterThan(sum / 2);
  });

  it("has a room that differs from what is taken for granted", () => {
    const ratio = world(1).model.fabricToOutsideWattsPerKelvin / loopHome.model.fabricToOutsideWattsPerKelvin;
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
    expect(ratio).not.toBeCloseTo(1, 3);
  });

  it("has a forecast that is wrong by as much as is asked for", () => {
    expect(world(1, 8).forecast(3, 9).outdoorC - world(1).forecast(3, 9).outdoorC).toBeCloseTo(8);
  });
});
