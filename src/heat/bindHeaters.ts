import { isBackup } from "./backup.ts";
import { whyUncalled } from "./callBackup.ts";
import type { ControlConfig } from "./controlConfig.ts";
import type { ControlInput, PlanWish } from "./controlInput.ts";
import type { FreeHeater } from "./dispatch.ts";
import { freedomOf, type Order } from "./freedom.ts";
import { type ObservedHeater, usableSteps } from "./observedHeater.ts";
import { tankReach } from "./performance.ts";
import { type Dearness, dearnessOf, type Hush, hushAt } from "./quiet.ts";
import { isFrost, type Stop, stopOf } from "./safety.ts";
import type { SensedSink } from "./sinkRound.ts";
import { isStep } from "./steps.ts";
import { isOnTrial, nextTrial, sayTrial } from "./trial.ts";

/** A heater with what stops or binds it in this round. */
export interface BoundHeater {
  readonly heater: FreeHeater;
  readonly stop: Stop | undefined;
  readonly sink: SensedSink;
  /** It is its turn to be tried. */
  readonly isTried: boolean;
}

interface MetHeater {
  readonly heater: ObservedHeater;
  readonly sink: SensedSink;
  readonly stop: Stop | undefined;
  readonly hush: Hush | Dearness | undefined;
  readonly isLeft: boolean;
}

/** What stops or binds each heater: safety, trials, quiet hours, the owner, its own state. */
export function bindHeaters(
  { timezone }: ControlConfig,
  observed: readonly ObservedHeater[],
  sinks: ReadonlyMap<string, SensedSink>,
  { at, owner, plan, price }: ControlInput,
): readonly BoundHeater[] {
  const met = observed.flatMap((heater): MetHeater[] => {
    const sink = sinks.get(heater.config.sink);
    if (!sink) return [];
    const { id, quiet, priceCeiling } = heater.config;
    const isLeft = owner.stoppedHeaters.includes(id);
    const stop = stopOf(heater, sink.permission, isLeft && heater.input.tasks?.isEnding !== true);
    const hush = dearnessOf(priceCeiling, price) ?? hushAt(quiet, at, timezone);
    return [{ heater, sink, stop, hush, isLeft }];
  });
  const turn = trialTurn(met);
  return met.map(({ heater, sink, stop, hush, isLeft }) => {
    const { permission } = sink;
    const trial = isOnTrial(heater.memory.trial) ? trialOrder(heater, turn) : undefined;
    const freedom = freedomOf(heater, {
      stop,
      permission,
      hush,
      trial,
      wish: owner.powers[heater.config.id],
      beyond: beyondReach(heater, sink),
      plan: heeded(plan?.[heater.config.id], sink),
      tasks: heater.input.tasks,
      isLeft,
      uncalled: isBackup(heater.config)
        ? whyUncalled(
            sink,
            met.filter((other) => other.sink === sink),
          )
        : undefined,
      at,
    });
    return { heater: { ...heater, freedom }, stop, sink, isTried: heater === turn };
  });
}

/** Why it cannot make a tank hotter than it is, in words. */
function beyondReach({ config: { traits } }: ObservedHeater, { config, permission }: SensedSink) {
  const reach = tankReach(traits);
  if (config.kind !== "tank" || permission.kind !== "regulate" || permission.temperature < reach)
    return undefined;
  return `the tank is hotter than the ${reach.toFixed(0)} °C that it reaches`;
}

/** A plan counts while its sink is within its comfort; outside, the thermostat goes on alone until it is well inside. */
const heeded = (plan: PlanWish | undefined, { permission, memory }: SensedSink): PlanWish | undefined =>
  permission.kind === "regulate" && memory.guard === "plan" ? plan : undefined;

/** Warmer than its target by so much a room is not heated for a trial that nobody asked for, in bands. */
const warmestBands = 1;
const belowLimitKelvin = 1;

/** One heater at a time, where its room may be heated and nobody wants quiet; one that has begun goes on. */
function trialTurn(heaters: readonly MetHeater[]): ObservedHeater | undefined {
  const may = heaters.filter(({ heater, sink, stop, hush }) => {
    const { permission, comfort, config } = sink;
    const { memory, reading } = heater;
    if (!isOnTrial(memory.trial) || stop || hush || !reading || memory.strange) return false;
    if (permission.kind !== "regulate" || isFrost(permission)) return false;
    if (!isStep(usableSteps(heater), nextTrial(memory.trial) ?? 0)) return false;
    const warmest = memory.trial.asked
      ? config.limits.maxC - belowLimitKelvin
      : comfort.target + warmestBands * comfort.band;
    return permission.temperature <= warmest;
  });
  const begun = may.find(({ heater: { memory } }) => memory.setpoint.watts === nextTrial(memory.trial));
  return (begun ?? may[0])?.heater;
}

function trialOrder(heater: ObservedHeater, turn: ObservedHeater | undefined): Order {
  const { memory, config } = heater;
  if (heater !== turn) {
    const after = turn ? `waits for the trial of ${turn.config.id}` : "waits until it may be heated with";
    return { watts: 0, cause: "trial", why: `not tried yet, ${after}` };
  }
  const watts = nextTrial(memory.trial) ?? 0;
  const sinceChange = memory.setpoint.watts === watts ? memory.sinceChange : 0;
  return { watts, cause: "trial", why: sayTrial(memory.trial, config.traits, sinceChange) };
}
