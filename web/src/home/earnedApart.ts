import type { Site } from "../api.ts";
import { count, money, price, satoshis } from "../format.ts";
import { minedOf } from "../history/minedOf.ts";

interface Earned {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

/** What tasks earned today, and what was mined, each by itself. */
export function earnedApart({
  jobs,
  sats,
  verdict,
}: Pick<Site["today"], "jobs" | "sats" | "verdict">): readonly Earned[] {
  const worth = verdict && minedOf({ revenue: verdict.revenue, jobRevenue: jobs.earned });
  return [
    {
      name: "By tasks today",
      value: price(jobs.earned),
      note: jobs.tasks === 1 ? "by one task" : `by ${count(jobs.tasks)} tasks`,
    },
    {
      name: "Mined today",
      value: `${satoshis(sats)} sats`,
      note: worth === null ? "expected on average" : `expected, worth ${money(worth)}`,
    },
  ];
}
