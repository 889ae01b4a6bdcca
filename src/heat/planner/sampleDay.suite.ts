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

/** A tariff by contract, or a market whose hours differ by chance. */
interface PriceShape {
  readonly isMarket: boolean;
  /** Beside its mean. */
  readonly at: (hour: number) => number;
}

const bump = (hour: number, middle: number, width: number) => Math.exp(-(((hour - middle) / width) ** 2));

const shapes: readonly PriceShape[] = [
  { isMarket: false, at: () => 1 },
  {
    isMarket: false,
    at: (hour) => (hour < 6 || hour >= 22 ? 0.5 : hour >= 16 && hour < 20 ? 1.8 : 1),
  },
  { isMarket: true, at: (hour) => 1.2 - 0.7 * bump(hour, 3, 3.5) },
  { isMarket: true, at: (hour) => 1.25 - 1.1 * bump(hour, 13, 3) },
  { isMarket: true, at: (hour) => 0.85 + 0.9 * bump(hour, 18.5, 2) },
  { isMarket: true, at: (hour) => 0.8 + 0.6 * bump(hour, 8, 2) + 0.8 * bump(hour, 19, 2.5) },
];

/** An hour of a market is that much dearer or cheaper than its shape, by chance. */
const noise = 0.25;
/** Within an hour the quarters rise or fall by that much either way, as on day-ahead auctions. */
const unrest = 0.09;

function samplePrices(random: Random): (hour: number) => number {
  const shape = shapes[random.integer(shapes.length)]!;
  const mean = 0.1 + 0.25 * random.next();
  const hourly = Array.from({ length: 24 }, () => 1 + noise * (2 * random.next() - 1));
  const slopes = Array.from({ length: 24 }, () => unrest * (2 * random.next() - 1));
  const negative =
    random.next() < 0.25 ? { from: random.integer(22), hours: 1 + random.integer(3) } : undefined;
  const below = -0.1 * random.next();
  if (!shape.isMarket) return (hour) => mean * shape.at(hour);
  return (hour) => {
    const whole = Math.floor(hour);
    if (negative && whole >= negative.from && whole < negative.from + negative.hours) return below;
    const within = 2 * (hour % 1) - 0.75;
    return mean * (shape.at(whole) * (hourly[whole] ?? 1) + (slopes[whole] ?? 0) * within);
  };
}

/** A day of chance: three on/off heaters and a heat pump with a least power, each for a room and a tank. */
export function sampleDay(random: Random): PlanProblem {
  const priceAt = samplePrices(random.fork("prices"));
  const cold = -8 + 16 * random.next();
  const sun = random.next() < 0.5 ? 4000 * random.next() : 0;
  const steps = sampleSteps((hour) => ({
    pricePerKwh: priceAt(hour),
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
  const areAlike = random.next() < 0.25;
  const alike = 0.8 + 0.4 * random.next();
  const heater = (id: string, watts: number): PlannedHeater => ({
    id,
    steps: { kind: "levels", watts: [Watts(watts)] },
    heatShare: 0.97,
    sinks: ["room", "tank"],
    earnsPerKwh: every(earns * (areAlike ? alike : 0.8 + 0.4 * random.next())),
    minOn: Seconds(1800),
    minOff: Seconds(900),
    startCost: 0.02,
    watts: Watts(random.next() < 0.5 ? watts : 0),
    since: Seconds(3600 * random.next()),
  });
  return {
    steps,
    heaters: areAlike
      ? [heater("one", 1200), heater("two", 1200), heater("three", 1200)]
      : [heater("one", 800), heater("two", 1200), heater("three", 1600)],
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
