import type { LedgerSum } from "../api.ts";

/** Which level of free heat held: "free", "cheaper than by a heat pump". */
export function levelWords({ energyKwh, energyIsFree, freeAfterHeat, beatsHeatPump }: LedgerSum): string {
  if (energyKwh === 0) return "–";
  if (energyIsFree) return "free";
  if (!freeAfterHeat) return beatsHeatPump ? "dear, less so than by a heat pump" : "dear";
  return beatsHeatPump ? "cheaper than by a heat pump" : "free after its worth";
}
