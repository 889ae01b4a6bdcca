import { HeaterId, Watts } from "../domain/index.ts";
import { raiseAndClear } from "./alarms.ts";
import { bindHeaters, type BoundHeater } from "./bindHeaters.ts";
import { validOverrides } from "./comfort.ts";
import type { ControlConfig } from "./controlConfig.ts";
import type { ControlInput, OwnerWishes } from "./controlInput.ts";
import type { ControlOutput, Decision, HeaterStatus, SinkStatus } from "./controlOutput.ts";
import { type ControlState, newSink } from "./controlState.ts";
import { decide, type PlannedRound, rememberDecision } from "./decide.ts";
import { dispatch, type FreeHeater, type Share } from "./dispatch.ts";
import { estimatedAir, sensorState } from "./estimate.ts";
import { capFeeder, type FeederPlan, mayDraw } from "./feeder.ts";
import { longAgo, strangeHeater } from "./heaterMemory.ts";
import { isUnwatched, observeHeater, type Passage, silenceBorne } from "./observe.ts";
import { disobeys } from "./obey.ts";
import { atPresent } from "./performance.ts";
import { type MainsMemory, otherLoads, watchMains } from "./mains.ts";
import type { Stop } from "./safety.ts";
import { demandHeat, type SensedSink, senseSink, type SinkDemand } from "./sinkRound.ts";
import { eventsOfClock, eventsOfTrial, passageOf, troublesOfHeater, troublesOfSink } from "./troubles.ts";
import { unjudgedOfHeater, unjudgedOfSink } from "./unjudged.ts";
import { flaps } from "./starts.ts";
import { wishedTrial } from "./trial.ts";
import { inTime, inWatts } from "./words.ts";

/**
 * One round of the hearth: from what was sensed to a setpoint for every heater, with its reason. Pure; safety outranks
 * the owner, the owner outranks comfort.
 */
export function control(given: ControlConfig, state: ControlState, input: ControlInput): ControlOutput {
  const config = atPresent(given, state.sinks, input.outdoor);
  const passage = passageOf(state.at, input.at, input.elapsed);
  const observed = config.heaters.map((heater) => {
    const { trial, ...before } = state.heaters[heater.id] ?? strangeHeater(heater);
    const wished = wishedTrial(trial, heater.traits, input.owner.trials[heater.id]);
    return observeHeater(heater, { ...before, trial: wished }, input.heaters[heater.id], passage);
  });
  const sensed = new Map(
    config.sinks.map((sink) => {
      const before = state.sinks[sink.id] ?? newSink();
      return [sink.id, senseSink(config, sink, before, observed, input, passage)];
    }),
  );
  const bound = bindHeaters(config, observed, sensed, input);
  const demands = [...sensed.values()].map((sink) => demandHeat(sink, heatersOf(sink, bound), passage));
  const shares = new Map(
    [...sensed.values()].flatMap((sink, index) => {
      const demand = demands[index]?.demand ?? ({ kind: "ceiling", watts: Watts(0) } as const);
      return [...dispatch(heatersOf(sink, bound), demand)];
    }),
  );
  const sinceStart = Math.min(longAgo, state.sinceStart + passage.elapsed);
  const mains = watchMains(state.mains, input.mains, observed, passage.elapsed);
  const { rounds, exceeded, feeder } = planPowers(config, bound, shares, {
    sinceStart,
    others: otherLoads(mains),
    loads: input.loads ?? 0,
  });
  const decisions = rounds.map((round) => decide(round, input.at));
  return conclude({
    config,
    state,
    input,
    passage,
    sensed,
    demands,
    rounds,
    decisions,
    exceeded,
    feeder,
    sinceStart,
    mains,
  });
}

const heatersOf = ({ config }: SensedSink, bound: readonly BoundHeater[]): readonly FreeHeater[] =>
  bound.map(({ heater }) => heater).filter((heater) => heater.config.sink === config.id);

/** Fits what the sinks want under the feeder's cap and lets heaters start one after the other. */
function planPowers(
  config: ControlConfig,
  bound: readonly BoundHeater[],
  shares: ReadonlyMap<string, Share>,
  {
    sinceStart,
    others,
    loads,
  }: { readonly sinceStart: number; readonly others: Watts; readonly loads: number },
) {
  const shareOf = ({ config: { id } }: FreeHeater): Share =>
    shares.get(id) ?? { power: Watts(0), isBound: false };
  const feeder = capFeeder(
    bound.map(({ heater }) => ({ ...heater, planned: shareOf(heater).power })),
    Watts(Math.max(0, config.feeder.maxWatts - others - loads)),
  );
  let mayStart = sinceStart >= config.stagger;
  const rounds = bound.map((one): PlannedRound => {
    const share = shareOf(one.heater);
    const capped = feeder.powers.get(one.heater.config.id) ?? Watts(0);
    const starts = isStart(one, capped);
    const waits = starts && !mayStart;
    if (starts) mayStart = false;
    const power = waits ? one.heater.memory.setpoint.watts : capped;
    const curb = waits ? turn(config, sinceStart) : curbOf(config, feeder, one.heater);
    return { ...one, share, power, curb };
  });
  const drawn = rounds.reduce((sum, { heater, power }) => sum + mayDraw(heater, power), 0);
  const isShort =
    feeder.exceeded ||
    rounds.some(({ curb, share, power }) => curb?.cause === "feeder" && power < share.power);
  const free = config.feeder.maxWatts - others - drawn;
  return { rounds, exceeded: feeder.exceeded, feeder: { free, isShort } };
}

/** Raising a heater on trial counts as a start: what it will draw is not known. */
function isStart({ heater, isTried }: BoundHeater, power: Watts): boolean {
  const before = heater.memory.setpoint.watts;
  return power > 0 && (before === 0 || (isTried && power > before));
}

function turn({ stagger }: ControlConfig, sinceStart: number): Stop {
  const left = inTime(Math.max(1, stagger - sinceStart));
  return { cause: "waits-its-turn", why: `another heater has just started, waits ${left}` };
}

function curbOf({ feeder }: ControlConfig, plan: FeederPlan, { config }: FreeHeater): Stop | undefined {
  if (!plan.curbed.has(config.id)) return undefined;
  return { cause: "feeder", why: `the feeder's ${inWatts(feeder.maxWatts)} are in use` };
}

interface Conclusion {
  readonly config: ControlConfig;
  readonly state: ControlState;
  readonly input: ControlInput;
  readonly passage: Passage;
  readonly sensed: ReadonlyMap<string, SensedSink>;
  readonly demands: readonly SinkDemand[];
  readonly rounds: readonly PlannedRound[];
  readonly decisions: readonly Decision[];
  readonly exceeded: boolean;
  readonly feeder: Omit<ControlOutput["feeder"], "sinceStart">;
  readonly sinceStart: number;
  readonly mains: MainsMemory | null;
}

function conclude(round: Conclusion): ControlOutput {
  const { config, state, input, passage, sensed, demands, rounds, decisions } = round;
  const sinks = [...sensed.values()];
  const others = otherLoads(round.mains);
  const beside = others > 0 ? `, with another ${inWatts(others)} by the site's meter` : "";
  const overload = {
    level: "alarm",
    code: "feeder/exceeded",
    subject: "site",
    message: `heaters may draw more than the feeder's ${inWatts(config.feeder.maxWatts)}${beside}: lowering them`,
  } as const;
  const troubles = [
    ...sinks.flatMap((sink) => troublesOfSink(sink, input.sensors[sink.config.id]?.trouble)),
    ...rounds.flatMap(({ heater }) => troublesOfHeater(heater)),
    ...(round.exceeded ? [overload] : []),
  ];
  const unjudged = [
    ...sinks.flatMap((sink) => unjudgedOfSink(sink)),
    ...rounds.flatMap(({ heater }) => unjudgedOfHeater(heater)),
  ];
  const { open, events } = raiseAndClear(state.open, troubles, input.at, unjudged);
  const hasStarted = rounds.some((planned) => isStart(planned, planned.power));
  const next: ControlState = {
    version: 1,
    at: input.at,
    sinks: Object.fromEntries(
      sinks.map(({ config: { id }, memory }, index) => {
        const { thermostat = memory.thermostat, shortFor = 0 } = demands[index] ?? {};
        return [id, { ...memory, thermostat, shortFor }];
      }),
    ),
    heaters: Object.fromEntries(
      rounds.flatMap(({ heater }, index) => {
        const decision = decisions[index];
        return decision ? [[heater.config.id, rememberDecision(heater, decision)]] : [];
      }),
    ),
    sinceStart: hasStarted ? 0 : round.sinceStart,
    mains: round.mains,
    open,
  };
  return {
    state: next,
    decisions,
    events: [
      ...eventsOfClock(passage),
      ...rounds.flatMap((planned) => eventsOfTrial(planned.heater, state, input.at)),
      ...events,
    ],
    alarms: open.toSorted((one, other) => other.at - one.at),
    sinks: sinks.map((sink, index) => sinkStatus(sink, demands[index])),
    heaters: rounds.map((planned, index) => heaterStatus(planned, decisions[index], input.owner)),
    feeder: { ...round.feeder, sinceStart: next.sinceStart },
    owner: stillWished(config, input),
  };
}

function sinkStatus({ config, memory, comfort, heating }: SensedSink, demand?: SinkDemand): SinkStatus {
  return {
    id: config.id,
    estimate: estimatedAir(memory.estimate),
    sensor: sensorState(config.sensor, memory.estimate),
    comfort,
    heating,
    wanted: demand?.demand.watts ?? Watts(0),
  };
}

const isFaulty = (heater: FreeHeater): boolean => {
  const { memory, reading, config } = heater;
  return (
    memory.tooHot ||
    isUnwatched(memory) ||
    flaps(memory.starts, config.maxStartsPerHour) ||
    memory.trial.status === "failed" ||
    disobeys(heater) ||
    reading?.unguarded !== undefined ||
    (reading !== undefined && reading.faults.length > 0)
  );
};

function heaterStatus(
  { heater, power, isTried }: PlannedRound,
  decision: Decision | undefined,
  { stoppedHeaters }: OwnerWishes,
): HeaterStatus {
  const { config, memory, reading } = heater;
  const next = decision ? rememberDecision(heater, decision) : memory;
  const stateOf = (): HeaterStatus["state"] => {
    if (memory.silentFor > silenceBorne || (memory.strange && !reading)) return "unreachable";
    if (isFaulty(heater)) return "fault";
    if (stoppedHeaters.includes(config.id)) return "stopped-by-owner";
    if (power === 0) return "off";
    return next.sinceChange < config.traits.settle ? "settling" : "heating";
  };
  return {
    id: HeaterId(config.id),
    state: stateOf(),
    watts: reading?.watts,
    trial: memory.trial,
    isTried,
    wattsDiffer: memory.differ.differs,
    learned: memory.learned,
  };
}

function stillWished({ sinks, heaters, timezone }: ControlConfig, { owner, at }: ControlInput): OwnerWishes {
  const overrides = sinks.flatMap(({ id, comfort }) => {
    const valid = validOverrides(comfort, owner.overrides[id] ?? [], at, timezone);
    return valid.length > 0 ? [[id, valid] as const] : [];
  });
  const powers = heaters.flatMap(({ id }) => {
    const wish = owner.powers[id];
    return wish && wish.until > at ? [[id, wish] as const] : [];
  });
  return {
    ...owner,
    overrides: Object.fromEntries(overrides),
    powers: Object.fromEntries(powers),
    trials: {},
  };
}
