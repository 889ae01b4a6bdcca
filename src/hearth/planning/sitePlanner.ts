import { isDeepStrictEqual } from "node:util";
import { type Clock, HearthworkError, messageOf, Seconds } from "../../domain/index.ts";
import { explainPlan, solveFiner, type SolveProgram } from "../../heat/index.ts";
import { type MadePlan, plannedAt, type PlannedNow } from "./madePlan.ts";
import type { PlannedSite, Supposed } from "./askedSite.ts";
import { planProblemOf } from "./planProblemOf.ts";

export interface SitePlannerOptions {
  /** The site's. */
  readonly clock: Clock;
  readonly solve: SolveProgram;
  /** Ends the solver. */
  closeSolver(): Promise<void>;
  onFault(thrown: unknown): void;
}

/** Plans a site's next day behind the loop's back: every hour, and whenever its owner wants something else. */
export interface SitePlanner {
  /** Takes the site as the last round left it, undefined where nothing is to be planned; never waits. */
  follow(site: PlannedSite | undefined): void;
  /** What the plan in force has for now; undefined while none is. */
  now(): PlannedNow | undefined;
  /** The plan that was made last, though it may be over. */
  latest(): MadePlan | undefined;
  /** Why there is no newer one, in words; undefined while all is well. */
  trouble(): string | undefined;
  /**
   * A plan for the site as it is, but for what is supposed; it is not followed.
   * @throws {HearthworkError} `plan/none` while nothing can be planned, `plan/busy` while others are asked for
   */
  whatIf(supposed: Supposed): Promise<MadePlan>;
  close(): Promise<void>;
}

const renewAfter = Seconds(3600);
/** After one that failed. */
const againAfter = Seconds(300);
const mostQuestions = 2;
const nothingKnown = "no room's temperature is known yet, or no heater can be counted on";

export function sitePlanner(options: SitePlannerOptions): SitePlanner {
  const { clock } = options;
  let site: PlannedSite | undefined;
  let made: (MadePlan & { readonly by: number; readonly gist: unknown }) | undefined;
  let trouble: string | undefined;
  let isPlanning = false;
  let notBefore = -Infinity;
  let questions = 0;
  let isClosed = false;

  async function plan(of: PlannedSite, supposed?: Supposed): Promise<MadePlan | undefined> {
    const [coarse, finer] = [planProblemOf(of, supposed), planProblemOf(of, supposed, "half-hours")];
    if (!coarse || !finer) return undefined;
    const { problem, plan: found } = await solveFiner({ coarse, finer }, options.solve);
    const explanations = explainPlan(problem, found, of.config.timezone, (id) => of.names[id] ?? id);
    return { madeAt: of.at, problem, plan: found, explanations };
  }

  async function renew(of: PlannedSite): Promise<void> {
    isPlanning = true;
    const by = clock.monotonic();
    notBefore = by + againAfter;
    try {
      const next = await plan(of);
      trouble = next ? undefined : nothingKnown;
      if (!next) notBefore = by;
      if (next && !isClosed) made = { ...next, by, gist: gistOf(of) };
    } catch (thrown) {
      trouble = messageOf(thrown);
      options.onFault(thrown);
    } finally {
      isPlanning = false;
    }
  }

  return {
    follow(next) {
      site = next;
      if (!next || isPlanning || isClosed) return;
      const isDue = !made || clock.monotonic() - made.by >= renewAfter;
      const isOther = made !== undefined && !isOf(made, next);
      if (isOther || (isDue && clock.monotonic() >= notBefore)) void renew(next);
    },
    now: () =>
      made && site && isOf(made, site) ? plannedAt(made, clock.now(), site.config.timezone) : undefined,
    latest: () => made,
    trouble: () => trouble,
    async whatIf(supposed) {
      if (!site) throw noPlan("Nothing can be planned before the first round");
      if (questions >= mostQuestions) {
        throw new HearthworkError({
          code: "api/unavailable",
          message: "Other plans are being made; ask again when they are done",
          retry: "later",
        });
      }
      questions += 1;
      try {
        const answer = await plan({ ...site, at: clock.now() }, supposed);
        if (!answer) throw noPlan(`Nothing can be planned: ${nothingKnown}`);
        return answer;
      } finally {
        questions -= 1;
      }
    },
    async close() {
      isClosed = true;
      await options.closeSolver();
    },
  };
}

/** What a plan was made for: when it changes, there has to be another. */
const gistOf = ({ config, settings, owner, control, tariff, loads }: PlannedSite) => ({
  config,
  settings,
  owner: { ...owner, trials: {} },
  loads: loads?.map((load) => load.config),
  able: control.heaters.map(({ id, state }) => [id, ["fault", "unreachable"].includes(state)]),
  tariff: tariff.kind === "spot" ? { ...tariff, market: [] } : tariff,
});

const isOf = ({ gist }: { readonly gist: unknown }, site: PlannedSite) =>
  isDeepStrictEqual(gist, gistOf(site));

const noPlan = (message: string) => new HearthworkError({ code: "api/conflict", message });
