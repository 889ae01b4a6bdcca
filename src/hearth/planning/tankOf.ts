import { Celsius, Instant } from "../../domain/index.ts";
import {
  comfortAt,
  disinfectionC,
  disinfectWithin,
  type HeaterConfig,
  type PlannedTank,
  type PlanStep,
  type TankSink,
  tankJoulesPerKelvin,
  usualDraw,
  withinTargets,
} from "../../heat/index.ts";
import { absenceOf, endOf, type PlannedSite, type Supposed, wishedHeat } from "./askedSite.ts";

/** A kelvin too cold or too warm for an hour counts like so many kWh. */
const kwhPerKelvinHour = 2;
/** Kept above the temperature at which the thermostat would heat it, K. */
const marginK = 0.5;
/** The plan disinfects so long before the deadline, earlier than the thermostat would, s. */
const reserve = 5 * 3600;
/** A disinfection that is as good as due is given so long, in steps. */
const leastSteps = 4;

/** A tank as the planner takes it; undefined while its temperature is not known. */
export function tankOf(
  site: PlannedSite,
  sink: TankSink,
  steps: readonly PlanStep[],
  wished: readonly HeaterConfig[],
  supposed: Supposed,
  worth: number,
): PlannedTank | undefined {
  const { id, comfort, aroundC, hotWater, lossWattsPerKelvin, storeC } = sink;
  const mean = site.state.sinks[id]?.estimate.mean;
  if (!mean) return undefined;
  const { timezone } = site.config;
  const overrides = [...(site.owner.overrides[id] ?? []), ...absenceOf(site, supposed)];
  const wanted = steps.map((step) => comfortAt(comfort, overrides, Instant(endOf(step) - 1), timezone));
  const targets = wanted.map(({ target }) => withinTargets(sink, target));
  const disinfection = disinfectionOf(site, sink, steps);
  return {
    kind: "tank",
    id,
    joulesPerKelvin: tankJoulesPerKelvin(sink),
    lossWattsPerKelvin,
    around: aroundC,
    temperature: Celsius(mean[0]),
    drawOff: steps.map((step, at) => {
      const isAway = wanted[at]?.source === "away";
      const drawn = isAway ? 0 : usualDraw(hotWater, Instant(step.from + step.duration * 500), timezone);
      return drawn - wishedHeat(site, wished, id, step);
    }),
    least: targets.map((target) => target - comfort.bandK + marginK),
    most: targets.map((target, at) => {
      const isHot = disinfection !== undefined && at <= disinfection.byStep + 1;
      const most = Math.max(target, storeC, isHot ? disinfection.celsius + marginK : 0);
      return withinTargets(sink, most);
    }),
    coldPerKelvinHour: worth * kwhPerKelvinHour,
    hotPerKelvinHour: worth * kwhPerKelvinHour,
    disinfection,
  };
}

function disinfectionOf(
  site: PlannedSite,
  sink: TankSink,
  steps: readonly PlanStep[],
): PlannedTank["disinfection"] {
  const { disinfection: rule } = sink;
  const memory = site.state.sinks[sink.id]?.disinfection;
  const [first, last] = [steps[0], steps.at(-1)];
  if (!rule || !memory || !first || !last) return undefined;
  const deadline = site.at + (disinfectWithin(rule, memory) - rule.holdSeconds - reserve) * 1000;
  if (deadline > endOf(last)) return undefined;
  const byStep = steps.findLastIndex((step) => endOf(step) <= deadline);
  return {
    celsius: disinfectionC(rule, sink),
    byStep: Math.max(byStep, Math.min(leastSteps, steps.length) - 1),
  };
}
