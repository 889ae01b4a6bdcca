import type { LedgerSum } from "../api.ts";
import { money } from "../format.ts";

/** What was earned; where tasks of an exchange earned some of it, how much of it that is. */
export function earnedWords({ revenue, jobRevenue }: Pick<LedgerSum, "revenue" | "jobRevenue">): string {
  const all = money(revenue);
  return Number(jobRevenue.amount) > 0 ? `${all}, ${money(jobRevenue)} of it by tasks` : all;
}
