import { type Kysely, sql, type Transaction } from "kysely";
import { type Instant, type JobId, Micros, type ProviderId } from "../../domain/index.ts";
import { quoteOf } from "../../market/index.ts";
import { overrule } from "./overrule.ts";
import { insertOwnJobs, type OwnJob, type OwnJobSource } from "./ownJobs.ts";
import { openPurse, type Purse } from "./purse.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

const mostOrdered = 500;
const mostClosed = 200;

interface Doubt extends OwnJobSource {
  readonly lease: number;
  readonly position: number;
}

/**
 * Has results that are doubted done again by others, as far as the exchange can pay for it: what was forfeited first,
 * then what it took in fees. To a provider the jobs are like all others; while a job is open, its results are done
 * again in its name.
 * @param newId gives ids like those of other jobs
 * @returns how many
 */
export async function orderRechecks(db: Db, newId: () => JobId, at: Instant): Promise<number> {
  const waiting = await sql`select from recheck where state = 'waiting' limit 1`.execute(db);
  if (waiting.rows.length === 0) return 0;
  return db.transaction().execute(async (transaction) => {
    const purse = await openPurse(transaction);
    const doubts = await readWaiting(transaction);
    const jobs = [...Map.groupBy(doubts, ({ job }) => job).values()].flatMap(
      (ofJob) => affordable(ofJob, newId(), purse) ?? [],
    );
    await insertOwnJobs(transaction, jobs, purse.postings, at);
    const tasks = jobs.flatMap((job) => job.tasks);
    const ordered = tasks.flatMap(({ copies }) => copies);
    await sql`update recheck set state = 'running', again = copy.task
      from lease as copy where copy.source = recheck.lease and copy.state = 'returned'
        and copy.job = any(${jobs.map(({ id }) => id)}::text[])
        and recheck.state = 'waiting' and recheck.lease = any(${ordered}::bigint[])`.execute(transaction);
    return ordered.length;
  });
}

/** One of a task at a time; whoever holds the purse is alone here. */
async function readWaiting(transaction: Transaction<ExchangeTables>): Promise<Doubt[]> {
  const { rows } = await sql<Doubt>`
    select distinct on (recheck.task) recheck.lease, recheck.job, position, spec, bid::text as bid,
      case when job.state = 'open' then coalesce(told, job.id) end as told
    from recheck join task on task.id = recheck.task join job on job.id = recheck.job
    where recheck.lease in (select lease from recheck where state = 'waiting' order by lease limit ${mostOrdered})
      and not exists (select from recheck as other where other.task = recheck.task and other.state = 'running'
        and other.lease in (select lease from recheck where state = 'running'))
    order by recheck.task, recheck.lease`.execute(transaction);
  return rows.toSorted((a, b) => a.lease - b.lease);
}

function affordable(doubts: readonly Doubt[], id: JobId, purse: Purse): OwnJob | undefined {
  const [of] = doubts;
  if (!of) return undefined;
  const tasks = doubts
    .slice(0, purse.affords(quoteOf(Micros(BigInt(of.bid)), 1)))
    .map(({ position, lease }) => ({ position, copies: [lease] }));
  if (tasks.length === 0) return undefined;
  purse.spend(id, quoteOf(Micros(BigInt(of.bid)), tasks.length));
  return { id, of, tasks };
}

export interface Rechecked {
  readonly right: number;
  /** Results that others stand for now. */
  readonly replaced: readonly { readonly job: JobId; readonly index: number }[];
  readonly banned: readonly ProviderId[];
}

/** Draws the consequences of what was done again: what others found wrong is replaced. */
export async function closeRechecks(db: Db, at: Instant): Promise<Rechecked> {
  const { rows } = await sql<{ lease: number; verdict: ExchangeTables["lease"]["state"] }>`
    select recheck.lease, copy.state as verdict
    from recheck join task on task.id = recheck.again
      join lease as copy on copy.source = recheck.lease and copy.task = task.id
    where recheck.state = 'running' and recheck.lease in (select lease from recheck where state = 'running')
      and task.state <> 'open'
    order by recheck.lease limit ${mostClosed}`.execute(db);
  const of = (...states: string[]) =>
    rows.filter(({ verdict }) => states.includes(verdict)).map(({ lease }) => lease);
  const right = of("accepted", "confirmed");
  await note(db, right, "right");
  await note(db, of("failed", "returned"), "failed");
  const wrong = of("wrong");
  if (wrong.length === 0) return { right: right.length, replaced: [], banned: [] };
  const outcome = await db
    .transaction()
    .execute((transaction) => overrule(transaction, wrong, at, { isBlamed: true }));
  return { right: right.length, ...outcome };
}

/** Doubts that nobody could pay for in time end: the results stand. */
export async function lapseRechecks(db: Db, before: Instant): Promise<void> {
  const { rows } = await sql<{ lease: number }>`
    select lease from recheck where state = 'waiting' and noted_at < ${before}::bigint`.execute(db);
  await note(
    db,
    rows.map(({ lease }) => lease),
    "failed",
  );
}

async function note(db: Db, leases: readonly number[], state: "right" | "failed"): Promise<void> {
  if (leases.length === 0) return;
  await sql`
    with held as (select lease from recheck where lease = any(${[...leases]}::bigint[])
      and state in ('waiting', 'running') order by lease for update skip locked)
    update recheck set state = ${state} where lease in (select lease from held)`.execute(db);
}
