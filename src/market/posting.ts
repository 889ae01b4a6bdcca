import { Micros } from "../domain/index.ts";
import { type AccountId, consumerAccount, escrowAccount, outside, providerAccount } from "./account.ts";
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

/** A lease whose result stands is paid for at the price at which it was made. */
export const payLease = (job: JobId, lease: number, provider: ProviderId, price: Micros): Posting => ({
  cause: `lease/${lease}`,
  from: escrowAccount(job),
  to: providerAccount(provider),
  amount: price,
});

/** What a job that ended did not cost goes back. */
export const refund = (consumer: ConsumerId, job: JobId, rest: Micros): Posting => ({
  cause: `refund/${job}`,
  from: escrowAccount(job),
  to: consumerAccount(consumer),
  amount: rest,
});

/** What a job may cost at most. */
export const quoteOf = (bid: Micros, tasks: number): Micros => Micros(bid * BigInt(tasks));
