import type { PlannedRoom } from "../../planner/planProblem.ts";
import { stepsPerHour } from "../dwelling.ts";
import { type AskedHome, discomfort } from "./askedHome.ts";
import { cooledRoom, type PosedRoom } from "./poseCooling.ts";

const usualRoomC = 20;
/** Cooler than may be at most, K: the model errs. */
const hotMarginK = 0.1;
/** In which what the model does not explain fades, h. */
const fadeHours = 6;

export function poseRoom(asked: AskedHome): PosedRoom {
  const { run, model, known, times, meanPrice, mostRoomC, outlook } = asked;
  const { dwelling } = run;
  const wantedC = (hour: number) => {
    const celsius = dwelling.wantedC(((hour % 24) + 24) % 24);
    return Number.isNaN(celsius) ? usualRoomC - 15 : celsius;
  };
  const room: PlannedRoom = {
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
  const isCooled = times.some(({ hour }) => outlook.coolingW(hour) > 0);
  return isCooled ? cooledRoom(asked, room) : { room, coolers: [] };
}
