import { isBackup } from "./backup.ts";
import { possibleHeat, type FreeHeater } from "./dispatch.ts";
import { longAgo } from "./heaterMemory.ts";

/** Of the heat wanted, what may be missing. */
const shortShare = 0.1;

/** For how long a sink's heaters have not been enough, at all that they can give, s. A plan's are enough. */
export function watchShortage(
  before: number,
  heaters: readonly FreeHeater[],
  wanted: number,
  elapsed: number,
): number {
  const own = heaters.filter(({ config }) => !isBackup(config));
  if (own.length === heaters.length || own.some(({ freedom }) => freedom.bound?.cause === "plan")) return 0;
  const isShort = wanted > 0 && possibleHeat(own).max < (1 - shortShare) * wanted;
  return isShort ? Math.min(longAgo, before + elapsed) : 0;
}
