import { describe, expect, it } from "vitest";
import { sampleWeather } from "../home/sampleHome.suite.ts";
import { loopHome } from "./loopHome.ts";
import { startTruth, stepTruth, storedKwh } from "./loopTruth.ts";
import { loopWorld } from "./loopWorld.ts";

const world = loopWorld(loopHome, sampleWeather, { seed: 4, hours: 24, begins: 240 });
const start = startTruth(loopHome, world, { roomC: 20, tankC: 50 });

describe("the home as it really is", () => {
  it("begins with the temperatures that are asked for, its fabric colder than its air", () => {
    expect(start.room.air).toBe(20);
    expect(start.room.fabric).toBeLessThan(20);
    expect([...start.layersC]).toEqual([50, 50, 50, 50, 50, 50]);
  });

  it("stores what the devices give beyond what it would have without them", () => {
    const after = (room: number, tank: number) =>
      storedKwh(loopHome, world, stepTruth(loopHome, world, start, 180, { room, tank }));
    const [without, withHeat] = [after(0, 0), after(6000, 3000)];
    expect(withHeat.room - without.room).toBeCloseTo(0.1, 3);
    expect(withHeat.tank - without.tank).toBeCloseTo(0.05, 3);
  });

  it("cools without heat, and counts the time since its tank was hot all through", () => {
    let truth = start;
    for (let minute = 0; minute < 600; minute++) {
      truth = stepTruth(loopHome, world, truth, minute, { room: 0, tank: 0 });
    }
    expect(truth.room.air).toBeLessThan(19);
    expect(truth.layersC.at(-1)).toBeLessThan(45);
    expect(truth.legionella.sinceSeconds).toBe((loopHome.disinfectedHoursAgo + 10) * 3600);
  });

  it("is disinfected when it was hot for half an hour", () => {
    let truth = startTruth(loopHome, world, { roomC: 20, tankC: 63 });
    for (let minute = 0; minute < 31; minute++) {
      truth = stepTruth(loopHome, world, truth, minute, { room: 2000, tank: 3000 });
    }
    expect(truth.legionella.sinceSeconds).toBeLessThan(120);
  });
});
