import { drawnJoules, judgeClaim, wattsUnlessTold } from "../../energy/index.ts";
import { drawAfter, type TaskDraw } from "../../market/index.ts";
import type { WorkClaim } from "../../wire/index.ts";

/** What a task took and gave, as its provider claimed. */
export interface ClaimedEnergy {
  readonly joules: number;
  /** Of it, heat that was wanted where it came to be. */
  readonly usefulJoules: number;
}

/** What a provider's tasks draw, by those of its claims that may be true. */
export class ClaimedDraw {
  #draw: TaskDraw | undefined;

  get draw(): TaskDraw | undefined {
    return this.#draw;
  }

  /**
   * @param watts what its provider said that its machine draws at most
   * @returns undefined where the claim cannot be true
   */
  note({ began, ended, claim }: WorkClaim, watts: number | undefined): ClaimedEnergy | undefined {
    const seconds = (Date.parse(ended) - Date.parse(began)) / 1000;
    const bounds = { watts: watts ?? wattsUnlessTold, ranSeconds: seconds, leaseSeconds: seconds };
    if (judgeClaim(claim, bounds).length > 0) return undefined;
    const usefulJoules = claim.heat.reduce((sum, sink) => sum + sink.usefulJoules, 0);
    const energy = { joules: drawnJoules(claim), usefulJoules };
    if (seconds > 0) this.#draw = drawAfter(this.#draw, { ...energy, seconds });
    return energy;
  }
}
