import { sql, type Transaction } from "kysely";
import { type Instant, type JobId, plus, Seconds } from "../../domain/index.ts";
import { trustRules } from "../../jobs/index.ts";
import { exchangeItself, type Posting } from "../../market/index.ts";
import { insertPostings } from "./ledger.ts";
import { specOf, textOf } from "./specText.ts";
import type { ExchangeTables } from "./tables.ts";

/** The job of which the exchange has tasks done once more. */
export interface OwnJobSource {
  readonly job: string;
  readonly spec: string;
  readonly bid: string;
  /** What providers are told that its tasks belong to; null: to a job of its own. */
  readonly told: string | null;
}

export interface OwnJob {
  readonly id: JobId;
  readonly of: OwnJobSource;
  /** Only machines that the operator answers for do it. */
  readonly isJudged?: boolean;
  /** With the leases whose results others are compared with: copies of them come in with the task. */
  readonly tasks: readonly { readonly position: number; readonly copies: readonly number[] }[];
}

/** Submits jobs of the exchange's own. Whoever brought what is copied does not get the task. */
export async function insertOwnJobs(
  transaction: Transaction<ExchangeTables>,
  jobs: readonly OwnJob[],
  postings: readonly Posting[],
  at: Instant,
): Promise<void> {
  if (jobs.length === 0) return;
  const deadline = plus(at, Seconds(trustRules.auditSeconds));
  const specs = jobs.map((job) => specFor(job, deadline));
  const tasks = jobs.flatMap((job) => job.tasks.map((task) => ({ ...task, job: job.id })));
  const copies = tasks.flatMap((task) => task.copies.map((lease) => ({ ...task, lease })));
  await sql`
    with new_job as (
      insert into job (id, consumer, spec, state, created_at, deadline, bid, told, judged)
      select id, ${exchangeItself}, spec, 'open', ${at}::bigint, ${deadline}::bigint, bid, told, judged from unnest(
        ${jobs.map(({ id }) => id)}::text[], ${specs}::text[], ${jobs.map(({ of }) => of.bid)}::bigint[],
        ${jobs.map(({ of }) => of.told)}::text[], ${jobs.map(({ isJudged = false }) => isJudged)}::boolean[])
        as new (id, spec, bid, told, judged)),
    posted as (${insertPostings(postings, at)}),
    made as (insert into task (job, position, state, missing)
      select job, position, 'open', 1 from unnest(${tasks.map(({ job }) => job)}::text[],
        ${tasks.map(({ position }) => position)}::integer[]) as new (job, position)
      returning id, job, position)
    insert into lease (task, job, provider, price, made_at, deadline, state, settled, returned_at, digest, seconds, source)
    select made.id, made.job, lease.provider, lease.price, ${at}::bigint, ${at}::bigint, 'returned', true,
      ${at}::bigint, lease.digest, lease.seconds, lease.id
    from unnest(${copies.map(({ job }) => job)}::text[], ${copies.map(({ position }) => position)}::integer[],
        ${copies.map(({ lease }) => lease)}::bigint[]) as copy (job, position, lease)
      join made using (job, position) join lease on lease.id = copy.lease
    order by lease.id`.execute(transaction);
}

/**
 * What is done in a job's name pays no more than that job does now, and waits for cheap hours no longer; what is not, or
 * is for a judge, does not wait.
 */
function specFor({ of, isJudged = false }: OwnJob, deadline: Instant): string {
  if (of.told !== null && !isJudged) return of.spec;
  const { patientBid: _patient, ...eager } = specOf({ ...of, id: of.job });
  return textOf({ ...eager, deadline: new Date(deadline).toISOString() });
}
