import { Celsius, Instant, Seconds, Watts } from "../../../domain/index.ts";
import { controlDefaults } from "../../controlConfig.ts";
import { type Estimate, unknownEstimate, updateEstimate } from "../../estimate.ts";
import {
  mayPlanAct,
  type ModelWatch,
  modelOffset,
  newModelWatch,
  watchModel,
} from "../../planner/modelWatch.ts";
import type { Plan, PlannedPower, PlannedStep } from "../../planner/plan.ts";
import type { PlanProblem } from "../../planner/planProblem.ts";
import { legionellaRule } from "../../sinks/legionella.ts";
import { stepSeconds, stepsPerHour } from "../dwelling.ts";
import type { HomeOrder, OrderedHeat, OrderedRoom } from "../homeOrder.ts";
import type { StepResult } from "../homeRun.ts";
import type { Pilot } from "../simulateHome.ts";
import type { Stretch } from "../stretches.ts";
import type { Outlook } from "./outlook.ts";
import type { PlannedHome } from "./askedHome.ts";
import { poseHome } from "./poseHome.ts";
import { further } from "./poseSources.ts";

/** How plans were made and what became of them, in the year that counts. */
export interface HomePlans {
  readonly made: number;
  readonly proven: number;
  /** The solver found none that is better: by plain rules. */
  readonly byRules: number;
  /** Hours in which the thermostat held the rooms, since the plan would have left them too cold. */
  readonly overruledHours: number;
  /** Hours in which the thermostat heated the rooms, since the plan's model did not foresee them well. */
  readonly unforeseenHours: number;
  /** Days in which rules made a plan, or the thermostat heated the rooms since their model failed. */
  readonly daysOnRules: number;
}

/** Planned anew so often, h. */
export const everyHours = 4;
/** Of a stretch's warm-up, the last hours are planned, so that it begins as it ends, h. */
export const plannedWarmUp = 24;
/** A heat pump does not run for the tank alone for less, h. */
const shortestHours = 0.5;
/** So near to the rule's temperature a plan means to disinfect, K; begun so early that it is held for long enough by then. */
const nearK = 0.5;
/** A pool that much below what is wanted is no part of a plan, K. */
const farK = 0.3;

/** Plans a home's next day every few hours, by what a thermometer and the weather's forecast tell. */
export class HomePilot implements Pilot<PlanProblem, Plan> {
  readonly #home: Omit<PlannedHome, "outlook">;
  readonly #outlookOf: (stretch: Stretch) => Outlook;
  #stretch: Stretch = { from: 0, until: 0, warmUp: 0, weight: 1 };
  #outlook: Outlook | undefined;
  #estimate: Estimate = unknownEstimate();
  #watch: ModelWatch = newModelWatch();
  #plan: Plan | undefined;
  #asked = 0;
  /** Whether the plan in act has to disinfect the tank, and does not only store heat in it. */
  #hasDeadline = false;
  /** Heat for the tank that the plan in act asked of a heat pump and that it did not give yet. */
  #owedWh = 0;
  #isPayingBack = false;
  #counts = { made: 0, proven: 0, byRules: 0, overruledHours: 0, unforeseenHours: 0 };
  readonly #daysOnRules = new Map<number, number>();

  constructor(home: Omit<PlannedHome, "outlook">, outlookOf: (stretch: Stretch) => Outlook) {
    this.#home = home;
    this.#outlookOf = outlookOf;
  }

  begin(stretch: Stretch): void {
    this.#stretch = stretch;
    this.#outlook = this.#outlookOf(stretch);
    this.#estimate = unknownEstimate();
    this.#watch = newModelWatch();
    this.#plan = undefined;
  }

  ask(index: number): PlanProblem | undefined {
    const { mean } = this.#estimate;
    const outlook = this.#outlook;
    if (index < this.#stretch.from - plannedWarmUp || index % everyHours !== 0 || !mean || !outlook)
      return undefined;
    const tank = this.#home.run.tank();
    this.#asked = index;
    const problem = poseHome(
      { ...this.#home, outlook },
      {
        index,
        room: { air: Celsius(mean[0]), fabric: Celsius(mean[1]) },
        offsetW: modelOffset(this.#home.model, this.#estimate),
        tank: { ...tank, meanC: tank.meanC + outlook.tankNoiseK(index) },
        poolC: this.#plannedPoolC(index, outlook),
      },
    );
    this.#hasDeadline = problem.sinks.some((sink) => sink.kind === "tank" && sink.disinfection);
    return problem;
  }

  hear(plan: Plan): void {
    this.#plan = plan;
    this.#owedWh = 0;
    if (this.#asked < this.#stretch.from) return;
    this.#counts.made += this.#stretch.weight;
    if (plan.origin === "proven") this.#counts.proven += this.#stretch.weight;
    if (plan.origin !== "rules") return;
    this.#counts.byRules += this.#stretch.weight;
    this.#fallBack(this.#asked);
  }

  order(index: number, step: number): HomeOrder | undefined {
    const at = (index + step / stepsPerHour) * 3_600_000;
    const now = this.#stepAt(at);
    if (!now) return undefined;
    const held = this.#stepAt(at + (legionellaRule.holdSeconds + stepSeconds) * 1000) ?? now;
    const powers = [...now.heaters, ...now.backups];
    const { run, mostRoomC, hours } = this.#home;
    if (run.tank().legionella.sinceSeconds === 0) this.#hasDeadline = false;
    const wantedC = run.dwelling.wantedC(((index + hours) % hours) % 24);
    const room = {
      heat: heatOf(powers, "room"),
      aboveK: (now.temperatures["room"] ?? wantedC) - wantedC,
      mostAboveK: mostRoomC - wantedC,
      cooling: this.#cooling(now, (index + hours) % hours),
    };
    return {
      room: mayPlanAct(this.#watch) && !Number.isNaN(wantedC) ? room : undefined,
      tank: this.#inOneGo(heatOf(powers, "tank"), room.heat, (index + hours) % hours),
      pool: now.temperatures["pool"] === undefined ? undefined : heatOf(powers, "pool"),
      disinfects: this.#hasDeadline && hottest(now, held) >= legionellaRule.celsius - nearK,
    };
  }

  see(index: number, step: number, done: StepResult, order: HomeOrder | undefined): void {
    const { model } = this.#home;
    const outlook = this.#outlook;
    if (!outlook) return;
    const at = Instant((index + (step + 1) / stepsPerHour) * 3_600_000);
    const elapsed = Seconds(stepSeconds);
    const outdoor = Celsius(outlook.outdoorC(index, index));
    const gains = Watts(outlook.gainsW(index, step));
    const heat = Watts((done.watts.roomW ?? 0) - done.cooledW);
    this.#estimate = updateEstimate({ model, sensor: controlDefaults.sensor }, this.#estimate, {
      at,
      elapsed: this.#estimate.mean ? elapsed : Seconds(0),
      jump: Seconds(0),
      reading: { at, value: done.airC + outlook.roomNoiseK(index, step) },
      heat: Watts(heat + gains),
      outdoor,
    });
    this.#watch = watchModel(model, this.#watch, { elapsed, estimate: this.#estimate, heat, outdoor, gains });
    if (!order || index < this.#stretch.from) return;
    const hoursOfStep = this.#stretch.weight / stepsPerHour;
    if (done.isOverruled) this.#counts.overruledHours += hoursOfStep;
    if (order.room || (done.watts.roomW ?? 0) === 0) return;
    this.#counts.unforeseenHours += hoursOfStep;
    this.#fallBack(index);
  }

  #cooling({ coolers, temperatures }: PlannedStep, hour: number): OrderedRoom["cooling"] {
    const { run, home } = this.#home;
    const coolC = run.dwelling.coolC(hour % 24);
    const roomC = temperatures["room"];
    if (!coolers || roomC === undefined || Number.isNaN(coolC)) return undefined;
    return {
      coolW: coolers.reduce((sum, { cold }) => sum + cold, 0),
      belowK: coolC - roomC,
      mostBelowK: home.planner.coolerK,
    };
  }

  /** Of the pool, °C, unless it is so cold that it takes whatever is left over. */
  #plannedPoolC(index: number, outlook: Outlook): number | undefined {
    const { run, home } = this.#home;
    const waterC = run.poolC();
    if (waterC === undefined || !home.pool || waterC < home.pool.targetC - farK) return undefined;
    return waterC + outlook.poolNoiseK(index);
  }

  /**
   * A heat pump that would heat the tank with less than its least power waits until that is worth half an hour of it, or
   * until it heats the rooms besides: stopping and starting would cost.
   */
  #inOneGo(tank: OrderedHeat, room: OrderedHeat, hour: number): OrderedHeat {
    const { run, home } = this.#home;
    const pump = run.plant.sources.find(({ kind }) => kind === "heat-pump");
    if (!pump) return tank;
    const supplyC = home.hotWater.setpointC;
    const leastW = home.heatPump.minShare * pump.capacityW(supplyC, run.surroundings(hour));
    this.#owedWh += (tank["heat-pump"] ?? 0) / stepsPerHour;
    if (this.#owedWh > leastW * shortestHours || (room["heat-pump"] ?? 0) >= leastW)
      this.#isPayingBack = true;
    if (!this.#isPayingBack) return { ...tank, "heat-pump": 0 };
    const givenW = Math.min(this.#owedWh * stepsPerHour, Math.max(leastW, tank["heat-pump"] ?? 0));
    this.#owedWh -= givenW / stepsPerHour;
    if (this.#owedWh < 1) this.#isPayingBack = false;
    return { ...tank, "heat-pump": givenW };
  }

  #stepAt(at: number): PlannedStep | undefined {
    return this.#plan?.steps.find(({ from, duration }) => at >= from && at < from + duration * 1000);
  }

  plans(): HomePlans {
    return {
      ...this.#counts,
      daysOnRules: [...this.#daysOnRules.values()].reduce((sum, weight) => sum + weight, 0),
    };
  }

  #fallBack(index: number): void {
    this.#daysOnRules.set(Math.floor(index / 24), this.#stretch.weight);
  }
}

const hottest = (...steps: readonly PlannedStep[]) =>
  Math.max(...steps.map(({ temperatures }) => temperatures["tank"] ?? 0));

function heatOf(powers: readonly PlannedPower[], sink: string): OrderedHeat {
  const sums: Record<string, number> = {};
  for (const { id, heat } of powers) {
    const watts = heat[sink] ?? 0;
    const [source = id] = id.split(further);
    if (watts > 0) sums[source] = (sums[source] ?? 0) + watts;
  }
  return sums;
}
