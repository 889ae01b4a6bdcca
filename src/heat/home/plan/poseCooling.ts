import { Watts } from "../../../domain/index.ts";
import type { PlannedCooler, PlannedRoom } from "../../planner/planProblem.ts";
import { stepRoom } from "../../room.ts";
import { costOfCold } from "../coolHome.ts";
import type { AskedHome } from "./askedHome.ts";

/** The rooms, and what cools them where that is foreseen to be wanted within the horizon. */
export interface PosedRoom {
  readonly room: PlannedRoom;
  readonly coolers: readonly PlannedCooler[];
}

/** A cooler gives that much more than the hottest hour ahead takes, and at least so much, W. */
const reserve = 1.3;
const leastColdW = 2000;
/** Heat is wanted where the rooms would else be within so much of the least, K. */
const coldMarginK = 0.3;
/** Of a kWh of input at most, where computing pays for the heat that drives a chiller. */
const mostPerformance = 50;

/**
 * Rooms of which some heat is to be taken: when, is the plan's. They may be as warm as where cooling begins, and are
 * heated where they would else be too cold; where both are wanted in a day, each has its own hours.
 */
export function cooledRoom(asked: AskedHome, heated: PlannedRoom): PosedRoom {
  const { times, outlook, around, run, home, mostRoomC } = asked;
  const gains = times.map(({ hour }, at) => (heated.gains?.[at] ?? 0) + outlook.coolingW(hour));
  const freeC = freeRun(asked, { ...heated, gains });
  const coolC = times.map(({ hour }) => {
    const celsius = run.dwelling.coolC(((hour % 24) + 24) % 24);
    return Number.isNaN(celsius) ? Infinity : celsius;
  });
  const hasHeater = run.plant.sources.some(({ kind }) => kind === "heater");
  const costs = around.map((one) => costOfCold(home, one, hasHeater));
  const performance = around.map(({ electricityPerKwh: price }, at) =>
    price > 0 ? price / Math.max(costs[at] ?? 0, price / mostPerformance) : 1,
  );
  const mostColdW = Math.max(
    leastColdW,
    reserve * Math.max(...times.map(({ hour }) => outlook.coolingW(hour))),
  );
  const cooler: PlannedCooler = {
    id: "cooling",
    room: heated.id,
    performance,
    mostWatts: performance.map((perWatt, at) =>
      (freeC[at] ?? 0) > (coolC[at] ?? 0) - home.planner.coolerK ? mostColdW / perWatt : 0,
    ),
  };
  const isHotAtEnd = (freeC.at(-1) ?? 0) > (coolC.at(-1) ?? 0);
  const isWarmAtEnd = (freeC.at(-1) ?? 0) > (heated.least.at(-1) ?? 0);
  const meanCost = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
  const room: PlannedRoom = {
    ...heated,
    gains,
    most: heated.most.map((most, at) =>
      Math.min(coolC[at] ?? Infinity, (freeC[at] ?? 0) > mostRoomC ? 100 : most),
    ),
    mostHeat: heated.least.map((least, at) => ((freeC[at] ?? 0) < least + coldMarginK ? Infinity : 0)),
    ...(isHotAtEnd ? { worthPerKwh: -meanCost } : isWarmAtEnd ? { worthPerKwh: 0 } : {}),
  };
  return { room, coolers: [cooler] };
}

/** The rooms' air at the end of each step while nothing heats or cools them, °C. */
function freeRun({ steps, model }: AskedHome, { state, gains }: PlannedRoom): readonly number[] {
  let now = state;
  return steps.map(({ outdoor, duration }, at) => {
    now = stepRoom(model, now, { outdoor, heat: Watts(gains?.[at] ?? 0) }, duration);
    return now.air;
  });
}
