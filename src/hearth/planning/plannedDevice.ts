import { Seconds, Watts } from "../../domain/index.ts";
import {
  type HeaterConfig,
  type HeaterStatus,
  isOnTrial,
  type PlannedBackup,
  type PlannedHeater,
  type PlanStep,
  pumpPerformance,
  type Switching,
  trustedSteps,
} from "../../heat/index.ts";
import { isWished, type PlannedSite } from "./askedSite.ts";

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
  { id, minOn, minOff }: HeaterConfig,
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
  };
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
  steps: powersOf(site, heater),
  heatShare: heater.heatShare,
  sinks: [heater.sink],
  earnsPerKwh: steps.map(() => site.earnsPerKwh[heater.id] ?? 0),
});

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
      const perWatt =
        performance && sink ? pumpPerformance(performance, sink, sink.comfort.setBackC, outdoor) : 1;
      return heatShare * perWatt;
    }),
  };
}
