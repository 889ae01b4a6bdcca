import type { ControlConfig } from "./controlConfig.ts";
import { type ControlState, newSink } from "./controlState.ts";
import { strangeHeater } from "./heaterMemory.ts";
import { keptPowers } from "./learned.ts";
import { initialControl } from "./startControl.ts";
import { stepsOf } from "./steps.ts";
import { keptTrial } from "./trial.ts";

/** What stands behind the same name and is another thing. */
export interface Replaced {
  /** Sinks that have another sensor. */
  readonly sinks: ReadonlySet<string>;
  /** Heaters that are another device, or were let go of and taken up anew. */
  readonly heaters: ReadonlySet<string>;
}

/**
 * What to go on with, without any pause, under another configuration: what is still there goes on as it was. What is
 * new, or another thing, begins as at a first start, but a room or device that was too hot stays so until it is seen
 * to have cooled.
 * @throws {HearthworkError} as `initialControl` does, for a configuration that cannot be controlled.
 */
export function adaptedControl(config: ControlConfig, state: ControlState, replaced: Replaced): ControlState {
  const fresh = initialControl(config);
  const sinks = config.sinks.map(({ id }) => {
    const before = state.sinks[id];
    if (!before) return [id, newSink()] as const;
    const { tooHot, disinfection } = before;
    return [id, replaced.sinks.has(id) ? { ...newSink(), tooHot, disinfection } : before] as const;
  });
  const heaters = config.heaters.map((heater) => {
    const before = state.heaters[heater.id];
    const fresh = strangeHeater(heater);
    if (!before) return [heater.id, fresh] as const;
    const { tooHot, starts } = before;
    const trial = keptTrial(heater, before.trial);
    const isReplaced = replaced.heaters.has(heater.id);
    const learned = keptPowers(before.learned, stepsOf(heater.traits));
    const kept = isReplaced ? { ...fresh, tooHot, starts } : before;
    return [heater.id, { ...kept, trial, learned }] as const;
  });
  return {
    ...fresh,
    at: state.at,
    sinceStart: state.sinceStart,
    mains: state.mains,
    open: state.open,
    sinks: Object.fromEntries(sinks),
    heaters: Object.fromEntries(heaters),
  };
}
