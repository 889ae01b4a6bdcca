import { canonicalJson, type Currency } from "../../domain/index.ts";
import type { EnergyClaim } from "./energyClaim.ts";
import { type ClaimFlag, judgeClaim } from "./judgeClaim.ts";
import { type ReceiptAccount, receiptAccountOf } from "./receiptAccount.ts";

/** What a provider signs of a task that it has done. Times are ISO 8601, UTC, by its own clock. */
export interface TaskWork {
  /** The public key of the exchange for which it was done. */
  readonly exchange: string;
  readonly provider: string;
  readonly job: string;
  readonly index: number;
  readonly count: number;
  /** Its number is the fencing token. */
  readonly lease: number;
  readonly module: string;
  readonly input: string | null;
  readonly output: string;
  readonly began: string;
  readonly ended: string;
  readonly claim: EnergyClaim;
}

export const receiptVerdicts = ["accepted", "confirmed", "wrong"] as const;

export interface Price {
  /** Decimal, six places. */
  readonly amount: string;
  readonly currency: Currency;
}

/** What an exchange knows of a lease by itself. */
export interface LeaseFacts {
  readonly job: string;
  readonly index: number;
  readonly count: number;
  readonly lease: number;
  readonly module: string;
  readonly input: string | null;
  readonly output: string;
  readonly provider: { readonly id: string; readonly key: string; readonly kind: string };
  readonly consumer: string;
  /** When it was leased, and when its result was here; by the exchange's clock. */
  readonly leased: string;
  readonly returned: string;
  readonly verdict: (typeof receiptVerdicts)[number];
  /** Nothing for a result that was found wrong. */
  readonly price: Price;
  /** What the provider's machine draws at most, W. */
  readonly watts: number;
}

/** The account of one task as one provider did it. */
export interface TaskReceipt extends LeaseFacts {
  readonly kind: "task";
  readonly version: 1;
  readonly id: string;
  readonly issuer: { readonly key: string };
  readonly issued: string;
  /** As the provider signed it; null where it signed none. */
  readonly work: TaskWork | null;
  /** Null where the claim cannot be true: then it counts nowhere. */
  readonly account: ReceiptAccount | null;
  /** Why. */
  readonly flags: readonly ClaimFlag[];
}

export const receiptIdOf = ({ job, lease }: Pick<LeaseFacts, "job" | "lease">): string => `${job}-${lease}`;

/** @param work null where the provider claimed nothing, "not-signed" where it did not sign what it claimed */
export function taskReceiptOf(
  facts: LeaseFacts,
  work: TaskWork | "not-signed" | null,
  issuer: { readonly key: string },
  issued: string,
): TaskReceipt {
  const signed = work === "not-signed" ? null : work;
  const flags = signed
    ? judgeClaim(signed.claim, boundsOf(facts, signed))
    : [work === null ? ("nothing-claimed" as const) : ("not-signed" as const)];
  return {
    ...facts,
    kind: "task",
    version: 1,
    id: receiptIdOf(facts),
    issuer,
    issued,
    work: signed,
    account: signed && flags.length === 0 ? receiptAccountOf(signed.claim) : null,
    flags,
  };
}

const boundsOf = ({ watts, leased, returned }: LeaseFacts, { began, ended }: TaskWork) => ({
  watts,
  ranSeconds: secondsBetween(began, ended),
  leaseSeconds: secondsBetween(leased, returned),
});

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

const shared = ["job", "index", "count", "lease", "module", "input", "output"] as const;

/**
 * Recomputes what a receipt says of itself: its sums, and that the work is the one that was leased.
 * @returns what is wrong; empty where all is right
 */
export function faultsIn(receipt: TaskReceipt): string[] {
  const { work, id, provider, issuer, issued, account, flags } = receipt;
  const faults: string[] = [];
  if (id !== receiptIdOf(receipt)) faults.push("its id is another lease's");
  if (receipt.verdict === "wrong" && Number(receipt.price.amount) !== 0) {
    faults.push("it has a price though its result was found wrong");
  }
  if (work) {
    for (const name of shared) {
      if (work[name] !== receipt[name]) faults.push(`its ${name} is not the one that its provider signed`);
    }
    if (work.provider !== provider.id) faults.push("it is another provider's work");
    if (work.exchange !== issuer.key) faults.push("it is another exchange's work");
  }
  const notSigned = flags.includes("not-signed") ? ("not-signed" as const) : null;
  const right = taskReceiptOf(receipt, work ?? notSigned, issuer, issued);
  if (canonicalJson(flags) !== canonicalJson(right.flags)) faults.push("its flags are not what its claim is");
  if (canonicalJson(account) !== canonicalJson(right.account)) {
    faults.push("its account is not the sum of what it claims");
  }
  return faults;
}
