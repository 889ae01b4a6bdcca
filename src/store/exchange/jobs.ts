import { type Kysely, sql } from "kysely";
import { type ConsumerId, Digest, Instant, type JobId, Micros, type ProviderId } from "../../domain/index.ts";
import { escrowAccount, exchangeItself, refund } from "../../market/index.ts";
import type { Asking } from "../prepared.ts";
import { balancesIn, byAccount, insertPostings } from "./ledger.ts";
import type { NewJob } from "./submissions.ts";
import { specOf } from "./specText.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

export interface StoredJob extends NewJob {
  readonly state: ExchangeTables["job"]["state"];
  readonly why: string | null;
  readonly createdAt: Instant;
  readonly tasks: Readonly<Record<"waiting" | "running" | "done" | "failed", number>>;
  readonly cost: Micros;
  /** Tasks whose results were found wrong later, so that others stand in their place; the first of them. */
  readonly replaced: readonly number[];
}

const mostReplaced = 1000;

export interface StoredResult {
  readonly index: number;
  readonly digest: Digest;
  readonly output: Uint8Array;
  readonly provider: ProviderId;
  readonly price: Micros;
  readonly seconds: number;
  /** Of the result that stood before, and was found wrong; null: none did. */
  readonly before: Digest | null;
}

/**
 * Ends those of these jobs that are open: their tasks are not leased any more, and what they did not cost goes back.
 * Whoever calls it holds no task or lease: a job is locked before its tasks, and they before their leases.
 * @returns those that were open
 */
export async function endJobs(
  transaction: Asking,
  jobs: readonly JobId[],
  { state, why }: JobEnd,
  at: Instant,
): Promise<JobId[]> {
  if (jobs.length === 0) return [];
  const [open] = await transaction.ask(sql<{ id: JobId; consumer: ConsumerId }>`
    select id, consumer from job where id = any(${[...jobs]}::text[]) and state = 'open' order by id for update`);
  if (open.length === 0) return [];
  const [, rests] = await transaction.ask(
    endTasks(open.map(({ id }) => id)),
    balancesIn(open.map(({ id }) => escrowAccount(id))),
  );
  const left = byAccount(rests);
  const refunds = open
    .map(({ id, consumer }) => refund(consumer, id, left.get(escrowAccount(id)) ?? Micros(0n)))
    .filter(({ amount }) => amount > 0n);
  await transaction.ask(sql`
    with posted as (${insertPostings(refunds, at)})
    update job set state = ${state}, why = ${why} where id = any(${open.map(({ id }) => id)}::text[])`);
  return open.map(({ id }) => id);
}

const endTasks = (jobs: readonly JobId[]) => sql`
    with held as (
      select id from task where job = any(${[...jobs]}::text[]) and state = 'open' order by id for update),
    failed as (update task set state = 'failed', missing = 0 where id in (select id from held)),
    evicted as (select id from lease where task in (select id from held) and state in ('open', 'returned')
      order by id for update)
    update lease set state = 'failed', failure = 'evicted', message = 'the job ended'
    where id in (select id from evicted)`;

export interface JobEnd {
  readonly state: "done" | "failed" | "cancelled";
  readonly why: string | null;
}

export interface JobsOf {
  readonly consumer?: ConsumerId | undefined;
  readonly id?: JobId | undefined;
  /** Only those that are older than this one. */
  readonly before?: JobId | undefined;
  readonly limit: number;
}

/** Jobs, newest first, of a consumer or of all but the exchange itself; one of them alone where its id is given. */
export async function readJobs(db: Db, of: JobsOf): Promise<StoredJob[]> {
  const { consumer, id, limit } = of;
  const whose =
    consumer !== undefined
      ? sql`consumer = ${consumer}`
      : id === undefined
        ? sql`consumer <> ${exchangeItself}`
        : sql`true`;
  const { rows } = await sql<JobRow>`
    select job.id, consumer, spec, job.state, why, created_at, bid::text as bid,
      count(*) filter (where task.state = 'open' and missing > 0)::integer as waiting,
      count(*) filter (where task.state = 'open' and missing = 0)::integer as running,
      count(*) filter (where task.state = 'done')::integer as done,
      count(*) filter (where task.state = 'failed')::integer as failed,
      (coalesce((select sum(price) from lease where lease.job = job.id and state in ('accepted', 'confirmed')
          and source is null), 0)
        + coalesce((select sum(price) from lease where lease.state = 'wrong' and settled and source is null
          and lease.task in (select task from recheck where recheck.job = job.id and recheck.state = 'replaced')),
          0))::bigint::text as cost,
      array(select distinct doubted.position from recheck join task as doubted on doubted.id = recheck.task
        where recheck.job = job.id and recheck.state = 'replaced' order by 1 limit ${mostReplaced}) as replaced
    from job join task on task.job = job.id
    where job.id in (select id from job
        where ${whose} and ${id === undefined ? sql`true` : sql`id = ${id}`} and ${olderThan(of.before)}
        order by created_at desc, id limit ${limit})
    group by job.id order by created_at desc, job.id`.execute(db);
  return rows.map(storedJob);
}

function olderThan(before: JobId | undefined) {
  if (before === undefined) return sql`true`;
  const its = sql`(select created_at from job where id = ${before})`;
  return sql`created_at <= ${its} and (created_at < ${its} or id > ${before})`;
}

/** A job as it is once it was taken. */
export const newlyStored = (job: NewJob, at: Instant): StoredJob => ({
  ...job,
  state: "open",
  why: null,
  createdAt: at,
  tasks: { waiting: job.spec.tasks, running: 0, done: 0, failed: 0 },
  cost: Micros(0n),
  replaced: [],
});

interface JobRow {
  readonly id: string;
  readonly consumer: string;
  readonly spec: string;
  readonly state: StoredJob["state"];
  readonly why: string | null;
  readonly created_at: number;
  readonly bid: string;
  readonly waiting: number;
  readonly running: number;
  readonly done: number;
  readonly failed: number;
  readonly cost: string;
  readonly replaced: number[];
}

const storedJob = (row: JobRow): StoredJob => ({
  id: row.id as JobId,
  consumer: row.consumer as ConsumerId,
  spec: specOf(row),
  state: row.state,
  why: row.why,
  createdAt: Instant(row.created_at),
  tasks: { waiting: row.waiting, running: row.running, done: row.done, failed: row.failed },
  cost: Micros(BigInt(row.cost)),
  replaced: row.replaced,
});

/** The results that stand, by index, from one on. */
export async function readResults(db: Db, job: JobId, from: number, limit: number): Promise<StoredResult[]> {
  const { rows } = await sql<{
    position: number;
    digest: string;
    output: Uint8Array;
    provider: string;
    price: string;
    seconds: number;
    before: string | null;
  }>`
    select position, lease.digest, output, provider, price::text as price, seconds,
      case when lease.task <> task.id then (select doubted.digest from recheck
        join lease as doubted on doubted.id = recheck.lease
        where recheck.job = task.job and recheck.task = task.id and recheck.state = 'replaced' limit 1) end as before
    from task join lease on lease.id = task.result
    where task.job = ${job} and task.state = 'done' and position >= ${from}
    order by position limit ${limit}`.execute(db);
  return rows.map(({ position, digest, output, provider, price, seconds, before }) => ({
    index: position,
    digest: Digest(digest),
    output,
    provider: provider as ProviderId,
    price: Micros(BigInt(price)),
    seconds,
    before: before === null ? null : Digest(before),
  }));
}
