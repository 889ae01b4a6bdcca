import { Micros } from "../domain/index.ts";
import {
  type AccountId,
  consumerAccount,
  escrowAccount,
  forfeited,
  heldAccount,
  outside,
  providerAccount,
} from "./account.ts";
import type { ConsumerId, JobId, ProviderId } from "../domain/index.ts";

/** Money that moves from one account to another: what one is debited the other is credited, so it always balances. */
export interface Posting {
  /** Why, and once only: a second posting of the same cause changes nothing. */
  readonly cause: string;
  readonly from: AccountId;
  readonly to: AccountId;
  /** Above 0. */
  readonly amount: Micros;
}

/** An amount that an operator takes in for a consumer. */
export const deposit = (consumer: ConsumerId, reference: string, amount: Micros): Posting => ({
  cause: `deposit/${reference}`,
  from: outside,
  to: consumerAccount(consumer),
  amount,
});

/** What a job may cost at most is set aside before it begins; so it can never cost more. */
export const reserve = (consumer: ConsumerId, job: JobId, quote: Micros): Posting => ({
  cause: `reserve/${job}`,
  from: consumerAccount(consumer),
  to: escrowAccount(job),
  amount: quote,
});

/**
 * A lease whose result is believed is paid for at the price at which it was made, a share of it held back.
 * @param heldShare 0 … 1
 */
export function payLease(
  { job, lease, provider, price }: PaidLease & { readonly job: JobId },
  heldShare: number,
): Posting[] {
  const held = heldOf(price, heldShare);
  const parts = [
    { cause: `lease/${lease}`, to: providerAccount(provider), amount: Micros(price - held) },
    { cause: `hold/${lease}`, to: heldAccount(provider), amount: held },
  ];
  return parts.filter(({ amount }) => amount > 0n).map((part) => ({ ...part, from: escrowAccount(job) }));
}

export interface PaidLease {
  readonly lease: number;
  readonly provider: ProviderId;
  readonly price: Micros;
}

/** The audit window has gone by: what was held back of a lease is its provider's. */
export const release = (paid: PaidLease, heldShare: number): Posting[] =>
  letGo(paid, heldShare, providerAccount(paid.provider), "release");

/** Its provider was banned: what was held back of a lease is not paid. */
export const forfeit = (paid: PaidLease, heldShare: number): Posting[] =>
  letGo(paid, heldShare, forfeited, "forfeit");

function letGo(
  { lease, provider, price }: PaidLease,
  heldShare: number,
  to: AccountId,
  why: "release" | "forfeit",
): Posting[] {
  const amount = heldOf(price, heldShare);
  return amount > 0n ? [{ cause: `${why}/${lease}`, from: heldAccount(provider), to, amount }] : [];
}

const heldOf = (price: Micros, share: number): Micros =>
  Micros((price * BigInt(Math.round(share * 1000))) / 1000n);

/** What a job that ended did not cost goes back. */
export const refund = (consumer: ConsumerId, job: JobId, rest: Micros): Posting => ({
  cause: `refund/${job}`,
  from: escrowAccount(job),
  to: consumerAccount(consumer),
  amount: rest,
});

/** Of one task at most two leases are paid for: its result and, where that is checked, the one that confirms it. */
const paidAtMost = 2n;

/** What a job may cost at most, every result checked. */
export const quoteOf = (bid: Micros, tasks: number): Micros => Micros(bid * BigInt(tasks) * paidAtMost);
