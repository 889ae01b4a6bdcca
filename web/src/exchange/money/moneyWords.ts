import type { ConsumerAccount } from "../api.ts";

type Line = ConsumerAccount["lines"][number];

/** What moved an account, and the job that it was for, if any. */
export function causeWords({ cause, other }: Pick<Line, "cause" | "other">): {
  readonly words: string;
  readonly job: string | undefined;
} {
  const [kind, what = ""] = cause.split("/");
  const job = other.startsWith("escrow/") ? other.slice("escrow/".length) : undefined;
  if (kind === "reserve") return { words: "Set aside for a job", job };
  if (kind === "refund") return { words: "Back from a job that ended", job };
  if (kind === "deposit") return { words: "Deposit", job: undefined };
  return { words: `${kind ?? ""} ${what}`.trim(), job };
}
