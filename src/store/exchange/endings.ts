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
  /** Have no open task either, but somebody else had them locked. */
  readonly busy: readonly JobId[];
  /** Must be ended, their tasks with them. */
  readonly failed: readonly { readonly jobs: readonly JobId[]; readonly why: string }[];
}

export const noEndings: Endings = { ended: [], busy: [], failed: [] };

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
  const { true: held = [], false: busy = [] } = Object.groupBy(rows, (row) => `${row.held}` as const);
  await close(transaction, held, at);
  return { ended: held.map(({ id }) => id), busy: busy.map(({ id }) => id), failed: [] };
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
 * Ends, once what was noted of tasks stands, the jobs that had to wait for it.
 * @returns all that ended, those that had ended with it before them
 */
export async function endTheRest(db: Db, { ended, busy, failed }: Endings, at: Instant): Promise<JobId[]> {
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
  if (busy.length > 0) {
    const done = await db.transaction().execute(async (transaction) => {
      const { rows } = await sql<DoneJob>`${doneOf(busy)} order by job.id for update of job`.execute(
        transaction,
      );
      await close(transaction, rows, at);
      return rows;
    });
    all.push(...done.map(({ id }) => id));
  }
  return all;
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

/** Ends the jobs whose deadline went by, and those that were done when whoever noted it was lost. */
export async function endLateJobs(db: Db, now: Instant): Promise<JobId[]> {
  const { rows: late } = await sql<{ id: JobId; open: boolean }>`
    select id, exists (select from task where task.job = job.id and state = 'open') as open
    from job where state = 'open' and deadline < ${now} order by id limit 100`.execute(db);
  const { true: failed = [], false: busy = [] } = Object.groupBy(late, ({ open }) => `${open}` as const);
  const why = "its deadline went by";
  const endings = {
    ended: [],
    busy: busy.map(({ id }) => id),
    failed: [{ jobs: failed.map(({ id }) => id), why }],
  };
  return endTheRest(db, endings, now);
}
