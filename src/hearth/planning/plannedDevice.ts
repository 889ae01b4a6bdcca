import { Instant, Seconds, Watts } from "../../domain/index.ts";
import {
  type HeaterConfig,
  type HeaterStatus,
  hushAt,
  isOnTrial,
  type LearnedPowers,
  learnedRatio,
  type PlannedBackup,
  type PlannedHeater,
  type PlanStep,
  type PowerSteps,
  pumpPerformance,
  tankReach,
  type Switching,
  trustedSteps,
} from "../../heat/index.ts";
import { endOf, isWished, type PlannedSite } from "./askedSite.ts";

/** Plans switch a heater no faster, so that in a quarter-hour it has one power and no mean of several. */
const leastTurn = Seconds(600);
/** Of a start: so many kWh, that nothing is switched for nothing. */
const kwhPerStart = 0.03;

/**
 * How a device may be switched that a plan may count on: it answers, is sound, was tried, and its owner has no other
 * wish. Undefined for others. `worth` is that of a kWh, in money.
 */
export function switchingOf(
  site: PlannedSite,
  { id, minOn, minOff, quiet, priceCeiling }: HeaterConfig,
  status: HeaterStatus | undefined,
  steps: readonly PlanStep[],
  worth: number,
): Switching | undefined {
  const memory = site.state.heaters[id];
  const isAble = status && !["stopped-by-owner", "unreachable", "fault"].includes(status.state);
  if (!memory || !isAble || isOnTrial(memory.trial) || isWished(site, id)) return undefined;
  return {
    minOn: Seconds(Math.max(minOn, leastTurn)),
    minOff: Seconds(Math.max(minOff, leastTurn)),
    startCost: worth * kwhPerStart,
    watts: memory.setpoint.watts,
    // A rest or run that ends within the first half of the first step is taken to be over.
    since: Seconds(memory.sinceSwitch + (steps[0]?.duration ?? 0) / 2),
    priceCeiling,
    mostWatts: quiet.length > 0 ? steps.map((step) => mostIn(step, quiet, site.config.timezone)) : undefined,
  };
}

const quarterMs = 900_000;

/** The lowest cap that quiet hours set within a step. */
function mostIn(step: PlanStep, quiet: HeaterConfig["quiet"], timezone: string): number {
  let most = Infinity;
  for (let at: number = step.from; at < endOf(step); at += quarterMs) {
    most = Math.min(most, hushAt(quiet, Instant(at), timezone)?.maxWatts ?? Infinity);
  }
  return most;
}

const powersOf = ({ state }: PlannedSite, { id, traits }: HeaterConfig) => {
  const trial = state.heaters[id]?.trial;
  return trial ? trustedSteps(traits, trial) : ({ kind: "levels", watts: [] } as const);
};

export const heaterOf = (
  site: PlannedSite,
  heater: HeaterConfig,
  switching: Switching,
  steps: readonly PlanStep[],
): PlannedHeater => ({
  ...switching,
  id: heater.id,
  ...learnedPowers(powersOf(site, heater), site.state.heaters[heater.id]?.learned ?? [], switching.mostWatts),
  heatShare: heater.heatShare,
  sinks: [heater.sink],
  earnsPerKwh: steps.map(() => site.earnsPerKwh[heater.id] ?? 0),
});

/** Its levels as it was metered to draw them, as long as they ascend, and what it is asked for to do so. */
function learnedPowers(
  steps: PowerSteps,
  learned: LearnedPowers,
  mostWatts: Switching["mostWatts"],
): Pick<PlannedHeater, "steps" | "asked" | "mostWatts"> {
  if (steps.kind === "range" || learned.length === 0) return { steps, mostWatts };
  const drawn = steps.watts.map((watts) => Watts(Math.round(watts * learnedRatio(learned, watts))));
  const ascends = drawn.every((watts, at) => watts > (drawn[at - 1] ?? 0));
  if (!ascends) return { steps, mostWatts };
  // A cap is on what is asked for.
  const capOf = (most: number) => drawn[steps.watts.findLastIndex((watts) => watts <= most)] ?? 0;
  return { steps: { kind: "levels", watts: drawn }, asked: steps.watts, mostWatts: mostWatts?.map(capOf) };
}

/** What only heats, with what it gives for a watt in each step's weather. */
export function backupOf(
  site: PlannedSite,
  heater: HeaterConfig,
  switching: Switching,
  steps: readonly PlanStep[],
): PlannedBackup {
  const { id, sink: sinkId, traits, heatShare } = heater;
  const { performance } = traits;
  const sink = site.config.sinks.find((one) => one.id === sinkId);
  const powers = powersOf(site, heater);
  const [lowest, highest] =
    powers.kind === "range" ? [powers.min, powers.max] : [powers.watts[0], powers.watts.at(-1)];
  return {
    ...switching,
    id,
    sinks: [sinkId],
    minWatts: lowest ?? Watts(0),
    maxWatts: highest ?? Watts(0),
    performance: steps.map(({ outdoor }) => {
      if (sink?.kind === "tank" && sink.comfort.setBackC > tankReach(traits)) return 0;
      const perWatt =
        performance && sink ? pumpPerformance(performance, sink, sink.comfort.setBackC, outdoor) : 1;
      return heatShare * perWatt;
    }),
  };
}
