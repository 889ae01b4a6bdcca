import { HearthworkError, Instant, Celsius, type SiteEvent, quantityUnits } from "../domain/index.ts";
import type { ComfortOverride } from "../heat/index.ts";
import type { DecisionRecord, Store } from "../store/index.ts";
import type { DecisionView, EventView, HistoryView, OverrideRequest } from "../wire/index.ts";

export const iso = (at: Instant): string => new Date(at).toISOString();

export const eventView = ({ at, level, code, subject, message }: SiteEvent): EventView => ({
  at: iso(at),
  level,
  code,
  subject,
  message,
});

export const decisionView = ({ at, ...decision }: DecisionRecord): DecisionView => ({
  ...decision,
  at: iso(at),
});

export function historyView({ resolution, series }: Awaited<ReturnType<Store["history"]>>): HistoryView {
  return {
    resolution,
    series: series.map(({ id, at, values }) => ({
      id,
      unit: quantityUnits[id.split("/")[2] as keyof typeof quantityUnits],
      times: at.map((instant) => instant / 1000),
      values: [...values],
    })),
  };
}

const longestWishMs = 366 * 86_400_000;

/**
 * The owner's wish as control knows it.
 * @throws {HearthworkError} `api/bad-request` for a target outside the sink's limits, or an end that is past or
 * more than a year away.
 */
export function overrideOf(
  request: OverrideRequest,
  now: Instant,
  limits: { readonly minC: number; readonly maxC: number },
): ComfortOverride {
  const refuse = (message: string) => new HearthworkError({ code: "api/bad-request", message });
  if (request.targetC < limits.minC || request.targetC > limits.maxC) {
    throw refuse(`The target must be between ${limits.minC} and ${limits.maxC} °C`);
  }
  const targetC = Celsius(request.targetC);
  if (request.kind === "hold") return { kind: "hold", targetC, since: now };
  if (request.until === null) return { kind: "away", targetC, until: null };
  return { kind: request.kind, targetC, until: endOf(request.until, now) };
}

/** @throws {HearthworkError} `api/bad-request` for an end that is past or more than a year away. */
export function endOf(text: string, now: Instant): Instant {
  const refuse = (message: string) => new HearthworkError({ code: "api/bad-request", message });
  const until = Instant(Date.parse(text));
  if (until <= now) throw refuse(`It is ${iso(now)} here; the end must be later`);
  if (until - now > longestWishMs) throw refuse("The end must be within a year");
  return until;
}

/** The wishes that stand beside a new one: who leaves home means it, whatever was wished before. */
export const outranked = (
  before: readonly ComfortOverride[],
  wanted: ComfortOverride,
): readonly ComfortOverride[] =>
  wanted.kind === "away" ? [wanted] : [...before.filter(({ kind }) => kind !== wanted.kind), wanted];

/** What an owner asked for, for the list of what happened. */
export function wordsOf(request: OverrideRequest): string {
  if (request.kind === "hold") return `held at ${request.targetC} °C by you`;
  const what = request.kind === "boost" ? "boosted to" : "away:";
  return `${what} ${request.targetC} °C until ${request.until ?? "you are back"}, by you`;
}
