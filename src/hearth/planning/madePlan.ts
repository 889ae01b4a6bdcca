import { Celsius, type Instant, localIso, type SinkId, Watts } from "../../domain/index.ts";
import {
  type Explanation,
  type Plan,
  type PlannedStep,
  type PlanProblem,
  type PlanWish,
  stepInAct,
} from "../../heat/index.ts";

/** A plan with what it was made of. */
export interface MadePlan {
  readonly madeAt: Instant;
  readonly problem: PlanProblem;
  readonly plan: Plan;
  readonly explanations: readonly Explanation[];
}

/** What a plan has for one moment. */
export interface PlannedNow {
  /** By heater. */
  readonly wishes: Readonly<Record<string, PlanWish>>;
  /** By deferrable load. */
  readonly loads: Readonly<Record<string, { readonly watts: Watts; readonly why: string }>>;
  /** By sink: as warm as it was foreseen to be. */
  readonly foreseen: Readonly<Record<SinkId, Celsius>>;
}

/** Undefined once the plan is too old to act. */
export function plannedAt(made: MadePlan, at: Instant, timezone: string): PlannedNow | undefined {
  const { problem, plan } = made;
  const step = stepInAct(plan, at);
  if (!step) return undefined;
  const index = plan.steps.indexOf(step);
  const warmest = new Map(problem.sinks.map((sink) => [sink.id, sink.most[index] ?? 0]));
  const devices = [...problem.heaters, ...problem.backups];
  const wishes = [...step.heaters, ...step.backups].map(({ id, watts }) => {
    const [sink = ""] = devices.find((device) => device.id === id)?.sinks ?? [];
    const why = watts > 0 ? whyOn(made, id, at, timezone) : whyOff(made, id, index, timezone);
    return [
      id,
      { watts: askedFor(problem, id, watts), why, warmest: Celsius(warmest.get(sink) ?? 0) },
    ] as const;
  });
  const loads = step.loads.map(({ id, watts }) => {
    const end = plan.steps.findIndex((one, other) => other > index && loadIn(one, id) <= 0);
    const until = plan.steps[end]?.from;
    const why = until === undefined ? "planned" : `planned until ${time(timezone, until)}`;
    const price = problem.steps[index]?.pricePerKwh ?? 0;
    return [id, { watts, why: `${why}: price ${price.toFixed(2)}` }] as const;
  });
  return {
    wishes: Object.fromEntries(wishes),
    loads: Object.fromEntries(loads),
    foreseen: foreseenAt(made, index, at),
  };
}

/** What a device is asked for to draw what is planned: its level, and of one that is on or off its own power. */
function askedFor({ heaters, backups }: PlanProblem, id: string, watts: Watts): Watts {
  const heater = heaters.find((one) => one.id === id);
  if (heater?.asked && heater.steps.kind === "levels" && watts > 0) {
    const [nearest] = heater.steps.watts
      .map((level, at) => ({ asked: heater.asked?.[at] ?? level, off: Math.abs(level - watts) }))
      .toSorted((one, other) => one.off - other.off);
    return nearest?.asked ?? watts;
  }
  const backup = backups.find((one) => one.id === id);
  if (!backup || backup.minWatts < backup.maxWatts) return watts;
  return watts > backup.maxWatts / 2 ? backup.maxWatts : Watts(0);
}

const loadIn = ({ loads }: PlannedStep, id: string) => loads.find((one) => one.id === id)?.watts ?? 0;
const time = (timezone: string, at: Instant) => localIso(timezone, at).slice(11, 16);

function whyOn({ explanations }: MadePlan, id: string, at: Instant, timezone: string): string {
  const own = explanations.find((one) => one.id === id && at >= one.from && at < one.until);
  return own ? `planned until ${time(timezone, own.until)}: ${own.why}` : "planned";
}

function whyOff({ plan }: MadePlan, id: string, index: number, timezone: string): string {
  const powerOf = (step: PlannedStep) =>
    [...step.heaters, ...step.backups].find((device) => device.id === id)?.watts ?? 0;
  const next = plan.steps.find((step, at) => at > index && powerOf(step) > 0);
  return next ? `planned to rest until ${time(timezone, next.from)}` : "planned to rest";
}

/** Between the ends of two steps a room is taken to warm evenly. */
function foreseenAt({ problem, plan }: MadePlan, index: number, at: Instant): PlannedNow["foreseen"] {
  const step = problem.steps[index]!;
  const share = (at - step.from) / (step.duration * 1000);
  return Object.fromEntries(
    problem.sinks.map((sink) => {
      const now = sink.kind === "room" ? sink.state.air : sink.temperature;
      const before = index === 0 ? now : (plan.steps[index - 1]?.temperatures[sink.id] ?? now);
      const after = plan.steps[index]?.temperatures[sink.id] ?? before;
      return [sink.id, Celsius(before + share * (after - before))];
    }),
  );
}
