import { type Kysely, sql, type Transaction } from "kysely";
import {
  Digest,
  HearthworkError,
  Instant,
  type JobId,
  Micros,
  plus,
  type ProviderId,
  Seconds,
} from "../../domain/index.ts";
import { appealRules } from "../../jobs/index.ts";
import { appealDeposit, exchangeItself, providerAccount, quoteOf, reserve } from "../../market/index.ts";
import { askingOn } from "../prepared.ts";
import { holdBalances, tooLittle } from "./ledger.ts";
import { insertOwnJobs } from "./ownJobs.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

/** A verdict against a provider. */
export interface WrongVerdict {
  readonly lease: number;
  readonly job: JobId;
  readonly index: number;
  readonly returnedAt: Instant;
  /** What it said, and what stands. */
  readonly digest: Digest;
  readonly stands: Digest | null;
  readonly price: Micros;
  readonly appeal: ExchangeTables["appeal"]["state"] | null;
}

/** The newest verdicts against a provider. */
export async function readWrongVerdicts(
  db: Db,
  provider: ProviderId,
  limit: number,
): Promise<WrongVerdict[]> {
  const { rows } = await sql<{
    id: number;
    job: string;
    position: number;
    returned_at: number;
    digest: string;
    stands: string | null;
    price: string;
    appeal: WrongVerdict["appeal"];
  }>`
    select lease.id, coalesce(job.told, job.id) as job, position, lease.returned_at, lease.digest,
      result.digest as stands, lease.price::text as price, appeal.state as appeal
    from lease join task on task.id = lease.task join job on job.id = lease.job
      left join lease as result on result.id = task.result left join appeal on appeal.lease = lease.id
    where lease.provider = ${provider} and lease.state = 'wrong' and lease.source is null
    order by lease.made_at desc, lease.id desc limit ${limit}`.execute(db);
  return rows.map(({ id, job, position, returned_at, digest, stands, price, appeal }) => ({
    lease: id,
    job: job as JobId,
    index: position,
    returnedAt: Instant(returned_at),
    digest: Digest(digest),
    stands: stands === null ? null : Digest(stands),
    price: Micros(BigInt(price)),
    appeal,
  }));
}

interface AppealedRow {
  readonly job: string;
  readonly position: number;
  readonly spec: string;
  readonly bid: string;
  readonly told: string | null;
}

/**
 * Has a machine that the operator answers for do a task once more, whose result by this provider was found wrong. What
 * that may cost is taken from his account, until it is clear who was wrong.
 * @throws {HearthworkError} `appeal/none` where there is no such verdict or it is too old, `appeal/again` when it was
 * appealed before, `appeal/too-many`, `market/too-little`
 */
export async function appeal(
  transaction: Transaction<ExchangeTables>,
  { provider, lease, id }: { readonly provider: ProviderId; readonly lease: number; readonly id: JobId },
  at: Instant,
): Promise<void> {
  const account = providerAccount(provider);
  // Whoever holds it is alone with this provider's appeals.
  const balances = await holdBalances(askingOn(transaction), [account]);
  const of = await readAppealed(transaction, provider, lease, at);
  await refuseTooMany(transaction, provider, lease, at);
  const quote = quoteOf(Micros(BigInt(of.bid)), 1);
  const balance = balances.get(account) ?? Micros(0n);
  if (balance < quote) throw tooLittle(account, balance, quote);
  const postings = [appealDeposit(provider, lease, quote), reserve(exchangeItself, id, quote)];
  const jobs = [{ id, of, isJudged: true, tasks: [{ position: of.position, copies: [] }] }];
  await insertOwnJobs(transaction, jobs, postings, at);
  await sql`
    insert into appeal (lease, provider, noted_at, state, again, deposit)
    select ${lease}::bigint, ${provider}, ${at}::bigint, 'running', id, ${String(quote)}::bigint
    from task where job = ${id}`.execute(transaction);
}

async function readAppealed(
  transaction: Transaction<ExchangeTables>,
  provider: ProviderId,
  lease: number,
  at: Instant,
): Promise<AppealedRow> {
  const since = plus(at, Seconds(-appealRules.withinSeconds));
  const { rows } = await sql<AppealedRow>`
    select job.id as job, position, spec, bid::text as bid,
      case when job.state = 'open' then coalesce(told, job.id) end as told
    from lease join task on task.id = lease.task join job on job.id = lease.job
    where lease.id = ${lease}::bigint and lease.provider = ${provider} and lease.state = 'wrong'
      and lease.source is null and lease.returned_at > ${since}::bigint and task.state = 'done'`.execute(
    transaction,
  );
  if (rows[0]) return rows[0];
  throw new HearthworkError({
    code: "appeal/none",
    message: `there is no verdict against lease ${lease} of this provider within the last ${appealRules.withinSeconds / 86_400} days that can be appealed`,
    data: { lease },
  });
}

async function refuseTooMany(
  transaction: Transaction<ExchangeTables>,
  provider: ProviderId,
  lease: number,
  at: Instant,
): Promise<void> {
  const since = plus(at, Seconds(-appealRules.withinSeconds));
  const { rows } = await sql<{ same: number; open: number; recent: number }>`
    select count(*) filter (where lease = ${lease}::bigint)::integer as same,
      count(*) filter (where state = 'running')::integer as open,
      count(*) filter (where noted_at > ${since}::bigint)::integer as recent
    from appeal where provider = ${provider}`.execute(transaction);
  const { same = 0, open = 0, recent = 0 } = rows[0] ?? {};
  if (same > 0) {
    throw new HearthworkError({
      code: "appeal/again",
      message: `the verdict on lease ${lease} was appealed before; what was found then holds`,
      data: { lease },
    });
  }
  if (open < appealRules.atOnce && recent < appealRules.most) return;
  throw new HearthworkError({
    code: "appeal/too-many",
    message: `a provider may have ${appealRules.atOnce} appeals under way and ${appealRules.most} within ${appealRules.withinSeconds / 86_400} days; wait until one is decided`,
    retry: "later",
  });
}
