import { type Kysely, sql } from "kysely";
import { type ConsumerId, Instant, type JobId, Micros } from "../../domain/index.ts";
import { type AccountId, escrowAccount } from "../../market/index.ts";
import { specOf } from "./specText.ts";
import { balancesIn, byAccount, type StatementLine } from "./ledger.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

/** What is set aside for a job that runs. */
export interface StoredReserve {
  readonly job: JobId;
  readonly name: string;
  readonly amount: Micros;
}

/** The reserves of a consumer's jobs that have not ended, the newest first. */
export async function readReserves(db: Db, consumer: ConsumerId, limit: number): Promise<StoredReserve[]> {
  const { rows } = await sql<{ id: JobId; spec: string; bid: string }>`
    select id, spec, bid::text as bid from job where consumer = ${consumer} and state = 'open'
    order by created_at desc, id limit ${limit}`.execute(db);
  if (rows.length === 0) return [];
  const balances = byAccount((await balancesIn(rows.map(({ id }) => escrowAccount(id))).execute(db)).rows);
  return rows.map((row) => ({
    job: row.id,
    name: specOf(row).name,
    amount: balances.get(escrowAccount(row.id)) ?? Micros(0n),
  }));
}

export interface NewestLines {
  readonly account: AccountId;
  readonly since: Instant;
  /** Only what was posted before this one. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** The postings of an account since a time, the newest first. */
export async function readNewestLines(
  db: Db,
  { account, since, before, limit }: NewestLines,
): Promise<StatementLine[]> {
  const older = before === undefined ? sql`true` : sql`id < ${before}::bigint`;
  const { rows } = await sql<{ id: number; at: number; cause: string; other: string; amount: string }>`
    select id, at, cause, case when credit = ${account} then debit else credit end as other,
      (case when credit = ${account} then amount else -amount end)::text as amount
    from posting where (credit = ${account} or debit = ${account}) and at >= ${since}::bigint and ${older}
    order by id desc limit ${limit}`.execute(db);
  return rows.map(({ at, amount, ...row }) => ({ ...row, at: Instant(at), amount: Micros(BigInt(amount)) }));
}
