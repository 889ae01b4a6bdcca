import type { Instant } from "../../domain/index.ts";
import { counterfactualNames } from "../../energy/index.ts";
import type { Store } from "../../store/index.ts";
import type { LedgerView } from "../../wire/index.ts";
import type { SiteSetup } from "../siteSetup.ts";
import type { LedgerRates } from "./entryOf.ts";
import { readDays } from "./keptDays.ts";
import type { Ledger } from "./ledgerDay.ts";
import { ledgerDayView } from "./ledgerView.ts";

/** What a site's ledger goes by; undefined where nobody says what would heat instead. */
export const ledgerRatesOf = ({
  economics,
  gramsPerKwh,
  plan,
}: Pick<SiteSetup, "economics" | "gramsPerKwh" | "plan">):
  | Omit<LedgerRates, "tariff" | "outside">
  | undefined => economics && { ...economics, gramsPerKwh, warmerK: plan?.warmerK ?? 0 };

/** Today and the days that are kept of the last months, newest first. */
export async function ledgerView(
  { economics, tariff }: SiteSetup,
  store: Pick<Store, "remember" | "recall">,
  ledger: Ledger | null,
  now: Instant,
  months: number,
): Promise<LedgerView> {
  const { closed = [], today = null } = ledger ?? {};
  const known = [...(await readDays(store, now, months)), ...closed, ...(today ? [today] : [])];
  const days = [...new Map(known.map((day) => [day.dayStart, day])).values()];
  return {
    heatInstead: economics ? counterfactualNames[economics.heatInstead.kind] : null,
    days: days
      .toSorted((one, other) => other.dayStart - one.dayStart)
      .map((day) => ledgerDayView(day, tariff.currency)),
  };
}
