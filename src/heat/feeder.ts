import { Watts } from "../domain/index.ts";
import { meterError } from "./observe.ts";
import { drawnOrMost, mostPerWatt, type ObservedHeater, plannedDraw, usableSteps } from "./observedHeater.ts";
import { stepAtMost } from "./steps.ts";

/** A heater with the power planned for it. */
export interface PlannedHeater extends ObservedHeater {
  readonly planned: Watts;
}

/**
 * What a heater may draw until its next round, when it is asked for `planned`: the most of that, of the setpoint that it
 * still holds, and of what it draws. A heater that is not heard may draw all it can.
 */
export function mayDraw(heater: ObservedHeater, planned: Watts): number {
  const { config, reading, input } = heater;
  const { idleWatts, maxWatts } = config.traits;
  const drawn = drawnOrMost(heater);
  if (!reading) return drawn;
  const unheld = reading.workload === "idle" ? 0 : maxWatts;
  const asked = plannedDraw(heater, Math.max(planned, input.held?.watts ?? unheld));
  return Math.max(idleWatts, drawn, asked);
}

/** What a heater will draw once it obeys `planned`. */
function willDraw(heater: ObservedHeater, planned: Watts): number {
  if (!heater.reading) return drawnOrMost(heater);
  return Math.max(heater.config.traits.idleWatts, plannedDraw(heater, planned));
}

export interface FeederPlan {
  /** By heater. */
  readonly powers: ReadonlyMap<string, Watts>;
  /** Heaters that got less than was planned. */
  readonly curbed: ReadonlySet<string>;
  /** What may be drawn now passes the cap even if nothing is raised. */
  readonly exceeded: boolean;
}

/**
 * Holds all heaters together under the feeder's cap. Nothing is raised unless all that may be drawn meanwhile fits, so
 * what is lowered has to be read back first. When what may be drawn now is too much, running heaters are lowered at
 * once, those that overrun their setpoint first, then the last in order. What is measured may pass the cap by a meter's error.
 */
export function capFeeder(heaters: readonly PlannedHeater[], cap: Watts): FeederPlan {
  const powers = new Map<string, Watts>(
    heaters.map((heater) => [heater.config.id, Watts(Math.min(heater.planned, currentOf(heater)))]),
  );
  const curbed = new Set<string>();
  const planOf = (heater: ObservedHeater) => powers.get(heater.config.id) ?? Watts(0);
  const total = (draw: typeof mayDraw) =>
    heaters.reduce((sum, heater) => sum + draw(heater, planOf(heater)), 0);

  const exceeded =
    heaters.reduce((sum, heater) => sum + mayDraw(heater, currentOf(heater)), 0) > cap * (1 + meterError);
  if (exceeded) {
    for (const heater of inOrderOfSacrifice(heaters)) {
      const excess = total(settledDraw) - cap;
      if (excess <= 0) break;
      if (!heater.reading || planOf(heater) === 0) continue;
      powers.set(heater.config.id, lowerBy(heater, planOf(heater), excess));
      curbed.add(heater.config.id);
    }
  }
  for (const heater of heaters) {
    if (heater.planned <= currentOf(heater)) continue;
    const others = total(mayDraw) - mayDraw(heater, planOf(heater));
    const room = Math.min(heater.planned, (cap - others) / mostPerWatt(heater));
    const fits = stepAtMost(usableSteps(heater), room);
    const raised = others + mayDraw(heater, fits) <= cap && fits > currentOf(heater);
    if (raised) powers.set(heater.config.id, fits);
    if (!raised || fits < heater.planned) curbed.add(heater.config.id);
  }
  return { powers, curbed, exceeded };

  /** Lowered ones are expected to obey; the others draw what they draw. */
  function settledDraw(heater: ObservedHeater, planned: Watts): number {
    const isLowered = planned < currentOf(heater) || heater.memory.sinceLowered < obeysWithin;
    return isLowered ? willDraw(heater, planned) : mayDraw(heater, planned);
  }

  function lowerBy(heater: ObservedHeater, planned: Watts, excess: number): Watts {
    if (heater.memory.overrunFor > 0) return Watts(0);
    const perWatt = Math.max(mostPerWatt(heater), drawnOrMost(heater) / planned);
    const watts = (settledDraw(heater, planned) - excess) / perWatt;
    return stepAtMost(usableSteps(heater), Math.min(watts, planned));
  }
}

/** What was lowered is given so long to obey before others are lowered for it, s. */
const obeysWithin = 20;

const currentOf = ({ memory }: ObservedHeater): Watts => memory.setpoint.watts;

function inOrderOfSacrifice(heaters: readonly PlannedHeater[]): readonly PlannedHeater[] {
  return heaters
    .toReversed()
    .toSorted((one, other) => Number(other.memory.overrunFor > 0) - Number(one.memory.overrunFor > 0));
}
