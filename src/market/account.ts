import { ConsumerId, type JobId, type ProviderId } from "../domain/index.ts";

/** Whose money it is, as a path. */
export type AccountId =
  /** Where money comes from and goes to; alone among all it may be below zero. */
  | "outside"
  | `consumer/${string}`
  /** What a job may still cost. */
  | `escrow/${string}`
  | `provider/${string}`
  /** What of a provider's pay waits until the audit window has gone by. */
  | `held/${string}`
  /** What providers forfeited. */
  | "forfeited";

export const outside = "outside" satisfies AccountId;
export const consumerAccount = (id: ConsumerId): AccountId => `consumer/${id}`;
/** The consumer that the exchange itself is: what it has taken in fees pays for doing results again. */
export const exchangeItself = ConsumerId("exchange");
export const ownAccount = consumerAccount(exchangeItself);
export const escrowAccount = (job: JobId): AccountId => `escrow/${job}`;
export const heldAccount = (id: ProviderId): AccountId => `held/${id}`;
export const forfeited = "forfeited" satisfies AccountId;
export const providerAccount = (id: ProviderId): AccountId => `provider/${id}`;
