import type { LedgerSum } from "../api.ts";

/** Which level of free heat held: "free", "cheaper than by a heat pump". */
export function levelWords({ energyKwh, energyIsFree, freeAfterHeat, beatsHeatPump }: LedgerSum): string {
  if (energyKwh === 0) return "–";
  if (energyIsFree) return "free";
  if (!freeAfterHeat) return beatsHeatPump ? "dear, less so than by a heat pump" : "dear";
  return beatsHeatPump ? "cheaper than by a heat pump" : "free after its worth";
}

/** What the ledger of what changed in all goes by. */
export function marginalWords(days: readonly Pick<LedgerSum, "marginal">[]): string {
  const known = days.flatMap(({ marginal }) => marginal ?? []);
  if (known.every((one) => one === "told")) {
    return "What changed in all goes by what one kWh more makes the grid emit.";
  }
  const where = known.every((one) => one === "mean") ? "" : "where it was not told, ";
  return `What changed in all should go by what one kWh more makes the grid emit; ${where || "nothing tells that here, so "}the mean kWh stands for it.`;
}
