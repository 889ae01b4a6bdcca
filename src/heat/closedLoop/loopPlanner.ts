import type { Plan, PlannedStep } from "../planner/plan.ts";
import { stepInAct } from "../planner/planInAct.ts";
import { solvePlan } from "../planner/solvePlan.ts";
import type { DeviceWish, Wishes } from "./deviceBank.ts";
import type { Known } from "./known.ts";
import type { LoopHome } from "./loopHome.ts";
import { epoch, instantOf, isIn, issuedAt, type LoopRun } from "./loopRun.ts";
import { minutesPerHour } from "./loopWorld.ts";
import { poseProblem } from "./poseProblem.ts";

/** A forecast that is older tells nothing to plan with, h. */
const oldestForecastHours = 12;

/** Plans anew at each full hour, as far as feeds allow, and says what the plan at hand asks for. */
export class LoopPlanner {
  readonly #run: LoopRun;
  #plan: Plan | undefined;
  readonly counts = { made: 0, proven: 0, byRules: 0 };

  constructor(run: LoopRun) {
    this.#run = run;
  }

  async plan(known: Known): Promise<void> {
    const { home, world, earnings, pricePerKwh, pricesGone, planner } = this.#run;
    const hour = known.minute / minutesPerHour;
    const issued = issuedAt(this.#run, hour);
    if (!planner || isIn(pricesGone, hour) || hour - issued > oldestForecastHours) return;
    const outlook = {
      forecast: (of: number) => world.forecast(issued, of),
      pricePerKwh,
      usualLitres: (of: number) => world.usualLitres(of),
      mainsC: world.mainsC(known.minute),
    };
    const problem = poseProblem(home, known, earnings, outlook, epoch);
    this.#plan = await solvePlan(problem, planner.solve, planner);
    this.counts.made += 1;
    if (this.#plan.origin === "proven") this.counts.proven += 1;
    if (this.#plan.origin === "rules") this.counts.byRules += 1;
  }

  /** Undefined where no plan may act. */
  wishes(known: Known): Wishes | undefined {
    const step = stepInAct(this.#plan, instantOf(known.minute));
    return step && wishesOf(this.#run.home, step, known);
  }
}

/** What a plan's step asks of the devices. */
function wishesOf(home: LoopHome, step: PlannedStep, { devices }: Known): Wishes {
  const planned = [...step.heaters, ...step.backups];
  return Object.fromEntries(
    home.devices.map(({ id }): [string, DeviceWish] => {
      const own = planned.find((one) => one.id === id);
      if (!own || own.watts <= 0) return [id, { watts: 0, toTank: devices[id]?.toTank ?? 0 }];
      const [room, tank] = [own.heat["room"] ?? 0, own.heat["tank"] ?? 0];
      return [id, { watts: own.watts, toTank: room + tank > 0 ? tank / (room + tank) : 0 }];
    }),
  );
}
