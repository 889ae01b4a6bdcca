import type { Currency } from "../../domain/index.ts";
import { systemWords } from "./homeVerdict.ts";
import type { SystemReport } from "./systemReport.ts";

/** What plans knew of the days ahead: forecasts that are as wrong as real ones, or all of it. */
export type PlansKnew = "forecast" | "perfect";

const knownWords: Readonly<Record<PlansKnew, string>> = {
  forecast: "It knew forecasts that err and how much hot water is usual",
  perfect: "It knew weather and hot water in advance, which no home does",
};

/** Less than this part of the energy's cost is no difference. */
const smallest = 0.005;

/**
 * In words: with which of the ways to heat planning a day ahead saves how much, where it saves nothing or loses, and on how
 * many days plain rules had to do. Null where nothing was planned.
 */
export function planningVerdict(
  systems: readonly SystemReport[],
  currency: Currency,
  plansKnew: PlansKnew,
): string | null {
  const ways = systems.flatMap(({ system, money, planned }) =>
    planned
      ? [
          {
            name: systemWords[system] ?? system,
            saved: Number(planned.saved),
            share: Number(planned.saved) / Math.max(1, Number(money.cost)),
            days: planned.plans.daysOnRules,
          },
        ]
      : [],
  );
  if (ways.length === 0) return null;
  const said = (of: typeof ways, more = "") =>
    of
      .map(
        ({ name, saved, share }) =>
          `${Math.round(Math.abs(saved))} ${currency}${more} a year (${(Math.abs(share) * 100).toFixed(1)} % of its energy) with ${name}`,
      )
      .join(", ");
  const better = ways
    .filter(({ share }) => share >= smallest)
    .toSorted((one, other) => other.saved - one.saved);
  const worse = ways.filter(({ share }) => share <= -smallest);
  const even = ways.filter(({ share }) => Math.abs(share) < smallest);
  const parts = [
    better.length > 0
      ? `Planning a day ahead would save ${said(better)}`
      : "Planning a day ahead would save nothing",
    ...(even.length > 0
      ? [`it changes next to nothing with ${even.map(({ name }) => name).join(", ")}`]
      : []),
    ...(worse.length > 0 ? [`it would cost ${said(worse, " more")}`] : []),
  ];
  const days = Math.max(...ways.map((way) => way.days));
  const rules =
    days === 0
      ? "plain rules never had to do"
      : `on ${Math.round(days) === 1 ? "one day" : `up to ${Math.round(days)} days`} of the year plain rules had to do`;
  return `${parts.join("; ")}. ${knownWords[plansKnew]}; ${rules}.`;
}
