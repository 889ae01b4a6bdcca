import { describe, expect, it } from "vitest";
import { Celsius, seededRandom, Seconds, Watts } from "../../domain/index.ts";
import { controlDefaults } from "../controlConfig.ts";
import { unknownEstimate, updateEstimate } from "../estimate.ts";
import { roomModel, type RoomModel, steadyRoom, stepRoom } from "../room.ts";
import {
  mayPlanAct,
  modelOffset,
  modelWatchWords,
  type ModelWatch,
  newModelWatch,
  predictionError,
  watchModel,
} from "./modelWatch.ts";

const truth = roomModel({ areaM2: 100, insulation: "average" });
const minute = Seconds(60);
const outdoor = Celsius(-2);

interface Life {
  readonly model?: RoomModel;
  readonly hours: number;
  /** What the forecast says beyond the truth, K. */
  readonly forecastOffK?: (hour: number) => number;
  /** Heat that nobody knows of, W. */
  readonly unknownW?: number;
}

/** The watch after each hour beside a room that is heated in turns, as its sensor with noise shows it. */
function live({ model = truth, hours, forecastOffK = () => 0, unknownW = 0 }: Life): readonly ModelWatch[] {
  const noise = seededRandom(3);
  let room = steadyRoom(truth, { outdoor, heat: Watts(3400) });
  let estimate = unknownEstimate();
  let watch = newModelWatch();
  const watches: ModelWatch[] = [];
  for (let at = 0; at < hours * 60; at++) {
    const hour = Math.floor(at / 60);
    const heat = Watts(hour % 3 === 0 ? 5200 : 2500);
    room = stepRoom(truth, room, { outdoor, heat: Watts(heat + unknownW) }, minute);
    const foretold = Celsius(outdoor + forecastOffK(hour));
    const when = (at * 60_000) as Parameters<typeof updateEstimate>[2]["at"];
    estimate = updateEstimate({ model, sensor: controlDefaults.sensor }, estimate, {
      at: when,
      elapsed: minute,
      jump: Seconds(0),
      reading: { at: when, value: room.air + 0.1 * noise.normal() },
      heat,
      outdoor: foretold,
    });
    watch = watchModel(model, watch, { elapsed: minute, estimate, heat, outdoor: foretold, gains: Watts(0) });
    if (at % 60 === 59) watches.push(watch);
  }
  return watches;
}

const threefold: RoomModel = {
  ...truth,
  airToOutsideWattsPerKelvin: 3 * truth.airToOutsideWattsPerKelvin,
  fabricToOutsideWattsPerKelvin: 3 * truth.fabricToOutsideWattsPerKelvin,
};

describe("the watch over a room's model", () => {
  it("lets no plan act before it has judged some hours", () => {
    expect(mayPlanAct(newModelWatch())).toBe(false);
    expect(modelWatchWords(newModelWatch())).toMatch(/0 of 3 h\): plain thermostat/);
    expect(live({ hours: 3 }).map(mayPlanAct)).toEqual([false, false, false]);
  });

  it("trusts a model that fits", () => {
    const watches = live({ hours: 48 });
    expect(watches.slice(4).every(mayPlanAct)).toBe(true);
    expect(predictionError(watches.at(-1)!).rmsK).toBeLessThan(0.2);
    expect(modelWatchWords(watches.at(-1)!)).toMatch(/^the plan predicts well/);
  });

  it("trusts a model that misses a steady heat, which the estimate learns", () => {
    expect(live({ hours: 48, unknownW: 350 }).slice(24).every(mayPlanAct)).toBe(true);
  });

  it("trusts no model that loses three times the heat", () => {
    const watches = live({ model: threefold, hours: 48 });
    expect(watches.some(mayPlanAct)).toBe(false);
    expect(modelWatchWords(watches.at(-1)!)).toMatch(/^the plan does not predict well.*: plain thermostat$/);
  });

  it("ends a plan within six hours when its forecast becomes wrong by 8 K, and lets it act again when it is right for hours", () => {
    const watches = live({ hours: 72, forecastOffK: (hour) => (hour >= 24 && hour < 48 ? 8 : 0) });
    expect(mayPlanAct(watches[23]!)).toBe(true);
    const fails = watches.findIndex((watch, hour) => hour >= 24 && !mayPlanAct(watch));
    expect(fails).toBeLessThan(30);
    expect(watches.slice(fails, 48).some(mayPlanAct)).toBe(false);
    expect(mayPlanAct(watches[53]!)).toBe(false);
    expect(mayPlanAct(watches[71]!)).toBe(true);
  });

  it("begins its hour anew when the sensor was lost", () => {
    const [watch] = live({ hours: 1 }).slice(-1);
    const round = { elapsed: minute, heat: Watts(0), outdoor, gains: Watts(0) };
    const lost = watchModel(truth, watch!, { ...round, estimate: undefined });
    expect(lost.foreseen).toBeNull();
    const found = watchModel(truth, lost, { ...round, estimate: { mean: [20, 19, 0] } });
    expect(found.foreseen?.age).toBe(0);
    expect(found.judged).toBe(watch!.judged);
  });

  it("forgives only what a constant heat of some size explains", () => {
    const offset = (watts: number) => modelOffset(truth, { mean: [20, 19, watts] });
    expect(offset(300)).toBe(300);
    expect(offset(5000)).toBeLessThan(600);
    expect(offset(-5000)).toBeCloseTo(-1 * offset(5000), 6);
    expect(modelOffset(truth, { mean: null })).toBe(0);
  });
});
