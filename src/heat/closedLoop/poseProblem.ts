import { Celsius, Instant, Seconds, Watts } from "../../domain/index.ts";
import { estimatedDisturbance } from "../estimate.ts";
import type {
  PlannedBackup,
  PlannedHeater,
  PlannedRoom,
  PlannedTank,
  PlanProblem,
  PlanStep,
} from "../planner/planProblem.ts";
import { highestStep } from "../steps.ts";
import { tankJoulesPerKelvin } from "../sinks/tank.ts";
import { joulesPerLitreKelvin } from "../sinks/water.ts";
import { tankBandC } from "./plainRule.ts";
import { type Earnings, heatPerWatt, type Known, leastRoomC } from "./known.ts";
import type { LoopHome, LoopHeater, LoopPump } from "./loopHome.ts";
import type { ForeseenHour } from "./loopWorld.ts";

/** What is foreseen, by hour of the study. */
export interface Outlook {
  readonly forecast: (hour: number) => ForeseenHour;
  readonly pricePerKwh: (hour: number) => number;
  readonly usualLitres: (hour: number) => number;
  readonly mainsC: number;
}

/** Quarter-hours for so long, then hours, as long as there are prices. */
const fineHours = 6;
const horizonHours = 30;
/** Kept away from the edges of what is wanted, K: forecasts and sensors err. */
const marginK = { cold: 0.15, hot: 0.3 } as const;
/** In which what the model does not explain fades. */
const fadeHours = 6;
const price = { cold: 1.5, hot: 1.5, coldWater: 0.6, hotWater: 1 } as const;
/** The tank's mean at which its top is warm enough. */
const tankLeastC = 45;
const belowMostK = 2;
/** Of the pump's heat, what usually goes into the tank. */
const tankShare = 0.25;
/** The tank as a whole is so much warmer than where it is coldest, K. */
const disinfectionOverK = 2;

/** The problem of the next day or so, as it is known at the full hour. */
export function poseProblem(
  home: LoopHome,
  known: Known,
  earnings: Earnings,
  outlook: Outlook,
  epoch: number,
): PlanProblem {
  const steps = stepsOf(home, known, outlook, epoch);
  const asked: Asked = {
    home,
    known,
    outlook,
    epoch,
    steps,
    hours: steps.map(({ from }) => Math.floor((from - epoch) / 3_600_000)),
  };
  return {
    steps,
    heaters: home.devices.flatMap((device) =>
      device.kind === "heater" ? [plannedHeater(asked, device, earnings[device.id] ?? 0)] : [],
    ),
    backups: home.devices.flatMap((device) => (device.kind === "pump" ? [plannedPump(asked, device)] : [])),
    sinks: [plannedRoom(asked), plannedTank(asked)],
    loads: [],
    feederWatts: home.feederWatts,
    carbonPerKg: 0,
    peakPerKw: 0,
    peakSoFar: Watts(0),
  };
}

interface Asked {
  readonly home: LoopHome;
  readonly known: Known;
  readonly outlook: Outlook;
  readonly epoch: number;
  readonly steps: readonly PlanStep[];
  /** Of the study, by step. */
  readonly hours: readonly number[];
}

function switching({ known }: Asked, { id, minOn, minOff }: LoopHeater | LoopPump) {
  const state = known.devices[id];
  return { id, minOn, minOff, watts: Watts(state?.watts ?? 0), since: Seconds(state?.since ?? 0) };
}

function plannedHeater(asked: Asked, device: LoopHeater, earns: number): PlannedHeater {
  const settling = (earns * highestStep(device.steps) * device.settle) / 3.6e6;
  return {
    ...switching(asked, device),
    startCost: device.startCost + settling,
    steps: device.steps,
    heatShare: device.heatShare,
    sinks: device.sinks,
    earnsPerKwh: asked.steps.map(() => earns),
  };
}

function plannedPump(asked: Asked, device: LoopPump): PlannedBackup {
  const { home, outlook, hours } = asked;
  return {
    ...switching(asked, device),
    startCost: device.startCost,
    minWatts: device.minWatts,
    maxWatts: device.maxWatts,
    performance: hours.map((hour) => {
      const around = { ...outlook.forecast(hour), tankC: tankBandC.to };
      const room = heatPerWatt(home, device, "room", around);
      const tank = heatPerWatt(home, device, "tank", around);
      return 1 / ((1 - tankShare) / room + tankShare / tank);
    }),
    sinks: device.sinks,
  };
}

function plannedRoom({ home, known, outlook, epoch, steps, hours }: Asked): PlannedRoom {
  const mean = known.estimate.mean ?? [known.roomC, known.roomC, 0];
  const offset = estimatedDisturbance(known.estimate);
  const first = known.minute / 60;
  return {
    kind: "room",
    id: "room",
    model: home.model,
    state: { air: Celsius(mean[0]), fabric: Celsius(mean[1]) },
    gains: hours.map((hour) => {
      const faded = Math.exp(-Math.max(0, hour - first) / fadeHours);
      return outlook.forecast(hour).gainsW + offset * faded;
    }),
    least: steps.map(
      ({ from, duration }) => leastAtEnd(home, (from - epoch) / 60_000, duration) + marginK.cold,
    ),
    most: steps.map(() => home.mostC - marginK.hot),
    coldPerKelvinHour: price.cold,
    hotPerKelvinHour: price.hot,
  };
}

function plannedTank({ home, known, outlook, steps, hours }: Asked): PlannedTank {
  const { tapC, tank, cellarC, tankMostC } = home;
  const wattsPerLitre = (joulesPerLitreKelvin * (tapC - outlook.mainsC)) / 3600;
  return {
    kind: "tank",
    id: "tank",
    joulesPerKelvin: tankJoulesPerKelvin(tank),
    lossWattsPerKelvin: tank.lossWattsPerKelvin,
    around: cellarC,
    temperature: Celsius(known.tankC),
    drawOff: hours.map((hour) => outlook.usualLitres(hour) * wattsPerLitre),
    least: steps.map(() => tankLeastC),
    most: steps.map(() => tankMostC - belowMostK),
    coldPerKelvinHour: price.coldWater,
    hotPerKelvinHour: price.hotWater,
    ...disinfectionOf(home, known, steps),
  };
}

function stepsOf(home: LoopHome, known: Known, outlook: Outlook, epoch: number): PlanStep[] {
  const first = known.minute / 60;
  const lengths = [
    ...Array.from({ length: 4 * fineHours }, () => 0.25),
    ...Array.from({ length: horizonHours - fineHours }, () => 1),
  ];
  let begins = first;
  return lengths.map((length) => {
    const hour = Math.floor(begins);
    const step = {
      from: Instant(epoch + begins * 3_600_000),
      duration: Seconds(length * 3600),
      pricePerKwh: outlook.pricePerKwh(hour),
      exportPerKwh: 0,
      kgPerKwh: 0,
      outdoor: Celsius(outlook.forecast(hour).outdoorC),
      otherWatts: Watts(begins < first + 1 ? known.otherW : home.otherWatts),
      solarWatts: Watts(0),
    };
    begins += length;
    return step;
  });
}

/** What is wanted when a step ends: the warmer of before and after. */
function leastAtEnd(home: LoopHome, fromMinute: number, duration: number): number {
  const end = fromMinute + duration / 60;
  return Math.max(leastRoomC(home, end - 1), leastRoomC(home, end));
}

function disinfectionOf(home: LoopHome, { legionella }: Known, steps: readonly PlanStep[]) {
  const left = home.legionella.everyHours * 3600 - legionella.sinceSeconds - home.legionella.holdSeconds;
  const begin = steps[0]?.from ?? 0;
  const byStep = steps.findLastIndex(
    ({ from, duration }) => (from - begin) / 1000 + duration <= left - reserve,
  );
  const isWithin = (steps.at(-1)?.from ?? 0) - begin > (left - reserve) * 1000;
  if (!isWithin) return {};
  return {
    disinfection: { celsius: home.legionella.celsius + disinfectionOverK, byStep: Math.max(byStep, 3) },
  };
}

/** So long before the deadline it is to be done, s. */
const reserve = 5 * 3600;
