import { type Seconds, type SinkId, Watts } from "../domain/index.ts";
import { type Comfort, comfortAt } from "./comfort.ts";
import { aroundSink, type ControlConfig, type SinkConfig, type TankSink } from "./controlConfig.ts";
import type { ControlInput } from "./controlInput.ts";
import type { SinkMemory } from "./controlState.ts";
import { possibleHeat, type Demand, type FreeHeater } from "./dispatch.ts";
import { disinfectingComfort, disinfectionC, watchDisinfection } from "./disinfection.ts";
import { sensorDoubt } from "./doubtSensor.ts";
import { believedReading, sensorState, updateEstimate } from "./estimate.ts";
import { watchFrost } from "./frost.ts";
import { learnedRatio } from "./learned.ts";
import type { Passage } from "./observe.ts";
import type { HeaterTraits } from "./heater.ts";
import { tankReach } from "./performance.ts";
import type { ObservedHeater } from "./observedHeater.ts";
import { type ComfortGuard, guardComfort } from "./planner/comfortGuard.ts";
import { watchResponse } from "./response.ts";
import { watchStandstill } from "./standstill.ts";
import { watchShortage } from "./shortage.ts";
import { isTooHot, type Permission, permitHeat } from "./safety.ts";
import { highestStep } from "./steps.ts";
import { withinTargets } from "./targetRange.ts";
import { watchTankAnswer } from "./tankAnswer.ts";
import { askTank } from "./tankThermostat.ts";
import { askThermostat, tuneThermostat, type ThermostatState } from "./thermostat.ts";
import { isOnTrial, trustedSteps } from "./trial.ts";

/** A sink as it is sensed in this round. */
export interface SensedSink {
  readonly config: SinkConfig;
  readonly memory: SinkMemory;
  readonly comfort: Comfort;
  readonly permission: Permission;
  /** Heat that its heaters give it now. */
  readonly heating: Watts;
}

export function senseSink(
  { timezone }: ControlConfig,
  config: SinkConfig,
  before: SinkMemory,
  heaters: readonly ObservedHeater[],
  input: ControlInput,
  passage: Passage,
): SensedSink {
  const own = heaters.filter((heater) => heater.config.sink === config.id);
  const heat = (watts: (heater: ObservedHeater) => number) =>
    Watts(own.reduce((sum, heater) => sum + watts(heater) * heater.config.heatShare, 0));
  const flowing = heat(({ reading, memory }) => reading?.watts ?? memory.setpoint.watts);
  const estimate = updateEstimate(config, before.estimate, {
    ...passage,
    reading: input.sensors[config.id]?.reading,
    heat: flowing,
    outdoor: aroundSink(config, input.outdoor),
  });
  const heating = heat(({ reading }) => reading?.watts ?? 0);
  const { elapsed } = passage;
  const isFull = before.thermostat.wanted >= nearlyAll * capacityOf(own);
  const observed = watchSensor(config, { ...before, estimate }, { heating, flowing, isFull, elapsed });
  const disinfection =
    config.kind === "tank"
      ? watchDisinfection(config, before.disinfection, {
          at: input.at,
          elapsed,
          estimate,
          isDoubted: sensorDoubt(config, observed) !== undefined,
          capacity: capacityOf(own.filter(({ config: { traits } }) => disinfects(config, traits))),
          timezone,
          isPlanned: own.some((heater) => input.plan?.[heater.config.id] !== undefined),
        })
      : null;
  const memory = {
    ...observed,
    tooHot: isTooHot(config, before.tooHot, estimate),
    frost: watchFrost(config, before.frost, estimate, passage.elapsed),
    disinfection,
  };
  const usual = comfortOf(config, input, timezone);
  const comfort = config.kind === "tank" ? disinfectingComfort(config, disinfection, usual) : usual;
  const permission = permitHeat(config, memory);
  const warmest = own.flatMap(({ config: { id } }) => input.plan?.[id]?.warmest ?? []);
  const guard = guardPlan(config, before.guard, { comfort, permission, warmest });
  return { config, memory: { ...memory, guard }, comfort, permission, heating };
}

interface HeatRound {
  /** By what its heaters say. */
  readonly heating: Watts;
  /** What they may give, where they say nothing. */
  readonly flowing: Watts;
  /** All the heat that there is is wanted. */
  readonly isFull: boolean;
  readonly elapsed: Seconds;
}

/** Follows whether a sink's sensor answers to its heat, as a room's does or a tank's. */
function watchSensor(
  config: SinkConfig,
  memory: SinkMemory,
  { heating, flowing, isFull, elapsed }: HeatRound,
): SinkMemory {
  const { estimate, response, standstill } = memory;
  const raw = believedReading(estimate);
  if (config.kind === "tank") {
    return { ...memory, answer: watchTankAnswer(memory.answer, config, { raw, heat: flowing, elapsed }) };
  }
  const round = { raw, heat: heating, elapsed };
  const isFresh = sensorState(config.sensor, estimate) === "fresh";
  return {
    ...memory,
    response: watchResponse(response, config.model, { ...round, isFull }),
    standstill: isFresh ? watchStandstill(standstill, config.model, round) : standstill,
  };
}

interface Guarded extends Pick<SensedSink, "comfort" | "permission"> {
  /** What plans for its heaters let it become. */
  readonly warmest: readonly number[];
}

/** A plan may use the whole band; a thermostat that took over brings the sink well into it, a tank to its target. */
function guardPlan(
  { kind }: SinkConfig,
  before: ComfortGuard,
  { comfort: { target, band }, permission, warmest }: Guarded,
): ComfortGuard {
  if (permission.kind !== "regulate") return before;
  return guardComfort(before, {
    temperature: permission.temperature,
    least: target - band,
    most: Math.min(...warmest),
    tolerance: 0,
    back: { fromCold: kind === "tank" ? band : band / 2, fromHot: 0 },
  });
}

function comfortOf(sink: SinkConfig, { owner, at }: ControlInput, timezone: string): Comfort {
  const wanted = comfortAt(sink.comfort, owner.overrides[sink.id] ?? [], at, timezone);
  const { target, nextTarget } = wanted;
  return {
    ...wanted,
    target: withinTargets(sink, target),
    nextTarget: nextTarget === undefined ? undefined : withinTargets(sink, nextTarget),
  };
}

const nearlyAll = 0.9;

const disinfects = (tank: TankSink, traits: HeaterTraits): boolean =>
  tank.disinfection !== null && tankReach(traits) >= disinfectionC(tank.disinfection, tank);

/** All the heat that a sink's heaters can ever give; untried ones are counted on in frost alone. */
function capacityOf(heaters: readonly ObservedHeater[], inFrost = false): Watts {
  const counted = heaters.filter(({ memory }) => inFrost || !isOnTrial(memory.trial));
  return Watts(
    counted.reduce((sum, { config, memory }) => {
      const most = highestStep(trustedSteps(config.traits, memory.trial));
      return sum + most * Math.max(1, learnedRatio(memory.learned, most)) * config.heatShare;
    }, 0),
  );
}

/** So far above the limit that the thermostat asks for all the heat there is until frost ends. */
const frostTarget = ({ limits, comfort }: SinkConfig): number => limits.minC + 3 * comfort.bandK;

export interface SinkDemand {
  readonly id: SinkId;
  readonly demand: Demand;
  readonly thermostat: ThermostatState;
  /** See `SinkMemory`. */
  readonly shortFor: number;
}

/** The heat that a sink wants from its heaters now. */
export function demandHeat(
  { config, memory, comfort, permission }: SensedSink,
  heaters: readonly FreeHeater[],
  passage: Passage,
): SinkDemand {
  const { id } = config;
  const resting = { id, thermostat: memory.thermostat, shortFor: 0 };
  const shortFor = (wanted: Watts) => watchShortage(memory.shortFor, heaters, wanted, passage.elapsed);
  if (permission.kind !== "regulate") {
    const watts = permission.kind === "fallback" ? permission.watts : Watts(0);
    return { ...resting, demand: { kind: "ceiling", watts } };
  }
  const capacity = capacityOf(heaters, permission.isFrost);
  if (capacity === 0) return { ...resting, demand: { kind: "heat", watts: capacity } };
  const kind = permission.isFrost ? "all" : "heat";
  if (config.kind === "tank") {
    const { temperature } = permission;
    const asked = askTank(memory.thermostat, { ...comfort, temperature, capacity });
    const { state, wanted } = asked;
    return { id, demand: { kind, watts: wanted }, thermostat: state, shortFor: shortFor(wanted) };
  }
  const target = permission.isFrost ? frostTarget(config) : comfort.target;
  const { state, wanted } = askThermostat(tuneThermostat(config.model, capacity), memory.thermostat, {
    temperature: permission.temperature,
    target,
    band: comfort.band,
    capacity,
    possible: possibleHeat(heaters),
    elapsed: passage.elapsed,
  });
  return { id, demand: { kind, watts: wanted }, thermostat: state, shortFor: shortFor(wanted) };
}
