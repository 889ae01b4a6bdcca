import { count } from "../../format.ts";
import type { NetworkSum } from "../api.ts";

/** "1 task", "12,000 tasks". */
export const things = (number: number, one: string, many: string): string =>
  `${count(number)} ${number === 1 ? one : many}`;

/** What is known of the power that is told. */
export function powerNote({ running, unmeasured }: NetworkSum): string {
  if (running === 0) return "nothing runs";
  if (unmeasured === 0) return "by what earlier tasks drew";
  return `and ${things(unmeasured, "task", "tasks")} of which nothing is known yet`;
}

/** How much of what is drawn is wanted as heat. */
export function heatNote({ watts, usefulWatts }: NetworkSum): string {
  if (watts === 0) return "of what computes";
  return `${Math.round((usefulWatts / watts) * 100)} % of what computes`;
}

export const kindNames = {
  home: "Home",
  miner: "Miner",
  datacenter: "Data centre",
  storage: "Storage",
  browser: "Browser",
} as const;

/** How much a provider is believed, in words: its results are checked the less the more it is. */
export function trustWords(trust: number): string {
  if (trust >= 1) return "vouched for";
  if (trust === 0) return "unknown";
  return trust < 0.5 ? "on probation" : "trusted";
}
