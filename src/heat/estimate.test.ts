import { describe, expect, it } from "vitest";
import { Celsius, Instant, Seconds, seededRandom, Watts } from "../domain/index.ts";
import { controlDefaults } from "./controlConfig.ts";
import {
  doubtedEstimate,
  type Estimate,
  estimatedAir,
  estimatedDisturbance,
  sensorState,
  unknownEstimate,
  updateEstimate,
} from "./estimate.ts";
import { lossWattsPerKelvin, roomModel, type RoomState, stepRoom } from "./room.ts";
import type { SensorReading } from "./heater.ts";

const model = roomModel({ areaM2: 20, insulation: "average" });
const config = { model, sensor: controlDefaults.sensor };
const start = Date.UTC(2026, 0, 5);

/** A sensor and its estimate, told one value every ten seconds; undefined is silence. */
function watching(first?: Estimate) {
  let estimate = first ?? unknownEstimate();
  let now = start;
  return {
    tell(value: number | undefined, times = 1, { heat = 0, wallJump = 0, outdoor = 7 } = {}) {
      for (let time = 0; time < times; time++) {
        now += 10_000 + wallJump * 1000;
        this.hear(value === undefined ? undefined : { at: Instant(now), value }, heat, wallJump, outdoor);
      }
      return this;
    },
    hear(reading: SensorReading | undefined, heat = 0, jump = 0, outdoor = 7) {
      estimate = updateEstimate(config, estimate, {
        at: Instant(now),
        elapsed: Seconds(10),
        jump: Seconds(jump),
        reading,
        heat: Watts(heat),
        outdoor: Celsius(outdoor),
      });
      return this;
    },
    now: () => now,
    wait(ticks: number) {
      for (let tick = 0; tick < ticks; tick++) {
        now += 10_000;
        this.hear(undefined);
      }
      return this;
    },
    air: () => estimatedAir(estimate),
    state: () => sensorState(config.sensor, estimate),
    estimate: () => estimate,
  };
}

describe("a sensor's state", () => {
  it("is late before the first reading, then lost", () => {
    const sensor = watching().wait(1);
    expect([sensor.state(), sensor.air()]).toEqual(["late", undefined]);
    expect(sensor.wait(35).state()).toBe("lost");
  });

  it("goes from fresh over late to lost, and back with one reading", () => {
    const sensor = watching().tell(20);
    expect(sensor.state()).toBe("fresh");
    expect(sensor.wait(11).state()).toBe("fresh");
    expect(sensor.wait(1).state()).toBe("late");
    expect(sensor.wait(23).state()).toBe("late");
    expect(sensor.wait(1).state()).toBe("lost");
    expect(sensor.tell(20).state()).toBe("fresh");
  });

  it("ages a reading that is repeated, however often it is handed in", () => {
    const sensor = watching().tell(20);
    const reading = { at: Instant(sensor.now()), value: 20 };
    for (let tick = 0; tick < 36; tick++) sensor.hear(reading);
    expect(sensor.state()).toBe("lost");
  });

  it("ages a reading by when it was measured", () => {
    const sensor = watching();
    expect(sensor.hear({ at: Instant(sensor.now() - 130_000), value: 20 }).state()).toBe("late");
  });

  it("takes no reading for older because the wall clock jumped forward", () => {
    const sensor = watching().tell(20);
    const before = { at: Instant(sensor.now() + 5000), value: 20 };
    expect(sensor.tell(undefined, 1, { wallJump: 300 }).hear(before, 0, 300).state()).toBe("fresh");
  });

  it("is lost after a jump forward that may have been a sleep, until it is heard again", () => {
    const sensor = watching().tell(20);
    const before = { at: Instant(sensor.now() + 5000), value: 20 };
    expect(sensor.tell(undefined, 1, { wallJump: 7200 }).hear(before, 0, 7200).state()).toBe("lost");
    expect(sensor.tell(19).state()).toBe("fresh");
  });

  it("goes on by readings from before the wall clock jumped back", () => {
    const sensor = watching().tell(20, 3).tell(20.1, 1, { wallJump: -7200 });
    expect(sensor.state()).toBe("fresh");
    expect(sensor.tell(20.1, 3).state()).toBe("fresh");
  });

  it.each([
    ["what is no number", Number.NaN],
    ["an infinity", Infinity],
    ["what a broken sensor says", 85],
    ["what a missing sensor says", -127],
    ["zero", 0],
  ])("bears %s twice and is absurd at the third", (_case, value) => {
    const sensor = watching().tell(20, 30).tell(value, 2);
    expect(sensor.state()).toBe("fresh");
    expect(sensor.tell(value).state()).toBe("absurd");
    expect(sensor.air()).toBeCloseTo(20, 0);
    expect(sensor.tell(20).state()).toBe("fresh");
  });

  it("is lost at last when an absurd sensor falls silent", () => {
    expect(watching().tell(20, 5).tell(85, 5).wait(36).state()).toBe("lost");
  });

  it("survives JSON in every state", () => {
    for (const value of [20, Number.NaN, 85]) {
      const estimate = watching().tell(20, 5).tell(value, 3).estimate();
      expect(JSON.parse(JSON.stringify(estimate))).toEqual(estimate);
    }
    expect(JSON.parse(JSON.stringify(unknownEstimate()))).toEqual(unknownEstimate());
  });
});

describe("the estimate", () => {
  it("passes over a single outlier", () => {
    const sensor = watching().tell(20, 60);
    const before = sensor.air() as number;
    expect(sensor.tell(26).air()).toBeCloseTo(before, 1);
    expect(sensor.tell(20).state()).toBe("fresh");
  });

  it("believes a step that five readings agree on, and a great one only after thirty", () => {
    const moved = watching().tell(20, 60).tell(15, 4);
    expect(moved.air()).toBeGreaterThan(19);
    expect(moved.tell(15).air()).toBeCloseTo(15, 5);
    const leapt = watching().tell(20, 60).tell(9, 29);
    expect([leapt.state(), (leapt.air() as number) > 18]).toEqual(["absurd", true]);
    expect(leapt.tell(9).air()).toBeCloseTo(9, 5);
    expect(leapt.state()).toBe("fresh");
  });

  it("does not believe outliers that disagree with each other", () => {
    const sensor = watching().tell(20, 60);
    for (let turn = 0; turn < 30; turn++) sensor.tell(turn % 2 === 0 ? 26 : 13);
    expect(sensor.state()).toBe("absurd");
    expect(sensor.air()).toBeGreaterThan(19);
  });

  it("is nearer the truth than its noisy sensor, through heating and sun that nobody told it of", () => {
    const random = seededRandom(7);
    let room: RoomState = { air: Celsius(18), fabric: Celsius(17) };
    const sensor = watching();
    let [estimateError, sensorError, count] = [0, 0, 0];
    for (let tick = 0; tick < 4320; tick++) {
      const heat = tick % 360 < 180 ? 900 : 0;
      const sun = 300 * Math.max(0, Math.sin(tick / 700));
      room = stepRoom(model, room, { outdoor: Celsius(3), heat: Watts(heat + sun) }, Seconds(10));
      const value = room.air + 0.3 * random.normal();
      sensor.tell(value, 1, { heat });
      if (tick < 360) continue;
      count++;
      estimateError += ((sensor.air() as number) - room.air) ** 2;
      sensorError += (value - room.air) ** 2;
    }
    expect(Math.sqrt(sensorError / count)).toBeGreaterThan(0.28);
    expect(Math.sqrt(estimateError / count)).toBeLessThan(0.12);
  });

  it("learns how the world differs from the model", () => {
    let room: RoomState = { air: Celsius(20), fabric: Celsius(20) };
    const sensor = watching();
    for (let tick = 0; tick < 8640; tick++) {
      room = stepRoom(model, room, { outdoor: Celsius(7), heat: Watts(700) }, Seconds(10));
      sensor.tell(room.air, 1, { heat: 400 });
    }
    expect(estimatedDisturbance(sensor.estimate())).toBeGreaterThan(200);
    expect(estimatedDisturbance(sensor.estimate())).toBeLessThan(420);
  });

  it("goes on along the model while the sensor is silent", () => {
    let room: RoomState = { air: Celsius(20), fabric: Celsius(19.5) };
    const sensor = watching();
    const tick = (heard: boolean) => {
      room = stepRoom(model, room, { outdoor: Celsius(7), heat: Watts(300) }, Seconds(10));
      sensor.tell(heard ? room.air : undefined, 1, { heat: 300 });
    };
    for (let turn = 0; turn < 2000; turn++) tick(true);
    for (let turn = 0; turn < 180; turn++) tick(false);
    expect(sensor.state()).toBe("lost");
    expect(Math.abs((sensor.air() as number) - room.air)).toBeLessThan(0.25);
  });

  it("doubts what it knew after a restart and follows the first reading", () => {
    const before = watching().tell(20, 100).estimate();
    const after = watching(doubtedEstimate(before, 0));
    expect(after.air()).toBeCloseTo(20, 1);
    expect(after.wait(1).state()).toBe("late");
    expect(after.tell(14).air()).toBeCloseTo(14, 0);
  });

  it("stays finite through a day without a tick", () => {
    const estimate = updateEstimate(config, watching().tell(20, 10).estimate(), {
      at: Instant(start),
      elapsed: Seconds(1e9),
      jump: Seconds(0),
      reading: undefined,
      heat: Watts(0),
      outdoor: undefined,
    });
    expect(estimate.mean?.every(Number.isFinite)).toBe(true);
    expect(estimate.covariance.every(Number.isFinite)).toBe(true);
    expect(lossWattsPerKelvin(model)).toBeGreaterThan(0);
  });
});
