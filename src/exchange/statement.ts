import { type Currency, formatMicros, type Instant, Micros } from "../domain/index.ts";
import type { AccountId } from "../market/index.ts";
import type { ExchangeStore } from "../store/index.ts";

const page = 1000;
const lineEnd = "\r\n";

/**
 * What came to accounts and left them from one time on and before another, as a table (RFC 4180), in pieces: for each
 * account what it had, each posting with the balance after it, and what it has in the end.
 */
export async function* statementCsv(
  store: ExchangeStore,
  accounts: readonly AccountId[],
  span: { readonly from: Instant; readonly to: Instant },
  currency: Currency,
): AsyncGenerator<string> {
  yield `time,account,cause,other account,amount (${currency}),balance (${currency})${lineEnd}`;
  for (const account of accounts) {
    let balance = await store.balanceBefore(account, span.from);
    yield lineOf(span.from, account, "balance before", "", undefined, balance);
    let after = { at: Number(span.from), id: 0 };
    for (let isMore = true; isMore;) {
      const lines = await store.statement(account, span, after, page);
      for (const { at, cause, other, amount } of lines) {
        balance = Micros(balance + amount);
        yield lineOf(at, account, cause, other, amount, balance);
      }
      after = lines.at(-1) ?? after;
      isMore = lines.length === page;
    }
    yield lineOf(span.to, account, "balance after", "", undefined, balance);
  }
}

/** Ids and causes have neither commas nor quotes. */
const lineOf = (
  at: Instant,
  account: AccountId,
  cause: string,
  other: string,
  amount: Micros | undefined,
  balance: Micros,
): string =>
  [
    new Date(at).toISOString(),
    account,
    cause,
    other,
    amount === undefined ? "" : formatMicros(amount),
    formatMicros(balance),
  ].join() + lineEnd;
