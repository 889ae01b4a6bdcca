import { Celsius, Instant, type Random, Seconds, Watts } from "../../domain/index.ts";
import { roomModel } from "../room.ts";
import type { PlannedHeater, PlanProblem, PlanStep } from "./planProblem.ts";

const midnight = Date.UTC(2026, 0, 14);

/** 15-min steps for six hours, then hours. */
export const sampleSteps = (of: (hour: number) => Omit<PlanStep, "from" | "duration">): PlanStep[] =>
  [...Array.from({ length: 24 }, () => 900), ...Array.from({ length: 18 }, () => 3600)].map(
    (duration, index, all) => {
      const begins = all.slice(0, index).reduce((sum, one) => sum + one, 0);
      return { from: Instant(midnight + begins * 1000), duration: Seconds(duration), ...of(begins / 3600) };
    },
  );

type PriceShape = "flat" | "time-of-use" | "market";
const shapes: readonly PriceShape[] = ["flat", "time-of-use", "market"];

const shaped: Readonly<Record<PriceShape, (hour: number) => number>> = {
  flat: () => 1,
  "time-of-use": (hour) => (hour < 6 || hour >= 22 ? 0.5 : hour >= 16 && hour < 20 ? 1.8 : 1),
  market: (hour) => 1 + 0.7 * Math.sin((hour / 24) * 2 * Math.PI + 2),
};

/** Of a market: hours differ, and within an hour the quarters rise or fall, as on day-ahead auctions. */
const unrest = (hourly: readonly number[], hour: number) =>
  (hourly[Math.floor(hour)] ?? 0) + 0.012 * (2 * (hour % 1) - 0.75) * (Math.floor(hour) % 2 === 0 ? 1 : -1);

/** A day of chance: three on/off heaters and a heat pump with a least power, each for a room and a tank. */
export function sampleDay(random: Random): PlanProblem {
  const shape = shapes[random.integer(shapes.length)] ?? "flat";
  const price = 0.1 + 0.25 * random.next();
  const cold = -8 + 16 * random.next();
  const sun = random.next() < 0.5 ? 4000 * random.next() : 0;
  const hourly = Array.from({ length: 24 }, () => 0.03 * random.normal());
  const steps = sampleSteps((hour) => ({
    pricePerKwh: price * shaped[shape](hour) + (shape === "market" ? unrest(hourly, hour) : 0),
    exportPerKwh: 0.07,
    kgPerKwh: 0.3,
    outdoor: Celsius(cold + 4 * Math.sin(((hour - 9) / 24) * 2 * Math.PI)),
    otherWatts: Watts(200 + 400 * random.next()),
    solarWatts: Watts(
      Math.max(0, sun * Math.sin(((hour - 8) / 8) * Math.PI)) * (hour > 8 && hour < 16 ? 1 : 0),
    ),
  }));
  const earns = 0.02 + 0.13 * random.next();
  const every = <Value>(value: Value) => steps.map(() => value);
  const heater = (id: string, watts: number): PlannedHeater => ({
    id,
    steps: { kind: "levels", watts: [Watts(watts)] },
    heatShare: 0.97,
    sinks: ["room", "tank"],
    earnsPerKwh: every(earns * (0.8 + 0.4 * random.next())),
    minOn: Seconds(1800),
    minOff: Seconds(900),
    startCost: 0.02,
    watts: Watts(random.next() < 0.5 ? watts : 0),
    since: Seconds(3600 * random.next()),
  });
  return {
    steps,
    heaters: [heater("one", 800), heater("two", 1200), heater("three", 1600)],
    backups: [
      {
        id: "heat-pump",
        minWatts: Watts(500),
        maxWatts: Watts(2000),
        performance: steps.map(({ outdoor }) => Math.max(1.5, 2.7 + 0.06 * outdoor)),
        sinks: ["room", "tank"],
        minOn: Seconds(1800),
        minOff: Seconds(900),
        startCost: 0.03,
        watts: Watts(0),
        since: Seconds(7200),
      },
    ],
    sinks: [
      {
        kind: "room",
        id: "room",
        model: roomModel({
          areaM2: 60 + 60 * random.next(),
          insulation: random.next() < 0.5 ? "average" : "good",
        }),
        state: { air: Celsius(18.5 + 3 * random.next()), fabric: Celsius(17.5 + 3 * random.next()) },
        least: steps.map(({ from }) => (hourOf(from) >= 6 && hourOf(from) < 22 ? 20 : 18)),
        most: every(23),
        coldPerKelvinHour: 0.5,
        hotPerKelvinHour: 0.5,
      },
      {
        kind: "tank",
        id: "tank",
        joulesPerKelvin: 300 * 4186,
        lossWattsPerKelvin: 2,
        around: Celsius(18),
        temperature: Celsius(45 + 10 * random.next()),
        drawOff: steps.map(({ from }) => (hourOf(from) === 7 || hourOf(from) === 19 ? 2500 : 150)),
        least: every(45),
        most: every(65),
        coldPerKelvinHour: 0.1,
        hotPerKelvinHour: 0.5,
        ...(random.next() < 0.3 ? { disinfection: { celsius: 60, byStep: 30 } } : {}),
      },
    ],
    loads: [],
    feederWatts: Watts(7000),
    carbonPerKg: 0,
    peakPerKw: 0,
    peakSoFar: Watts(0),
  };
}

export const hourOf = (at: Instant): number => Math.floor(((at - midnight) / 3_600_000) % 24);
