import type { LedgerSum } from "../api.ts";
import { money, plain, unknown } from "../format.ts";

/** What deferrable loads drew, and what it cost: "2.0 kWh, €0.42"; a dash where there was nothing. */
export const loadsWords = ({ loads }: Pick<LedgerSum, "loads">): string =>
  loads && loads.energyKwh > 0 ? `${plain(loads.energyKwh, 2, "kWh")}, ${money(loads.cost)}` : unknown;
