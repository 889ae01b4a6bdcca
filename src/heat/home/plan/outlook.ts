import { seededRandom } from "../../../domain/index.ts";
import { facadesOf } from "../../building/solarGains.ts";
import { drawOffShare } from "../../sinks/drawOff.ts";
import type { PoolSurroundings } from "../../sinks/pool.ts";
import { forecastErrors } from "../../weather/forecastErrors.ts";
import { humidityAt } from "../../weather/vapour.ts";
import type { WeatherYear } from "../../weather/weatherYear.ts";
import { openDwelling, stepsPerHour } from "../dwelling.ts";
import type { HomeYear } from "../homeRun.ts";
import { poolSurroundings } from "../homePool.ts";
import { tapsByStep } from "../hotWater.ts";
import type { RoomModel } from "../../room.ts";
import type { Stretch } from "../stretches.ts";
import { foresee, type Foresight } from "./foresight.ts";
import { steadyBuilding } from "./learnRoom.ts";

/** What plans know of the days ahead: forecasts that are as wrong as real ones, or all of it, to see what those cost. */
export type Foreknowledge = "forecast" | "perfect";

/** What is foreseen of a home in a stretch, and what its sensors tell. Hours count like the stretch's. */
export interface Outlook extends Foresight {
  /** In an hour, °C, by the forecast that was made in another. */
  outdoorC(issued: number, index: number): number;
  /** Undefined where no forecast tells it. */
  relativeHumidity(index: number): number | undefined;
  /** What surrounds the pool, by the forecast that was made in another hour; undefined without a pool. */
  poolAround(issued: number, index: number): PoolSurroundings | undefined;
  /** Warm water at the taps in some steps of an hour, l/h. */
  litresPerHour(index: number, step: number, count: number): number;
  /** What the thermometers of room, tank and pool are off by, K. */
  roomNoiseK(index: number, step: number): number;
  tankNoiseK(index: number): number;
  poolNoiseK(index: number): number;
}

/** Deviations, K; of people's heat as a share. They are those of the closed loop's study. */
const doubts = { room: 0.1, roomBias: 0.08, tank: 0.2, tankBias: 0.5, pool: 0.05, people: 0.125 } as const;
const daysBeyond = 4;

/** @returns the outlook of each stretch, found when it is first asked for. */
export function outlooksOf(
  year: HomeYear,
  model: RoomModel,
  knowledge: Foreknowledge,
): (stretch: Stretch) => Outlook {
  const lookOut = knowledge === "perfect" ? knowAll(year, model) : forecast(year, model);
  const known = new Map<Stretch, Outlook>();
  return (stretch) => {
    const found = known.get(stretch) ?? lookOut(stretch);
    known.set(stretch, found);
    return found;
  };
}

/** The weather as it is foretold, hot water as it usually is, thermometers as they are. */
function forecast({ home, building, weather, seed = 1 }: HomeYear, model: RoomModel) {
  const { hours } = weather;
  const random = seededRandom(seed).fork("outlook");
  const errors = forecastErrors(random.fork("forecast"), hours, hours + daysBeyond * 24);
  const foretold = withSun(weather, errors.sunShare);
  const facades = facadesOf(foretold);
  const steady = steadyBuilding(building);
  const people = building.zone.internalGainW * doubts.people * random.fork("people").normal();
  const noise = (name: string, count: number) => {
    const own = random.fork(name);
    return new Float64Array(count).map(() => own.normal());
  };
  const [roomNoise, tankNoise] = [noise("room", hours * stepsPerHour), noise("tank", hours)];
  const poolNoise = noise("pool", hours);
  const biases = random.fork("biases");
  const [roomBias, tankBias] = [doubts.roomBias * biases.normal(), doubts.tankBias * biases.normal()];
  const { litresPerDay, profile } = home.hotWater;
  const of = (index: number) => ((index % hours) + hours) % hours;
  const aroundPool = home.pool && poolSurroundings(home.pool, foretold, facades);
  const outdoorC = (issued: number, index: number) =>
    (weather.outdoorC[of(index)] ?? 0) + errors.outdoorK(of(issued), of(issued) + index - issued);
  return (stretch: Stretch): Outlook => {
    const foresight = foresee(openDwelling(steady, foretold, facades), model, foretold, stretch);
    return {
      gainsW: (index, step) => foresight.gainsW(index, step) + people,
      netGainsW: (index, step, count) => foresight.netGainsW(index, step, count) + people,
      coolingW: (index) => foresight.coolingW(index),
      outdoorC,
      relativeHumidity: () => undefined,
      poolAround(issued, index) {
        // There will be as much vapour in the air as there is when the forecast is made.
        const celsius = outdoorC(issued, index);
        const humidity = weather.relativeHumidity[of(issued)] ?? 0.7;
        const relativeHumidity = humidityAt(celsius, humidity, weather.outdoorC[of(issued)] ?? celsius);
        return aroundPool && { ...aroundPool(of(index)), outdoorC: celsius, relativeHumidity };
      },
      litresPerHour: (index) => litresPerDay * drawOffShare(profile, of(index) % 24),
      roomNoiseK: (index, step) => roomBias + doubts.room * (roomNoise[of(index) * stepsPerHour + step] ?? 0),
      tankNoiseK: (index) => tankBias + doubts.tank * (tankNoise[of(index)] ?? 0),
      poolNoiseK: (index) => doubts.pool * (poolNoise[of(index)] ?? 0),
    };
  };
}

function knowAll(year: HomeYear, model: RoomModel) {
  const { home, building, weather, facades = facadesOf(weather) } = year;
  const { hours } = weather;
  const aroundPool = home.pool && poolSurroundings(home.pool, weather, facades);
  const steady = steadyBuilding(building);
  const taps = tapsByStep(year);
  const of = (index: number) => ((index % hours) + hours) % hours;
  return (stretch: Stretch): Outlook => ({
    ...foresee(openDwelling(steady, weather, facades), model, weather, stretch),
    outdoorC: (_, index) => weather.outdoorC[of(index)] ?? 0,
    relativeHumidity: (index) => weather.relativeHumidity[of(index)],
    poolAround: (_, index) => aroundPool?.(of(index)),
    litresPerHour(index, step, count) {
      const from = of(index) * stepsPerHour + step;
      return (
        (taps.subarray(from, from + count).reduce((sum, litres) => sum + litres, 0) / count) * stepsPerHour
      );
    },
    roomNoiseK: () => 0,
    tankNoiseK: () => 0,
    poolNoiseK: () => 0,
  });
}

function withSun(weather: WeatherYear, share: (hour: number) => number): WeatherYear {
  const scaled = (of: Float64Array) => of.map((watts, hour) => watts * share(hour));
  return {
    ...weather,
    directNormal: scaled(weather.directNormal),
    diffuseHorizontal: scaled(weather.diffuseHorizontal),
  };
}
