import { Micros } from "../domain/index.ts";
import {
  type AccountId,
  consumerAccount,
  escrowAccount,
  forfeited,
  heldAccount,
  ownAccount,
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
  const held = partOf(price, heldShare);
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

/** The audit window has gone by: what was held back of a lease is its provider's, but for the exchange's fee. */
export function release(
  { lease, provider, price }: PaidLease,
  { heldShare, feeShare }: { readonly heldShare: number; readonly feeShare: number },
): Posting[] {
  const amount = Micros(partOf(price, heldShare) - partOf(price, feeShare));
  const [from, to] = [heldAccount(provider), providerAccount(provider)];
  return amount > 0n ? [{ cause: `release/${lease}`, from, to, amount }] : [];
}

/** The exchange's share of leases that are released together, one posting a provider; rounded down for each lease. */
export const fees = (released: readonly PaidLease[], feeShare: number): Posting[] =>
  [...Map.groupBy(released, ({ provider }) => provider)].flatMap(([provider, leases]) => {
    const amount = leases.reduce((sum, { price }) => Micros(sum + partOf(price, feeShare)), Micros(0n));
    const cause = `fee/${Math.max(...leases.map(({ lease }) => lease))}`;
    return amount > 0n ? [{ cause, from: heldAccount(provider), to: ownAccount, amount }] : [];
  });

/** Its provider was banned, or its result was overruled: what was held back of a lease is not paid. */
export function forfeit({ lease, provider, price }: PaidLease, heldShare: number): Posting[] {
  const amount = partOf(price, heldShare);
  return amount > 0n
    ? [{ cause: `forfeit/${lease}`, from: heldAccount(provider), to: forfeited, amount }]
    : [];
}

/** Its result was overruled: what was paid of a lease at once is taken back, as far as its provider has it still. */
export function clawBack(
  { lease, provider, price }: PaidLease,
  heldShare: number,
  balance: Micros,
): Posting[] {
  const paid = Micros(price - partOf(price, heldShare));
  const amount = paid < balance ? paid : balance;
  return amount > 0n
    ? [{ cause: `clawback/${lease}`, from: providerAccount(provider), to: forfeited, amount }]
    : [];
}

/** What an appeal may cost, until it is judged. */
export const appealDeposit = (provider: ProviderId, lease: number, amount: Micros): Posting => ({
  cause: `appeal/${lease}`,
  from: providerAccount(provider),
  to: ownAccount,
  amount,
});

/** Of that what its provider need not pay, from one of the exchange's accounts or the other. */
export const appealReturn = (
  provider: ProviderId,
  lease: number,
  amount: Micros,
  from: typeof forfeited | typeof ownAccount,
): Posting => ({ cause: `appeal-return/${lease}/${from}`, from, to: providerAccount(provider), amount });

/** A verdict was wrong: its provider is paid. */
export const redress = (
  provider: ProviderId,
  lease: number,
  amount: Micros,
  from: typeof forfeited | typeof ownAccount,
): Posting => ({ cause: `redress/${lease}/${from}`, from, to: providerAccount(provider), amount });

/** What was forfeited pays first for doing results again. */
export const fromForfeited = (job: JobId, amount: Micros): Posting => ({
  cause: `forfeited/${job}`,
  from: forfeited,
  to: ownAccount,
  amount,
});

const partOf = (price: Micros, share: number): Micros =>
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
