import { Celsius, type Currency, HearthworkError, meanWithin, Micros, plus } from "../../domain/index.ts";
import { mayPlanAct, modelWatchWords, newModelWatch, type PlannedStep } from "../../heat/index.ts";
import { type PlanStatusView, type PlanView, toMoney, type WhatIfRequest } from "../../wire/index.ts";
import { iso } from "../apiViews.ts";
import type { Outside } from "../outside.ts";
import type { RoundState } from "../round.ts";
import type { SiteSetup } from "../siteSetup.ts";
import type { MadePlan } from "./madePlan.ts";
import type { SitePlanner } from "./sitePlanner.ts";

const devicesIn = (step: PlannedStep | undefined) => (step ? [...step.heaters, ...step.backups] : []);

/** A plan as the API tells it, beside the sun of its time, which it takes no part in. */
function planView(
  { madeAt, problem, plan, explanations }: MadePlan,
  currency: Currency,
  { weather }: Pick<Outside, "weather">,
): PlanView {
  const money = (amount: number) => toMoney(Micros(BigInt(Math.round(amount * 1e6))), currency);
  const last = problem.steps.at(-1);
  return {
    madeAt: iso(madeAt),
    until: iso(last ? plus(last.from, last.duration) : madeAt),
    origin: plan.origin,
    gap: plan.gap,
    reason: plan.reason,
    seconds: plan.seconds,
    netCost: money(plan.netCost),
    energyCost: money(plan.energyCost),
    discomfortKelvinHours: plan.discomfort,
    steps: problem.steps.map((step, index) => ({
      from: iso(step.from),
      until: iso(plus(step.from, step.duration)),
      pricePerKwh: step.pricePerKwh,
      gramsPerKwh: step.kgPerKwh * 1000,
      outdoorC: step.outdoor,
      irradianceWm2:
        meanWithin(weather, step.from, plus(step.from, step.duration), ({ globalWm2 }) => globalWm2) ?? null,
      heaters: Object.fromEntries(devicesIn(plan.steps[index]).map(({ id, watts }) => [id, { watts }])),
      sinks: Object.fromEntries(
        problem.sinks.map(({ id, least, most }) => [
          id,
          {
            temperatureC: plan.steps[index]?.temperatures[id] ?? 0,
            leastC: least[index] ?? 0,
            mostC: most[index] ?? 0,
          },
        ]),
      ),
    })),
    explanations: explanations.map(({ id, watts, from, until, words }) => ({
      heaterId: id,
      watts,
      from: iso(from),
      until: iso(until),
      words,
    })),
  };
}

/** The plan and whether it is followed. */
export function planStatusView(
  { plan, control, tariff }: SiteSetup,
  planner: SitePlanner | undefined,
  watches: RoundState["watches"],
  outside: Outside,
): PlanStatusView {
  const asked = plan && planner;
  const made = asked?.latest();
  const inForce = asked?.now();
  return {
    isOn: plan !== undefined,
    trouble: asked?.trouble() ?? null,
    sinks: control.sinks.map(({ id }) => {
      const watch = watches[id] ?? newModelWatch();
      return { id, follows: inForce !== undefined && mayPlanAct(watch), words: modelWatchWords(watch) };
    }),
    plan: made ? planView(made, tariff.currency, outside) : null,
  };
}

/** A plan for other wishes or prices. @throws {HearthworkError} `api/conflict` where nothing is planned */
export async function answerWhatIf(
  { plan, tariff }: SiteSetup,
  planner: SitePlanner | undefined,
  { away, ...supposed }: WhatIfRequest,
  outside: Outside,
): Promise<PlanView> {
  if (!planner || !plan) {
    throw new HearthworkError({
      code: "api/conflict",
      message: "This site plans nothing ahead; give site in hearth.yaml a section plan",
    });
  }
  const absent = away && { targetC: Celsius(away.targetC), hours: away.hours };
  return planView(await planner.whatIf({ ...supposed, away: absent }), tariff.currency, outside);
}
