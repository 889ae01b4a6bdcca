import type { LedgerSum } from "../api.ts";
import { plain } from "../format.ts";

const units = ["g", "mg", "µg", "ng"] as const;

/** 0.00331 → "3.31 mg". */
function grams(amount: number): string {
  let [value, unit] = [amount, 0];
  while (value > 0 && value < 0.995 && unit < units.length - 1) [value, unit] = [value * 1000, unit + 1];
  return plain(value, value >= 99.5 ? 0 : value >= 9.95 ? 1 : 2, units[unit]);
}

const making = {
  told: "by what you told",
  partly: "in part assumed",
  assumed: "assumed",
} as const;

/** What a unit of computing emitted, and what making the devices has in it. Undefined where nothing tells. */
export function intensityWords({ sci }: Pick<LedgerSum, "sci">): string | undefined {
  if (!sci || sci.gramsPerKwh === null) return undefined;
  const perHash = sci.gramsPerTerahash === null ? "" : `${grams(sci.gramsPerTerahash)} per TH, `;
  return `${perHash}${grams(sci.gramsPerKwh)} per kWh of computing; in it ${plain(sci.embodiedKg, 2, "kg")} for making the devices, ${making[sci.embodied]}`;
}
