import { sql } from "kysely";
import {
  type ConsumerId,
  type HearthworkError,
  type Instant,
  type JobId,
  Micros,
} from "../../domain/index.ts";
import type { JobSpec } from "../../jobs/index.ts";
import { type AccountId, consumerAccount, quoteOf, reserve } from "../../market/index.ts";
import type { Prepared } from "../prepared.ts";
import { holdBalances, insertPostings, tooLittle } from "./ledger.ts";
import { textOf } from "./specText.ts";

export interface NewJob {
  readonly id: JobId;
  readonly consumer: ConsumerId;
  readonly spec: JobSpec;
}

/**
 * Takes jobs, all in one transaction: sets aside what each may cost and makes its tasks, in an order left to chance: a
 * task's index does not tell whether it was done before. A job that its consumer cannot pay for is left out.
 * @returns why, of those that were left out: `market/too-little`
 */
export async function submitJobs(
  db: Prepared,
  jobs: readonly NewJob[],
  at: Instant,
): Promise<ReadonlyMap<JobId, HearthworkError>> {
  const refused = new Map<JobId, HearthworkError>();
  if (jobs.length === 0) return refused;
  await db.transaction(async (transaction) => {
    const accounts = [...new Set(jobs.map(({ consumer }) => consumerAccount(consumer)))];
    const left = new Map(await holdBalances(transaction, accounts));
    const taken = jobs.filter((job) => {
      const why = spend(left, job);
      if (why) refused.set(job.id, why);
      return why === undefined;
    });
    if (taken.length > 0) await transaction.commit([insertJobs(taken, at)]);
  });
  return refused;
}

/** Takes a job's quote from what its consumer has left; says why where that is not enough. */
function spend(left: Map<AccountId, Micros>, { consumer, spec }: NewJob): HearthworkError | undefined {
  const account = consumerAccount(consumer);
  const balance = left.get(account) ?? Micros(0n);
  const quote = quoteOf(spec.bid, spec.tasks);
  if (balance < quote) return tooLittle(account, balance, quote);
  left.set(account, Micros(balance - quote));
  return undefined;
}

function insertJobs(jobs: readonly NewJob[], at: Instant) {
  const ids = jobs.map(({ id }) => id);
  const postings = jobs.map(({ id, consumer, spec }) => reserve(consumer, id, quoteOf(spec.bid, spec.tasks)));
  return sql`
    with new_job as (
      insert into job (id, consumer, spec, state, created_at, deadline, bid)
      select id, consumer, spec, 'open', ${at}::bigint, deadline, bid from unnest(
        ${ids}::text[], ${jobs.map(({ consumer }) => consumer)}::text[],
        ${jobs.map(({ spec }) => textOf(spec))}::text[],
        ${jobs.map(({ spec }) => Date.parse(spec.deadline))}::bigint[],
        ${jobs.map(({ spec }) => String(spec.bid))}::bigint[]) as new (id, consumer, spec, deadline, bid)),
    posted as (${insertPostings(postings, at)})
    insert into task (job, position, state, missing)
    select id, position, 'open', 1
    from unnest(${ids}::text[], ${jobs.map(({ spec }) => spec.tasks)}::integer[]) as new (id, tasks),
      lateral generate_series(0, tasks - 1) as position
    order by id, random()`;
}
