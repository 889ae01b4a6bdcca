import { seededRandom } from "../../domain/index.ts";
import { drawnTaps } from "../sinks/drawnTaps.ts";
import { tapDraw } from "../sinks/drawOff.ts";
import {
  justDisinfected,
  type LegionellaState,
  legionellaRule,
  mustDisinfect,
  watchLegionella,
} from "../sinks/legionella.ts";
import { filledTank, meanTankC, stepTank, type Tank, tankJoulesPerKelvin } from "../sinks/tank.ts";
import { mainsByHour } from "../sinks/water.ts";
import { monthlyMeans } from "../weather/calendar.ts";
import type { SinkWish } from "./allocate.ts";
import { stepSeconds, stepsPerHour } from "./dwelling.ts";
import type { HomeOrder } from "./homeOrder.ts";
import type { Home } from "./homeSchema.ts";
import type { WeatherYear } from "../weather/weatherYear.ts";
import { coilK, coilSpreadK, type Source } from "./sources.ts";

export interface HotWaterStep {
  readonly tankC: number;
  /** Wanted at the taps and not given, W. */
  readonly lukewarmW: number;
  /** Whether the deadline to be hot passed in this step. */
  readonly isMissed: boolean;
}

/** What is known of the tank. */
export interface KnownTank {
  readonly meanC: number;
  readonly topC: number;
  readonly legionella: LegionellaState;
}

/** A home's hot water: its tank, what is drawn, and when it is heated. */
export interface HotWater {
  /** @param order what a plan asks; the thermostat stands beneath it: cold taps and a late disinfection outrank it. */
  wish(hour: number, order?: Pick<HomeOrder, "tank" | "disinfects">): SinkWish;
  known(): KnownTank;
  mainsC(hour: number): number;
  /** The warmest that its sources make it without their backups, less what a heater's least power adds, °C. */
  readonly mostC: number;
  /** What it can take from a source beyond its wish, W. */
  bearsW(source: Source): number;
  end(hour: number, step: number, heatW: number): HotWaterStep;
  /** Its water is as warm as is wanted. */
  reset(): void;
}

const hysteresisK = 5;
/** The thermostat disinfects in the last night before its deadline, from one o'clock on: a day, and what it may take. */
const disinfectionHour = 1;
const lastNightHours = 28;
/** By day, so long before the deadline at least. */
const reserveHours = 2;
/** So that the coldest layer is held above the rule's temperature. */
const overK = 1.5;
/** Of an element in the tank, °C. */
const elementMaxC = 75;
/** Of the cellar or cupboard that the tank stands in. */
const aroundC = 18;
const layerWattsPerKelvin = 2;

/** A home in a year of its weather; the seed is that of when water is drawn. */
interface WateredHome {
  readonly home: Home;
  readonly weather: WeatherYear;
  readonly seed?: number | undefined;
  readonly heatsAhead?: boolean | undefined;
}

/** Of an hour's water, most comes in a quarter of it. */
const byQuarter = { stepsPerHour, burst: 1, starts: stepsPerHour } as const;

/** Warm water at the taps of a home through its year, l by step. */
export const tapsByStep = ({ home, weather, seed = 1 }: WateredHome): Float64Array =>
  drawnTaps(home.hotWater, weather.hours, byQuarter, seededRandom(seed).fork("taps"));

/** @param sources what may heat it; a backup heats what the others cannot, and all of it when taps run cold. */
export function openHotWater(year: WateredHome, sources: readonly Source[]): HotWater {
  const { home, weather, heatsAhead = true } = year;
  const { hotWater } = home;
  const taps = tapsByStep(year);
  const tank: Tank = {
    litres: hotWater.tankLitres,
    layers: hotWater.layers,
    lossWattsPerKelvin: hotWater.lossWattsPerKelvin,
    layerWattsPerKelvin,
  };
  const rule = { ...legionellaRule, everyHours: hotWater.legionellaEveryHours };
  const mains = mainsByHour(monthlyMeans(weather.outdoorC), weather.place.latitude, weather.hours);
  const wattsPerKelvin = tankJoulesPerKelvin(tank) / stepSeconds;
  const primaryMaxC = Math.max(0, ...sources.filter(isPrimary).map(({ maxTankC }) => maxTankC));
  const finisherW = 3000;
  /** What a heater at its least power adds in a step: so near to its warmest it may have stopped. */
  const leastK = 0.5 + (home.heater.minW * home.heater.heatShare) / wattsPerKelvin;
  let layersC = filledTank(tank, hotWater.setpointC);
  let legionella = justDisinfected;
  let isHeating = false;
  let isBegun = false;

  /** Early enough that it is hot in time though water is drawn meanwhile. */
  const early = { ...rule, everyHours: rule.everyHours - reserveHours };
  /** Elements make it warmer than the others can; a simple thermostat has them finish every time. */
  const helpFromC = (upToC: number) =>
    heatsAhead && upToC <= primaryMaxC - leastK ? Infinity : Math.min(upToC, primaryMaxC) - leastK;
  const isDue = (meanC: number) =>
    isBegun ||
    mustDisinfect(early, legionella, {
      joulesPerKelvin: tankJoulesPerKelvin(tank),
      meanC,
      powerW: finisherW,
    });
  const isLastNight = (hour: number) =>
    hour % 24 === disinfectionHour && legionella.sinceSeconds > (rule.everyHours - lastNightHours) * 3600;
  const targetC = (meanC: number) => {
    if (isDue(meanC)) return rule.celsius + overK;
    if (meanC < hotWater.setpointC - hysteresisK) isHeating = true;
    if (meanC > hotWater.setpointC - 0.5) isHeating = false;
    return isHeating ? hotWater.setpointC : 0;
  };

  return {
    wish(hour, order) {
      const meanC = meanTankC(layersC);
      if (order ? order.disinfects : isLastNight(hour)) isBegun = true;
      const isCold = (layersC[0] ?? 0) < hotWater.tapC + 1;
      const supplyC = meanC + coilK;
      const returnC = () => supplyC - coilSpreadK;
      if (order && !isCold && !isDue(meanC)) {
        isHeating = false;
        return {
          sink: "tank",
          supplyC,
          returnC,
          heatW: ({ kind, maxTankC }, givenW) =>
            Math.min(order.tank[kind] ?? 0, Math.max(0, maxTankC - meanC) * wattsPerKelvin - givenW),
        };
      }
      const upToC = targetC(meanC);
      const isHelpNeeded = isCold || isDue(meanC) || meanC > helpFromC(upToC);
      return {
        sink: "tank",
        supplyC,
        returnC,
        heatW(source, givenW) {
          if (!source.heatsWater || (source.isBackup && !isHelpNeeded)) return 0;
          return Math.max(0, Math.min(upToC, source.maxTankC) - meanC) * wattsPerKelvin - givenW;
        },
      };
    },
    mainsC: (hour) => mains[hour] ?? 10,
    mostC: Math.max(hotWater.setpointC, (primaryMaxC > 0 ? primaryMaxC : elementMaxC) - leastK),
    known: () => ({ meanC: meanTankC(layersC), topC: layersC[0] ?? 0, legionella }),
    bearsW: ({ heatsWater, maxTankC }) =>
      heatsWater ? Math.max(0, maxTankC - meanTankC(layersC)) * wattsPerKelvin : 0,
    end(hour, at, heatW) {
      const mainsC = mains[hour] ?? 10;
      const litres = taps[hour * stepsPerHour + at] ?? 0;
      const { tankLitres, wantedJ } = tapDraw({ litres, tapC: hotWater.tapC, mainsC }, layersC[0] ?? 0);
      const drawn = { drawnLitres: tankLitres, mainsC, aroundC };
      const step = stepTank(tank, layersC, { seconds: stepSeconds, heatW, ...drawn });
      ({ layersC } = step);
      const before = legionella.sinceSeconds;
      legionella = watchLegionella(rule, legionella, layersC.at(-1) ?? 0, stepSeconds);
      if (legionella.sinceSeconds === 0) isBegun = false;
      const limit = rule.everyHours * 3600;
      return {
        tankC: meanTankC(layersC),
        lukewarmW: Math.max(0, wantedJ - step.drawnJ) / stepSeconds,
        isMissed: before <= limit && legionella.sinceSeconds > limit,
      };
    },
    reset() {
      isBegun = false;
      layersC = filledTank(tank, hotWater.setpointC);
    },
  };
}

const isPrimary = ({ isBackup, heatsWater }: Source) => heatsWater && !isBackup;
