import type { Plan } from "../../planner/plan.ts";
import type { PlanProblem } from "../../planner/planProblem.ts";
import type { SolveProgram } from "../../planner/program.ts";
import { solvePlan } from "../../planner/solvePlan.ts";
import { facadesOf } from "../../building/solarGains.ts";
import { openDwelling } from "../dwelling.ts";
import type { HomeFlows } from "../flows.ts";
import { type HomeOffer, type HomeYear, openRun } from "../homeRun.ts";
import { liveHome } from "../simulateHome.ts";
import { type HomeSystem, isBought } from "../sources.ts";
import type { Stretch } from "../stretches.ts";
import { type Foreknowledge, type Outlook, outlooksOf } from "./outlook.ts";
import { everyHours, HomePilot, type HomePlans, plannedWarmUp } from "./homePilot.ts";
import { learnRoom, steadyBuilding } from "./learnRoom.ts";
import type { RoomModel } from "../../room.ts";
import { lossOf } from "../dwelling.ts";

/** What plans of a home's rooms start from, whatever heats them. */
export interface LearnedHome {
  readonly model: RoomModel;
  readonly outlookOf: (stretch: Stretch) => Outlook;
}

const trialKelvin = 6;
const longestTrialHours = 14 * 24;

/** How the rooms answer to heat, and what is foreseen of their days; found once for all ways to heat them. */
export function learnHome(year: HomeYear, knowledge: Foreknowledge = "forecast"): LearnedHome {
  const { building, weather, facades = facadesOf(weather) } = year;
  const steady = steadyBuilding(building);
  const open = () => openDwelling(steady, weather, facades);
  const loss = lossOf(building, building.site.altitudeM ?? weather.place.altitudeM);
  const model = learnRoom(
    open,
    floorOf(building),
    trialKelvin * loss,
    coldest(weather.outdoorC),
    weather.hours,
  );
  return { model, outlookOf: outlooksOf(year, model, knowledge) };
}

const floorOf = ({ zone, zones }: HomeYear["building"]): number =>
  [zone, ...zones.map((one) => one.zone)].reduce((sum, { floorAreaM2 }) => sum + floorAreaM2, 0);

/** The hour at which the coldest two weeks begin. */
function coldest(outdoorC: Float64Array): number {
  let [best, sum, least] = [0, 0, Infinity];
  for (let hour = 0; hour < outdoorC.length; hour++) {
    sum += (outdoorC[hour] ?? 0) - (outdoorC[hour - longestTrialHours] ?? 0);
    if (hour < longestTrialHours - 1 || sum >= least) continue;
    [best, least] = [hour - longestTrialHours + 1, sum];
  }
  return best;
}

export interface PlannedYear {
  readonly flows: HomeFlows;
  readonly plans: HomePlans;
}

export interface PlanHomeOptions {
  readonly solve: SolveProgram;
  /** For each plan, s. */
  readonly seconds?: number;
  /** Called after each plan, with the hour that it was made for and how much of the whole is done, 0 … 1. */
  readonly onPlan?: ((index: number, share: number) => void) | undefined;
}

const gap = 0.01;

/**
 * The same home as `simulateHome` lets live, by the same physics, with its plans made anew every few hours. What a plan
 * says is only asked for: the home's own run decides what flows.
 */
export async function planHome(
  year: HomeYear,
  system: HomeSystem,
  offer: HomeOffer,
  stretches: readonly Stretch[],
  { model, outlookOf }: LearnedHome,
  { solve, seconds = 2, onPlan = () => {} }: PlanHomeOptions,
): Promise<PlannedYear> {
  const run = openRun(year, system, offer);
  const { home, weather } = year;
  const mostRoomC = run.dwelling.warmestC + home.planner.warmerK;
  const planned = { home, run, offer, model, hours: weather.hours, mostRoomC };
  const pilot = new HomePilot(planned, outlookOf);
  const life = liveHome<PlanProblem, Plan>(year, run, stretches, pilot);
  const all = stretches.reduce((sum, { from, until }) => sum + until - from + plannedWarmUp, 0) / everyHours;
  let next = life.next();
  for (let made = 1; !next.done; made++) {
    const plan = await solvePlan(next.value, solve, { seconds, gap });
    onPlan((plan.steps[0]?.from ?? 0) / 3_600_000, Math.min(1, made / all));
    next = life.next(plan);
  }
  return { flows: next.value, plans: pilot.plans() };
}

/** Whether a plan can do anything for a way to heat: whether it draws electricity that could be drawn at another time. */
export const canPlan = (system: HomeSystem): boolean => !isBought(system);
