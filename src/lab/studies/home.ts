import { revenuePerKwh } from "../../bitcoin/index.ts";
import {
  earningsOf,
  type HomeMoney,
  type HomeReport,
  homeReport,
  type ComparedSystem,
} from "../../energy/index.ts";
import {
  canHeatAhead,
  canPlan,
  type Foreknowledge,
  facadesOf,
  type Home,
  homeBuilding,
  type HomeOffer,
  type HomeSystem,
  type HomeYear,
  learnHome,
  monthOfHour,
  planHome,
  simulateHome,
  systemsOf,
  type SolveProgram,
  type Stretch,
  typicalDays,
  type WeatherYear,
  wholeYear,
} from "../../heat/index.ts";

export interface StudiedFile {
  readonly home: Home;
  readonly money: HomeMoney;
}

/** How much of the year was simulated: twelve typical days that stand for it, or all of it. */
const homeExtents = ["typical days", "whole year"] as const;
export type HomeExtent = (typeof homeExtents)[number];

export interface HomeStudy {
  readonly file: StudiedFile;
  readonly weather: WeatherYear;
  readonly extent: HomeExtent;
  /** Who solves plans: each plans one way to heat at a time. None: the plain thermostat alone. */
  readonly solvers?: readonly SolveProgram[] | undefined;
  /** What plans know of the days ahead; left out: forecasts that err. */
  readonly foreknowledge?: Foreknowledge | undefined;
  /** Of chance: when hot water is drawn, and how wrong forecasts are. */
  readonly seed?: number | undefined;
  readonly onProgress?: ((progress: HomeProgress) => void) | undefined;
}

export interface HomeProgress {
  readonly system: HomeSystem;
  readonly isPlanned: boolean;
  /** The month at which its plans are, 0 … 11. */
  readonly month: number;
  /** Of all that is to be simulated, 0 … 1. */
  readonly share: number;
}

/** Of the time that all takes, about, what a way to heat takes on the plain thermostat where others are planned. */
const plainShare = 0.01;
/** With a least power they take longest to plan: they come first. */
const longest: readonly HomeSystem[] = ["heater-mining", "heater-jobs", "heater-beside-heat-pump"];

/** What each way to heat a home would cost, earn and emit in a year of a weather, on its thermostat and with plans. */
export async function studyHome(study: HomeStudy): Promise<HomeReport> {
  const { file, weather, extent, solvers = [], onProgress = () => {} } = study;
  const { foreknowledge = "forecast", seed } = study;
  const { home, money } = file;
  const { mining } = money;
  const miningPerKwh = revenuePerKwh({
    perTerahashDay: mining.hashpricePerPhDay / 1000,
    joulesPerTerahash: mining.joulesPerTerahash,
    poolFee: mining.poolFee,
  });
  const facades = facadesOf(weather);
  const year = { home, building: homeBuilding(home, weather), weather, facades, seed };
  const stretches = extent === "whole year" ? wholeYear(weather) : typicalDays(weather);
  const systems = systemsOf(home);
  const onePlain = solvers.length > 0 ? plainShare : 1 / systems.length;
  const compared = systems.map((system, index) => {
    onProgress({ system, isPlanned: false, month: 0, share: index * onePlain });
    const one: ComparedSystem = { system, workload: workloadOf(system, money) };
    const hours = earningsOf(one, money, miningPerKwh);
    const byHour = (of: (hour: (typeof hours)[number]) => number) =>
      new Float64Array(weather.hours).map((_, at) => of(hours[at % 24] ?? hours[0]!));
    const offer = {
      electricityPerKwh: byHour(({ pricePerKwh }) => pricePerKwh),
      earnsPerKwh: byHour(({ perKwh }) => perKwh),
      profitShare: byHour(({ profitShare }) => profitShare),
    };
    const on = (heatsAhead: boolean) => simulateHome({ ...year, heatsAhead }, system, offer, stretches);
    return { ...one, system, offer, flows: on(true), simple: canHeatAhead(system) ? on(false) : undefined };
  });
  const planned = await planAll({ year, stretches, foreknowledge, solvers, onProgress }, compared);
  return homeReport(
    {
      home: home.name,
      weather: weather.place.name,
      hasChiller: home.chiller !== undefined,
      money,
      miningPerKwh,
      plansKnew: foreknowledge,
    },
    compared.map((one) => ({ ...one, planned: planned.get(one.system) })),
  );
}

type PlannedYear = Awaited<ReturnType<typeof planHome>>;

interface Planning {
  readonly year: HomeYear;
  readonly stretches: readonly Stretch[];
  readonly foreknowledge: Foreknowledge;
  readonly solvers: readonly SolveProgram[];
  readonly onProgress: (progress: HomeProgress) => void;
}

/** Each way to heat that can be planned, as many at a time as there are solvers. */
async function planAll(
  { year, stretches, foreknowledge, solvers, onProgress }: Planning,
  compared: readonly { readonly system: HomeSystem; readonly offer: HomeOffer }[],
): Promise<ReadonlyMap<HomeSystem, PlannedYear>> {
  const done = new Map<HomeSystem, PlannedYear>();
  if (solvers.length === 0) return done;
  const learned = learnHome(year, foreknowledge);
  const isLong = ({ system }: { readonly system: HomeSystem }) => longest.includes(system);
  const waiting = compared
    .filter(({ system }) => canPlan(system))
    .toSorted((one, other) => Number(isLong(other)) - Number(isLong(one)));
  const count = waiting.length;
  const shares = new Map<HomeSystem, number>();
  await Promise.all(
    solvers.map(async (solve) => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { system, offer } = next;
        const onPlan = (index: number, share: number) => {
          shares.set(system, share);
          const sum = [...shares.values()].reduce((all, one) => all + one, 0);
          const plain = plainShare * compared.length;
          const month = monthOfHour((index + year.weather.hours) % year.weather.hours);
          onProgress({ system, isPlanned: true, month, share: plain + ((1 - plain) * sum) / count });
        };
        done.set(system, await planHome(year, system, offer, stretches, learned, { solve, onPlan }));
      }
    }),
  );
  return done;
}

function workloadOf(system: HomeSystem, { besideHeatPump }: HomeMoney) {
  switch (system) {
    case "heater-mining":
      return "mining" as const;
    case "heater-jobs":
      return "jobs" as const;
    case "heater-beside-heat-pump":
      return besideHeatPump;
    default:
      return undefined;
  }
}
