import { type Kysely, sql, type Transaction } from "kysely";
import type { Instant, JobId } from "../../domain/index.ts";
import { escrowAccount } from "../../market/index.ts";
import { closeJobs, endJobs, type ClosingJob } from "./jobs.ts";
import { balanceIn } from "./ledger.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

/** What becomes of jobs with what a transaction noted of their tasks. */
export interface Endings {
  /** Ended with it: none of their tasks was open any more. */
  readonly ended: readonly JobId[];
  /** Had an open task still, or somebody else had them locked. */
  readonly others: readonly JobId[];
  /** Must be ended, their tasks with them. */
  readonly failed: readonly { readonly jobs: readonly JobId[]; readonly why: string }[];
}

export const noEndings: Endings = { ended: [], others: [], failed: [] };

/**
 * Ends those of the jobs of which no task is open any more, unless somebody else has them locked: who holds tasks does
 * not wait for a job, since who ends one waits for its tasks.
 */
export async function endDone(
  transaction: Transaction<ExchangeTables>,
  jobs: ReadonlySet<JobId>,
  at: Instant,
): Promise<Endings> {
  const { rows } = await sql<DoneJob & { held: boolean }>`
    with done as (${doneOf([...jobs])}),
    held as (select id from job where id in (select id from done) and state is not distinct from 'open'
      order by id for update skip locked)
    select id, consumer, failed, rest, id in (select id from held) as held from done order by id`.execute(
    transaction,
  );
  const held = rows.filter((row) => row.held);
  await close(transaction, held, at);
  const ended = held.map(({ id }) => id);
  return { ended, others: [...jobs].filter((job) => !ended.includes(job)), failed: [] };
}

interface DoneJob extends ClosingJob {
  readonly failed: boolean;
}

/** Each looked up by itself: no index of what is open fits how jobs are asked for. */
const doneOf = (jobs: readonly JobId[]) => sql`
  select job.id, consumer, exists (select from task where task.job = job.id and state = 'failed') as failed,
    (${balanceIn(sql`asked.escrow`)})::bigint::text as rest
  from unnest(${[...jobs]}::text[], ${jobs.map(escrowAccount)}::text[]) as asked (id, escrow)
    join job on job.id = asked.id
  where job.state is not distinct from 'open'
    and (select id from task where task.job = job.id and state = 'open' limit 1) is null`;

/**
 * Ends, once what was noted of tasks stands, the jobs that had to wait for it. Of two who end the last tasks of a job at
 * once neither sees what the other does before it stands: so each looks again.
 * @returns all that ended, those that had ended with it before them
 */
export async function endTheRest(db: Db, { ended, others, failed }: Endings, at: Instant): Promise<JobId[]> {
  const all = [...ended];
  for (const { jobs, why } of failed) {
    if (jobs.length > 0) {
      all.push(
        ...(await db
          .transaction()
          .execute((transaction) => endJobs(transaction, jobs, { state: "failed", why }, at))),
      );
    }
  }
  if (others.length === 0) return all;
  const { rows: done } = await sql<{ id: JobId }>`${doneOf(others)}`.execute(db);
  if (done.length === 0) return all;
  const closed = await db.transaction().execute(async (transaction) => {
    const ids = done.map(({ id }) => id);
    const { rows } = await sql<DoneJob>`${doneOf(ids)} order by job.id for update of job`.execute(
      transaction,
    );
    await close(transaction, rows, at);
    return rows;
  });
  return [...all, ...closed.map(({ id }) => id)];
}

/** Ends the jobs that were done when whoever noted it was lost, a bounded number at once. */
export async function endForgottenJobs(db: Db, at: Instant): Promise<JobId[]> {
  const { rows } = await sql<{ id: JobId }>`
    select id from job where state = 'open'
      and (select id from task where task.job = job.id and state = 'open' limit 1) is null
    order by id limit 100`.execute(db);
  return endTheRest(db, { ...noEndings, others: rows.map(({ id }) => id) }, at);
}

async function close(
  transaction: Transaction<ExchangeTables>,
  jobs: readonly DoneJob[],
  at: Instant,
): Promise<void> {
  const why = "some of its tasks failed again and again";
  const { true: failed = [], false: done = [] } = Object.groupBy(jobs, (job) => `${job.failed}` as const);
  await closeJobs(transaction, done, { state: "done", why: null }, at);
  await closeJobs(transaction, failed, { state: "failed", why }, at);
}

/** Ends the jobs whose deadline went by; as done where they are. */
export async function endLateJobs(db: Db, now: Instant): Promise<JobId[]> {
  const { rows: late } = await sql<{ id: JobId; open: boolean }>`
    select id, exists (select from task where task.job = job.id and state = 'open') as open
    from job where state = 'open' and deadline < ${now} order by id limit 100`.execute(db);
  const { true: failed = [], false: others = [] } = Object.groupBy(late, ({ open }) => `${open}` as const);
  const why = "its deadline went by";
  const endings = {
    ended: [],
    others: others.map(({ id }) => id),
    failed: [{ jobs: failed.map(({ id }) => id), why }],
  };
  return endTheRest(db, endings, now);
}
