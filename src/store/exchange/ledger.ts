import { type Kysely, sql, type Transaction } from "kysely";
import { HearthworkError, type Instant, Micros } from "../../domain/index.ts";
import { type AccountId, ownAccount, type Posting } from "../../market/index.ts";
import type { Asking } from "../prepared.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

/** A fold takes so many postings at most. */
const foldRows = 20_000;

/** Posts what was not posted yet; whether there was any. */
export async function post(asking: Asking, postings: readonly Posting[], at: Instant): Promise<boolean> {
  if (postings.length === 0) return false;
  const [posted] = await asking.ask(sql`${insertPostings(postings, at)} returning cause`);
  return posted.length > 0;
}

/** What was posted for a cause; undefined: nothing. */
export async function amountPosted(db: Db, cause: string): Promise<Micros | undefined> {
  const row = await db.selectFrom("posting").select("amount").where("cause", "=", cause).executeTakeFirst();
  return row && Micros(BigInt(row.amount));
}

/** The statement that posts what was not posted yet. */
export const insertPostings = (postings: readonly Posting[], at: Instant) => sql`
    insert into posting (cause, at, debit, credit, amount)
    select cause, ${at}::bigint, debit, credit, amount from unnest(
      ${postings.map(({ cause }) => cause)}::text[], ${postings.map(({ from }) => from)}::text[],
      ${postings.map(({ to }) => to)}::text[], ${postings.map(({ amount }) => String(amount))}::bigint[]
    ) as new (cause, debit, credit, amount)
    on conflict (cause) do nothing`;

/** What each of these accounts has; nobody else takes from them before the transaction ends. */
export async function holdBalances(
  transaction: Asking,
  accounts: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, Micros>> {
  const hold = sql`select id from account where id = any(${[...accounts]}::text[]) order by id for update`;
  const [held, balances] = await transaction.ask(hold, balancesIn(accounts));
  if (held.length === accounts.length) return byAccount(balances);
  const [, , all] = await transaction.ask(openAccounts(accounts), hold, balancesIn(accounts));
  return byAccount(all);
}

const openAccounts = (accounts: readonly string[]) => sql`
  insert into account (id, balance) select id, 0 from unnest(${accounts.toSorted()}::text[]) as new (id)
  on conflict (id) do nothing`;

export const tooLittle = (account: AccountId, balance: Micros, needed: Micros): HearthworkError =>
  new HearthworkError({
    code: "market/too-little",
    message: `${account} has ${balance} millionths and needs ${needed}; have the exchange's operator take in a deposit, or bid less`,
    data: { account, balance: String(balance), needed: String(needed) },
  });

/** The statement that gives what an account has, folded or not. */
export const balanceIn = (account: ReturnType<typeof sql>) => sql`
  coalesce((select balance from account where account.id = ${account}), 0)
  + coalesce((select sum(amount) from posting where credit = ${account} and not folded), 0)
  - coalesce((select sum(amount) from posting where debit = ${account} and not folded), 0)`;

/** What an account has, folded or not. */
export async function balanceOf(db: Db, account: AccountId): Promise<Micros> {
  const { rows } = await balancesIn([account]).execute(db);
  return byAccount(rows).get(account) ?? Micros(0n);
}

interface AccountBalance {
  readonly id: AccountId;
  readonly balance: string;
}

/** The statement that gives what each of these accounts has, folded or not; those that never had anything are missing. */
export function balancesIn(accounts: readonly AccountId[]) {
  const ids = [...accounts];
  return sql<AccountBalance>`
    select id, sum(amount)::bigint::text as balance from (
      select id, balance as amount from account where id = any(${ids}::text[])
      union all select credit, amount from posting where credit = any(${ids}::text[]) and not folded
      union all select debit, -amount from posting where debit = any(${ids}::text[]) and not folded) as part
    group by id`;
}

export const byAccount = (rows: readonly AccountBalance[]): ReadonlyMap<AccountId, Micros> =>
  new Map(rows.map(({ id, balance }) => [id, Micros(BigInt(balance))]));

/** Adds a bounded number of postings to their accounts' balances; "more" when there may be more. */
export async function foldPostings(db: Db): Promise<"done" | "more"> {
  return db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtext('hearthwork fold'))`.execute(transaction);
    const { rows } = await sql<{ postings: number; accounts: string[] | null; amounts: string[] | null }>`
      with taken as (
        update posting set folded = true
        where id in (select id from posting where not folded order by debit limit ${foldRows})
        returning debit, credit, amount
      ),
      moved as (
        select account, sum(amount)::bigint as amount
        from (select debit as account, -amount as amount from taken
              union all select credit, amount from taken) as side
        group by account having sum(amount) <> 0
      )
      select (select count(*) from taken)::integer as postings,
        array_agg(account order by account) as accounts, array_agg(amount::text order by account) as amounts
      from moved`.execute(transaction);
    const { postings = 0, accounts, amounts } = rows[0] ?? {};
    if (accounts && amounts) await moveBalances(transaction, accounts, amounts);
    return postings >= foldRows ? "more" : "done";
  });
}

async function moveBalances(
  transaction: Transaction<ExchangeTables>,
  accounts: readonly string[],
  amounts: readonly string[],
): Promise<void> {
  await openAccounts(accounts).execute(transaction);
  await sql`
    with held as (select id from account where id = any(${[...accounts]}::text[]) order by id for update)
    update account set balance = balance + moved.amount
    from unnest(${[...accounts]}::text[], ${[...amounts]}::bigint[]) as moved (id, amount)
    where account.id = moved.id and account.id in (select id from held)`.execute(transaction);
}

/** What every account has that has something, by its id. */
export async function readBalances(db: Db): Promise<ReadonlyMap<string, Micros>> {
  const { rows } = await sql<{ id: string; balance: string }>`
    select id, sum(amount)::bigint::text as balance from (
      select id, balance as amount from account
      union all select credit, amount from posting where not folded
      union all select debit, -amount from posting where not folded) as part
    group by id having sum(amount) <> 0 order by id`.execute(db);
  return new Map(rows.map(({ id, balance }) => [id, Micros(BigInt(balance))]));
}

export interface StatementLine {
  readonly id: number;
  readonly at: Instant;
  readonly cause: string;
  readonly other: string;
  /** Into the account; below zero out of it. */
  readonly amount: Micros;
}

/** What an account had before a time: what it has now, less what came since. */
export async function balanceBefore(db: Db, account: AccountId, at: Instant): Promise<Micros> {
  const { rows } = await sql<{ balance: string }>`
    select (coalesce((select balance from account where id = ${account}), 0)
      + coalesce((select sum(case when credit = ${account} then amount else -amount end) from posting
          where (credit = ${account} or debit = ${account}) and not folded), 0)
      - coalesce((select sum(case when credit = ${account} then amount else -amount end) from posting
          where (credit = ${account} or debit = ${account}) and at >= ${at}::bigint), 0))::bigint::text
      as balance`.execute(db);
  return Micros(BigInt(rows[0]?.balance ?? "0"));
}

/**
 * The postings of an account from one time on and before another, oldest first, those after `after`. To others than
 * itself the exchange's own jobs are what providers are told that they are.
 */
export async function readStatement(
  db: Db,
  account: AccountId,
  span: { readonly from: Instant; readonly to: Instant },
  after: { readonly at: number; readonly id: number },
  limit: number,
): Promise<StatementLine[]> {
  const { rows } = await sql<{ id: number; at: number; cause: string; other: string; amount: string }>`
    select id, at, cause, amount::text as amount,
      coalesce((select 'escrow/' || told from job
        where other like 'escrow/%' and job.id = substr(other, 8) and ${account !== ownAccount}::boolean), other) as other
    from (select id, at, cause, case when credit = ${account} then debit else credit end as other,
        case when credit = ${account} then amount else -amount end as amount
      from posting
      where (credit = ${account} or debit = ${account}) and at >= ${Math.max(span.from, after.at)}::bigint
        and at < ${span.to}::bigint and (at, id) > (${after.at}::bigint, ${after.id}::bigint)
      order by at, id limit ${limit}) as line
    order by at, id`.execute(db);
  return rows.map(({ at, amount, ...row }) => ({
    ...row,
    at: at as Instant,
    amount: Micros(BigInt(amount)),
  }));
}
