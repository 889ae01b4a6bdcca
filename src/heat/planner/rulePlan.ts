import { Celsius, Watts } from "../../domain/index.ts";
import { stepRoom, type RoomState } from "../room.ts";
import { highestStep, stepAtMost } from "../steps.ts";
import type { Plan, PlannedPower, PlannedStep } from "./plan.ts";
import { hoursOf, type PlannedSink, type PlanProblem, type PlanStep, wholePrice } from "./planProblem.ts";
import { totalsOf } from "./readPlan.ts";
import { tankKelvinPerWatt } from "./tankStep.ts";

/**
 * A plan by plain rules: a sink below what is wanted is heated by the source whose heat costs least now, then the next,
 * within the feeder; one that has what it wants is not. Deferrable loads run as early as the feeder lets them.
 */
export function rulePlan(
  problem: PlanProblem,
): Pick<Plan, "steps" | "netCost" | "energyCost" | "discomfort"> {
  const sinks = problem.sinks.map((sink) => new RuledSink(sink));
  const undone = problem.loads.map(({ joules }) => joules);
  const steps = problem.steps.map((step, at): PlannedStep => {
    let free = Math.max(0, problem.feederWatts - step.otherWatts + step.solarWatts);
    const heat = new Map<string, number>();
    const given = new Map<string, PlannedPower>();
    for (const sink of sinks) {
      let missing = sink.wantedHeat(step, at);
      for (const source of sourcesOf(problem, sink.id, step, at)) {
        if (missing <= 0 || given.has(source.id)) continue;
        const watts = source.powerFor(missing / Math.max(0.01, source.heatPerWatt), free);
        if (watts <= 0) continue;
        const warmth = watts * source.heatPerWatt;
        given.set(source.id, { id: source.id, watts: Watts(watts), heat: { [sink.id]: warmth } });
        heat.set(sink.id, (heat.get(sink.id) ?? 0) + warmth);
        missing -= warmth;
        if (source.fromGrid) free -= watts;
      }
    }
    const loads = problem.loads.map(({ id, maxWatts, fromStep, untilStep }, index) => {
      const isOpen = at >= fromStep && at < untilStep;
      const watts = isOpen ? Math.min(maxWatts, free, (undone[index] ?? 0) / step.duration) : 0;
      free -= watts;
      undone[index] = (undone[index] ?? 0) - watts * step.duration;
      return { id, watts: Watts(watts) };
    });
    for (const sink of sinks) sink.live(step, at, heat.get(sink.id) ?? 0);
    const power = ({ id }: { readonly id: string }): PlannedPower =>
      given.get(id) ?? { id, watts: Watts(0), heat: {} };
    const [heaters, backups] = [problem.heaters.map(power), problem.backups.map(power)];
    const drawn =
      step.otherWatts -
      step.solarWatts +
      [...heaters, ...loads].reduce((sum, { watts }) => sum + watts, 0) +
      backups.reduce(
        (sum, { watts }, one) => sum + (problem.backups[one]?.fuelPerKwh === undefined ? watts : 0),
        0,
      );
    const fuel = problem.backups.reduce(
      (sum, { fuelPerKwh = 0 }, one) => sum + (backups[one]?.watts ?? 0) * fuelPerKwh,
      0,
    );
    const earned = problem.heaters.reduce(
      (sum, { earnsPerKwh }, one) => sum + (heaters[one]?.watts ?? 0) * (earnsPerKwh[at] ?? 0),
      0,
    );
    const [imported, exported] = [Math.max(0, drawn), Math.max(0, -drawn)];
    return {
      from: step.from,
      duration: step.duration,
      heaters,
      backups,
      loads,
      temperatures: Object.fromEntries(sinks.map((sink) => [sink.id, Celsius(sink.temperature())])),
      importedWatts: Watts(imported),
      exportedWatts: Watts(exported),
      netCost:
        (hoursOf(step) / 1000) *
        (imported * wholePrice(step, problem) - exported * step.exportPerKwh + fuel - earned),
    };
  });
  return { steps, ...totalsOf(problem, steps) };
}

interface RuledSource {
  readonly id: string;
  readonly heatPerWatt: number;
  readonly costOfHeat: number;
  readonly fromGrid: boolean;
  /** The power at or below which it would give so much, W; 0 when it would not fit under `free`. */
  powerFor(wanted: number, free: number): number;
}

function sourcesOf(problem: PlanProblem, sink: string, step: PlanStep, at: number): readonly RuledSource[] {
  const price = wholePrice(step, problem);
  const heaters = problem.heaters
    .filter(
      ({ sinks, priceCeiling }) =>
        sinks.includes(sink) && (priceCeiling === undefined || step.pricePerKwh <= priceCeiling),
    )
    .map(({ id, heatShare, earnsPerKwh, steps }): RuledSource => ({
      id,
      heatPerWatt: heatShare,
      costOfHeat: (price - (earnsPerKwh[at] ?? 0)) / Math.max(0.01, heatShare),
      fromGrid: true,
      powerFor: (wanted, free) => {
        const least = steps.kind === "range" ? steps.min : (steps.watts[0] ?? 0);
        return stepAtMost(steps, Math.min(free, highestStep(steps), Math.max(least, wanted)));
      },
    }));
  const backups = problem.backups
    .filter(({ sinks }) => sinks.includes(sink))
    .map(({ id, performance, fuelPerKwh, minWatts, maxWatts }): RuledSource => ({
      id,
      heatPerWatt: performance[at] ?? 1,
      costOfHeat: (fuelPerKwh ?? price) / Math.max(0.01, performance[at] ?? 1),
      fromGrid: fuelPerKwh === undefined,
      powerFor: (wanted, free) => {
        const most = fuelPerKwh === undefined ? Math.min(maxWatts, free) : maxWatts;
        return most < minWatts ? 0 : Math.min(most, Math.max(minWatts, wanted));
      },
    }));
  return [...heaters, ...backups].toSorted((one, other) => one.costOfHeat - other.costOfHeat);
}

/** A sink that lives through the plan by its own physics. */
class RuledSink {
  readonly id: string;
  readonly #sink: PlannedSink;
  #room: RoomState | undefined;
  #water: number;

  constructor(sink: PlannedSink) {
    this.id = sink.id;
    this.#sink = sink;
    this.#room = sink.kind === "room" ? sink.state : undefined;
    this.#water = sink.kind === "tank" ? sink.temperature : 0;
  }

  temperature(): number {
    return this.#room?.air ?? this.#water;
  }

  /** Heat that brings it to the least that is wanted at the end of the step, W. */
  wantedHeat(step: PlanStep, at: number): number {
    const sink = this.#sink;
    const wanted =
      sink.kind === "tank" &&
      sink.disinfection &&
      at <= sink.disinfection.byStep &&
      at >= sink.disinfection.byStep - 8
        ? Math.max(sink.disinfection.celsius, sink.least[at] ?? 0)
        : (sink.least[at] ?? 0);
    const without = this.#after(step, at, 0);
    const perWatt = this.#after(step, at, 1000) - without;
    return Math.max(0, ((wanted - without) / perWatt) * 1000);
  }

  live(step: PlanStep, at: number, heat: number): void {
    if (this.#room && this.#sink.kind === "room") {
      const inputs = { outdoor: step.outdoor, heat: Watts(heat + (this.#sink.gains?.[at] ?? 0)) };
      this.#room = stepRoom(this.#sink.model, this.#room, inputs, step.duration);
    } else this.#water = this.#after(step, at, heat);
  }

  #after(step: PlanStep, at: number, heat: number): number {
    const sink = this.#sink;
    if (sink.kind === "room") {
      const inputs = { outdoor: step.outdoor, heat: Watts(heat + (sink.gains?.[at] ?? 0)) };
      return stepRoom(sink.model, this.#room ?? sink.state, inputs, step.duration).air;
    }
    const keeps = Math.exp((-sink.lossWattsPerKelvin / sink.joulesPerKelvin) * step.duration);
    const perWatt = tankKelvinPerWatt(sink.lossWattsPerKelvin, sink.joulesPerKelvin, step.duration);
    return keeps * this.#water + (1 - keeps) * sink.around + perWatt * (heat - (sink.drawOff[at] ?? 0));
  }
}
