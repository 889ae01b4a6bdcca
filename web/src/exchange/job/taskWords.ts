import type { Attempt } from "../api.ts";

/** What became of an attempt, in a word or two. */
export const outcomeWords = {
  open: "under way",
  returned: "waits for a check",
  accepted: "stands",
  confirmed: "agreed",
  wrong: "was wrong",
  failed: "failed",
} as const satisfies Record<Attempt["state"], string>;

const faults = {
  "bad-job": "by the module’s fault",
  "out-of-limits": "beyond its limits",
  "bad-node": "by the machine’s fault",
  network: "as the machine was lost",
  evicted: "as the machine was wanted back",
} as const;

/** Why an attempt failed: whose fault it was, and what was said. */
export function failureWords({ failure, message }: Pick<Attempt, "failure" | "message">): string {
  const fault = failure === null ? "" : faults[failure];
  if (message === null || message === "") return fault;
  return fault === "" ? message : `${fault}: ${message}`;
}

/** "p97bb7e40…24694": enough of an id or a digest to tell it from others. */
export const shortened = (text: string, kept = 8): string =>
  text.length <= kept + 5 ? text : `${text.slice(0, kept)}…${text.slice(-4)}`;

/** "0.42 s", "63 s". */
export const secondsWords = (seconds: number | null): string =>
  seconds === null ? "–" : `${seconds.toFixed(seconds < 9.95 ? 2 : 0)}\u00a0s`;
