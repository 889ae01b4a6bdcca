import type { LedgerSum } from "../api.ts";
import type { Money } from "../format.ts";

/** Of what was earned, what was not by tasks. */
export const minedOf = ({ revenue, jobRevenue }: Pick<LedgerSum, "revenue" | "jobRevenue">): Money => ({
  amount: (Number(revenue.amount) - Number(jobRevenue.amount)).toFixed(6),
  currency: revenue.currency,
});
