import type { Transaction } from "kysely";
import { type JobId, Micros } from "../../domain/index.ts";
import {
  type AccountId,
  exchangeItself,
  forfeited,
  fromForfeited,
  ownAccount,
  type Posting,
  reserve,
} from "../../market/index.ts";
import { askingOn } from "../prepared.ts";
import { holdBalances } from "./ledger.ts";
import type { ExchangeTables } from "./tables.ts";

/** What the exchange can spend on having results done again: what was forfeited first, then what it took in fees. */
export class Purse {
  readonly postings: Posting[] = [];
  #forfeited: bigint;
  #own: bigint;

  constructor(ofForfeited: bigint, own: bigint) {
    this.#forfeited = ofForfeited;
    this.#own = own;
  }

  /** How often it has so much. */
  affords(price: Micros): number {
    return Number((this.#forfeited + this.#own) / price);
  }

  /** Sets aside what a job of the exchange's own may cost; it has that. */
  spend(job: JobId, quote: Micros): void {
    const first = quote < this.#forfeited ? quote : this.#forfeited;
    if (first > 0n) this.postings.push(fromForfeited(job, Micros(first)));
    this.postings.push(reserve(exchangeItself, job, quote));
    this.#forfeited -= first;
    this.#own -= quote - first;
  }
}

/** Nobody else spends of it before the transaction ends. */
export async function openPurse(transaction: Transaction<ExchangeTables>): Promise<Purse> {
  const accounts: AccountId[] = [forfeited, ownAccount];
  const balances = await holdBalances(askingOn(transaction), accounts);
  return new Purse(balances.get(forfeited) ?? 0n, balances.get(ownAccount) ?? 0n);
}
