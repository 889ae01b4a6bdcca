import { Celsius, Instant, Seconds, Watts } from "../../../domain/index.ts";
import type {
  PlannedBackup,
  PlannedHeater,
  PlannedRoom,
  PlannedTank,
  PlanProblem,
  PlanStep,
} from "../../planner/planProblem.ts";
import type { RoomModel, RoomState } from "../../room.ts";
import { legionellaRule } from "../../sinks/legionella.ts";
import { joulesPerLitreKelvin } from "../../sinks/water.ts";
import { stepsPerHour } from "../dwelling.ts";
import type { HomeOffer, HomeRun } from "../homeRun.ts";
import type { Home } from "../homeSchema.ts";
import type { KnownTank } from "../hotWater.ts";
import { coilK, type Source, type Surroundings } from "../sources.ts";
import type { Outlook } from "./outlook.ts";

/** How many steps of which length, in quarter-hours: those in act are fine, for prices and set-points change by the hour. */
const stepLengths = [
  [8, 1],
  [4, 2],
  [24, 4],
] as const;
const quarters = stepLengths.flatMap(([count, length]) => Array.from({ length: count }, () => length));
const begins = quarters.map((_, at) => quarters.slice(0, at).reduce((sum, length) => sum + length, 0));
const horizonHours = 28;

/** A home as its plans see it. */
export interface PlannedHome {
  readonly home: Home;
  readonly run: HomeRun;
  readonly offer: HomeOffer;
  readonly model: RoomModel;
  readonly outlook: Outlook;
  /** Hours of the weather's year. */
  readonly hours: number;
  /** The warmest that it may make the rooms, °C. */
  readonly mostRoomC: number;
}

/** What is known of it when a plan is made. */
export interface KnownHome {
  /** The full hour, counted like the stretch's. */
  readonly index: number;
  readonly room: RoomState;
  /** Heat by which the rooms differ from what their model foresees, W. */
  readonly offsetW: number;
  readonly tank: KnownTank;
}

const usualRoomC = 20;
/** What a heat pump is planned for where no forecast tells it. */
const usualHumidity = 0.85;
/** Cooler than may be at most, K: the model errs. */
const hotMarginK = 0.1;
/** In which what the model does not explain fades, h. */
const fadeHours = 6;
/** What a K·h counts like, in kWh at the mean price. */
const discomfort = { cold: 2, hot: 6, coldWater: 4, hotWater: 6 } as const;
/** The tank's mean above the taps' water at which its top is warm enough, K. */
const tankOverTapK = 4;
const tankMostC = 65;
/** The tank as a whole is so much warmer than where it is coldest, K. */
const disinfectionOverK = 1.5;
/** So long before the deadline it is to be done, h. */
const reserveHours = 5;
const tankAroundC = 18;
/** Begins what follows a source's name where a device is a further part of it. */
export const further = ", part ";
/** More than any home draws. */
const feederWatts = Watts(1_000_000);

/** The problem of the next day or so, as it is known at the full hour. */
export function poseHome(planned: PlannedHome, known: KnownHome): PlanProblem {
  const { home, run, offer } = planned;
  const times = quarters.map((length, at) => {
    const begin = begins[at] ?? 0;
    return {
      hour: known.index + Math.floor(begin / stepsPerHour),
      step: begin % stepsPerHour,
      quarters: length,
      length: length / stepsPerHour,
    };
  });
  const hourOf = (index: number) => ((index % planned.hours) + planned.hours) % planned.hours;
  const asked: Asked = {
    ...planned,
    known,
    times,
    around: times.map(({ hour }) => ({
      ...run.surroundings(hourOf(hour)),
      outdoorC: planned.outlook.outdoorC(known.index, hour),
      relativeHumidity: planned.outlook.relativeHumidity(hour) ?? usualHumidity,
    })),
    meanPrice: Math.max(
      0.05,
      times.reduce((sum, { hour }) => sum + Math.abs(offer.electricityPerKwh[hourOf(hour)] ?? 0), 0) /
        times.length,
    ),
  };
  const devices = run.plant.sources.filter(({ kind }) => kind !== "boiler");
  return {
    steps: times.map(({ hour, step, length }, at): PlanStep => ({
      from: Instant((hour + step / stepsPerHour) * 3_600_000),
      duration: Seconds(length * 3600),
      pricePerKwh: asked.around[at]?.electricityPerKwh ?? 0,
      exportPerKwh: 0,
      kgPerKwh: 0,
      outdoor: Celsius(asked.around[at]?.outdoorC ?? 0),
      otherWatts: Watts(0),
      solarWatts: Watts(0),
    })),
    heaters: devices.filter(({ kind }) => kind === "heater").map((source) => plannedHeater(asked, source)),
    backups: devices
      .filter(({ kind }) => kind !== "heater")
      .flatMap((source) => plannedBackups(asked, source)),
    sinks: [
      ...(Number.isNaN(run.dwelling.warmestC) ? [] : [plannedRoom(asked)]),
      plannedTank(asked, home.hotWater),
    ],
    loads: [],
    feederWatts,
    carbonPerKg: 0,
    peakPerKw: 0,
    peakSoFar: Watts(0),
  };
}

interface Asked extends PlannedHome {
  readonly known: KnownHome;
  readonly times: readonly {
    readonly hour: number;
    /** Of the hour, the quarter that it begins with. */
    readonly step: number;
    readonly quarters: number;
    /** In hours. */
    readonly length: number;
  }[];
  readonly around: readonly Surroundings[];
  readonly meanPrice: number;
}

const switching = (id: string) => ({
  id,
  minOn: Seconds(0),
  minOff: Seconds(0),
  startCost: 0,
  watts: Watts(0),
  since: Seconds(86_400),
});

const sinksOf = ({ heatsWater }: Source) => (heatsWater ? ["room", "tank"] : ["room"]);

function plannedHeater({ home, around }: Asked, source: Source): PlannedHeater {
  const { minW, maxW, heatShare } = home.heater;
  return {
    ...switching(source.kind),
    steps: { kind: "range", min: Watts(minW), max: Watts(maxW), step: Watts(1) },
    heatShare,
    sinks: sinksOf(source),
    earnsPerKwh: around.map(({ earnsPerKwh }) => earnsPerKwh),
  };
}

/**
 * A source of heat alone. Beyond what the heating curve's water gives, a heat pump has to make warmer water: each further
 * part of its power is a device of its own, whose heat takes more than that of the part before.
 */
function plannedBackups({ run, around, home }: Asked, source: Source): readonly PlannedBackup[] {
  const sinks = sinksOf(source);
  const most = Math.max(1, run.plant.emittersW);
  const at = (heatW: number, supplyC: number, one: Surroundings) =>
    Math.max(1, source.draw(heatW, { supplyC, returnC: supplyC }, one).electricityW);
  const tank = around.map((one) => {
    const supplyC = home.hotWater.setpointC + coilK;
    const heatW = Math.max(1, source.capacityW(supplyC, one));
    return heatW / at(heatW, supplyC, one);
  });
  if (source.kind !== "heat-pump") {
    const maxWatts = Watts(source.capacityW(home.hotWater.setpointC, around[0]!));
    return [{ ...switching(source.kind), minWatts: Watts(0), maxWatts, performance: tank, sinks }];
  }
  const parts = around.map((one) => {
    const strong = Math.max(3, Math.min(most, source.capacityW(run.madeC(one.outdoorC, most), one)));
    const easy = Math.min(strong - 2, run.curveW(one.outdoorC));
    const ends = [easy, (easy + strong) / 2, strong].map((heatW) => ({
      heatW,
      watts: at(heatW, run.madeC(one.outdoorC, heatW), one),
    }));
    return ends.map(({ heatW, watts }, index) => {
      const before = ends[index - 1] ?? { heatW: 0, watts: 0 };
      const more = Math.max(0.5, watts - before.watts);
      return { watts: more, performance: (heatW - before.heatW) / more };
    });
  });
  return [0, 1, 2].map((part): PlannedBackup => {
    const performance = parts.map((ends) => ends[part]?.performance ?? 1);
    const mostWatts = parts.map((ends) => ends[part]?.watts ?? 0);
    return {
      ...switching(part === 0 ? source.kind : `${source.kind}${further}${part}`),
      minWatts: Watts(0),
      maxWatts: Watts(Math.max(...mostWatts)),
      mostWatts,
      performance,
      performanceInto: { room: performance, tank },
      sinks,
    };
  });
}

function plannedRoom({ run, model, outlook, known, times, meanPrice, mostRoomC }: Asked): PlannedRoom {
  const { dwelling } = run;
  const wantedC = (hour: number) => {
    const celsius = dwelling.wantedC(((hour % 24) + 24) % 24);
    return Number.isNaN(celsius) ? usualRoomC - 15 : celsius;
  };
  return {
    kind: "room",
    id: "room",
    model,
    state: known.room,
    gains: times.map(({ hour, step, quarters: count }) => {
      const faded = known.offsetW * Math.exp(-(hour - known.index) / fadeHours);
      return outlook.netGainsW(hour, step, count) + faded;
    }),
    // Of an hour as a whole the warmer of what is wanted in it and after it.
    least: times.map(({ hour, quarters: count }) =>
      count < stepsPerHour ? wantedC(hour) : Math.max(wantedC(hour), wantedC(hour + 1)),
    ),
    most: times.map(() => mostRoomC - hotMarginK),
    coldPerKelvinHour: discomfort.cold * meanPrice,
    hotPerKelvinHour: discomfort.hot * meanPrice,
  };
}

function plannedTank(
  { run, known, times, meanPrice, hours, outlook }: Asked,
  hotWater: Home["hotWater"],
): PlannedTank {
  const { tapC, tankLitres } = hotWater;
  const joulesPerKelvin = tankLitres * joulesPerLitreKelvin;
  return {
    kind: "tank",
    id: "tank",
    joulesPerKelvin,
    lossWattsPerKelvin: hotWater.lossWattsPerKelvin,
    around: Celsius(tankAroundC),
    temperature: Celsius(known.tank.meanC),
    drawOff: times.map(({ hour, step, quarters: count }) => {
      const litres = outlook.litresPerHour(hour, step, count);
      const cold = run.mainsC(((hour % hours) + hours) % hours);
      return (litres * joulesPerLitreKelvin * Math.max(0, tapC - cold)) / 3600;
    }),
    least: times.map(() => tapC + tankOverTapK),
    most: times.map(() => Math.min(tankMostC, run.mostTankC)),
    coldPerKelvinHour: discomfort.coldWater * meanPrice,
    hotPerKelvinHour: discomfort.hotWater * meanPrice,
    ...disinfectionOf(hotWater, known, times),
  };
}

function disinfectionOf(
  { legionellaEveryHours }: Home["hotWater"],
  { tank, index }: KnownHome,
  times: Asked["times"],
): Pick<PlannedTank, "disinfection"> {
  const left = legionellaEveryHours - tank.legionella.sinceSeconds / 3600 - reserveHours;
  if (left > horizonHours) return {};
  const byStep = times.findLastIndex(
    ({ hour, step, length }) => hour - index + step / stepsPerHour + length <= left,
  );
  return {
    disinfection: {
      celsius: legionellaRule.celsius + disinfectionOverK,
      byStep: Math.max(byStep, stepsPerHour - 1),
    },
  };
}
