import { revenuePerKwh } from "../../../bitcoin/index.ts";
import {
  loopHome,
  loopWorld,
  runLoop,
  type LoopSample,
  type SolveProgram,
  type WeatherYear,
} from "../../../heat/index.ts";
import { type PriceShape, priceShapes } from "./controlPrices.ts";
import {
  compare,
  type ControlReport,
  type ControlRun,
  figuresOf,
  heatValueOf,
  meanOfRuns,
} from "./controlReport.ts";
import { verdictOnControl } from "./controlVerdict.ts";

export interface ControlStudy {
  readonly weather: WeatherYear;
  readonly days: number;
  readonly seeds: readonly number[];
  readonly solve: SolveProgram;
  /** For each plan, s; in a study there is time to prove each, whatever else the computer does. */
  readonly planSeconds?: number;
  readonly onProgress?: (words: string) => void;
}

/** Money a PH/s earns in a day, and the pool's share of it. */
const hashpricePerPhDay = 34.8;
const poolFee = 0.02;
/** On the plain thermostat before anything counts, so that sensors, estimate and model have settled. */
const warmUpHours = 48;
/** 10 January, or 10 July in the south. */
const winterHour = { north: 9 * 24, south: 190 * 24 } as const;

/** How the same home went under both controllers, in quarter-hours. */
export interface ControlCourse {
  readonly prices: PriceShape["name"];
  readonly seed: number;
  readonly plain: readonly LoopSample[];
  readonly planner: readonly LoopSample[];
}

export interface StudiedControl {
  readonly report: ControlReport;
  /** Of the first seed, by price shape. */
  readonly courses: readonly ControlCourse[];
}

/** The planner against the plain thermostat in the same home, weather, noise and errors, under two price shapes. */
export async function studyControl(study: ControlStudy): Promise<StudiedControl> {
  const { weather, days, seeds, solve, planSeconds = 20, onProgress = () => {} } = study;
  const home = loopHome;
  const hours = warmUpHours + days * 24;
  const begins = (weather.place.latitude < 0 ? winterHour.south : winterHour.north) - warmUpHours;
  const earnings = Object.fromEntries(
    home.devices.flatMap((device) =>
      device.kind === "heater"
        ? [
            [
              device.id,
              revenuePerKwh({
                perTerahashDay: hashpricePerPhDay / 1000,
                joulesPerTerahash: device.joulesPerTerahash,
                poolFee,
              }),
            ] as const,
          ]
        : [],
    ),
  );
  const runs: ControlRun[] = [];
  const courses: ControlCourse[] = [];
  for (const { name, pricePerKwh } of priceShapes) {
    for (const seed of seeds) {
      const run = {
        home,
        world: loopWorld(home, weather, { seed, hours, begins }),
        start: { roomC: 20.5, tankC: 50 },
        earnings,
        pricePerKwh: (hour: number) => pricePerKwh[hour % 24] ?? 0,
        warmUpHours,
      };
      const course = { plain: [] as LoopSample[], planner: [] as LoopSample[] };
      const keep = (of: LoopSample[]) => (sample: LoopSample) => {
        if (seed === seeds[0]) of.push(sample);
      };
      const plain = await runLoop({ ...run, onSample: keep(course.plain) });
      const value = heatValueOf(plain);
      const planner = { solve, seconds: planSeconds };
      const planned = await runLoop({ ...run, planner, onSample: keep(course.planner) }, (hour) => {
        if (hour >= warmUpHours && hour % 24 === 0) {
          onProgress(`${name}, seed ${seed}: day ${hour / 24 - warmUpHours / 24 + 1} of ${days}`);
        }
      });
      if (seed === seeds[0]) courses.push({ prices: name, seed, ...course });
      runs.push(compare(name, seed, figuresOf(plain, value), figuresOf(planned, value)));
    }
  }
  const means = priceShapes.map(({ name }) =>
    meanOfRuns(
      name,
      runs.filter(({ prices }) => prices === name),
    ),
  );
  const report: ControlReport = {
    weather: weather.place.name,
    days,
    currency: "USD",
    pricesByHour: Object.fromEntries(priceShapes.map(({ name, pricePerKwh }) => [name, pricePerKwh])),
    runs,
    means,
    verdict: verdictOnControl(means, runs),
  };
  return { report, courses };
}
