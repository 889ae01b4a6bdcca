import { type Kysely, type RawBuilder, sql } from "kysely";
import { type ConsumerId, type Instant, type JobId, Micros } from "../../domain/index.ts";
import { refund } from "../../market/index.ts";
import type { Prepared } from "../prepared.ts";
import { endJobs } from "./jobs.ts";
import { balanceIn } from "./ledger.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

export interface OwnedJob {
  readonly id: JobId;
  readonly consumer: ConsumerId;
}

/** Jobs that must be ended, their tasks with them. */
export interface Hopeless {
  readonly jobs: readonly JobId[];
  readonly why: string;
}

/**
 * The statement that ends those of the jobs of which no task is open any more, gives back what they did not cost, and
 * tells which they were. What somebody else has locked is left out: who holds tasks does not wait for a job, since who
 * ends one waits for its tasks.
 */
export const endDone = (jobs: readonly OwnedJob[], at: Instant) => ending(jobs, at, sql`skip locked`);

/**
 * The same once the transaction stands, when nothing is held any more and what somebody else has locked is waited for.
 * Of two who end the last tasks of a job at once neither sees what the other does before it stands: so each looks again.
 */
export const endDoneSince = (jobs: readonly OwnedJob[], at: Instant) => ending(jobs, at, sql``);

/** Each job is looked up by itself: no index of what is open fits how they are asked for. */
function ending(jobs: readonly OwnedJob[], at: Instant, unlessLocked: RawBuilder<unknown>) {
  const why = "some of its tasks failed again and again";
  const refunds = jobs.map(({ id, consumer }) => refund(consumer, id, Micros(0n)));
  return sql<{ id: JobId }>`
    with done as (
      select job.id, cause, escrow, owner, (${balanceIn(sql`escrow`)})::bigint as rest,
        exists (select from task where task.job = job.id and state = 'failed') as failed
      from unnest(${jobs.map(({ id }) => id)}::text[], ${refunds.map(({ cause }) => cause)}::text[],
          ${refunds.map(({ from }) => from)}::text[], ${refunds.map(({ to }) => to)}::text[])
          as asked (id, cause, escrow, owner)
        join job on job.id = asked.id
      where job.state is not distinct from 'open'
        and (select id from task where task.job = job.id and state = 'open' limit 1) is null),
    held as (select id from job where id in (select id from done) and state is not distinct from 'open'
      order by id for update ${unlessLocked}),
    posted as (
      insert into posting (cause, at, debit, credit, amount)
      select cause, ${at}::bigint, escrow, owner, rest from done where rest > 0 and id in (select id from held)
      on conflict (cause) do nothing)
    update job set state = case when failed then 'failed' else 'done' end,
      why = case when failed then ${why}::text end
    from done where job.id = done.id and job.id in (select id from held) returning job.id`;
}

/** Ends jobs that must end, each kind in a transaction of its own; gives those that were open. */
export async function endHopeless(
  db: Prepared,
  hopeless: readonly Hopeless[],
  at: Instant,
): Promise<JobId[]> {
  const ended: JobId[] = [];
  for (const { jobs, why } of hopeless) {
    if (jobs.length === 0) continue;
    const outcome = { state: "failed", why } as const;
    ended.push(...(await db.transaction((transaction) => endJobs(transaction, jobs, outcome, at))));
  }
  return ended;
}

/** Ends the jobs that were done when whoever noted it was lost, a bounded number at once. */
export async function endForgottenJobs(db: Db, prepared: Prepared, at: Instant): Promise<JobId[]> {
  const { rows } = await sql<OwnedJob>`
    select id, consumer from job where state = 'open'
      and (select id from task where task.job = job.id and state = 'open' limit 1) is null
    order by id limit 100`.execute(db);
  return endDoneOf(prepared, rows, at);
}

/** Ends the jobs whose deadline went by; as done where they are. */
export async function endLateJobs(db: Db, prepared: Prepared, now: Instant): Promise<JobId[]> {
  const { rows: late } = await sql<OwnedJob & { open: boolean }>`
    select id, consumer, exists (select from task where task.job = job.id and state = 'open') as open
    from job where state = 'open' and deadline < ${now} order by id limit 100`.execute(db);
  const { true: failed = [], false: others = [] } = Object.groupBy(late, ({ open }) => `${open}` as const);
  const hopeless = [{ jobs: failed.map(({ id }) => id), why: "its deadline went by" }];
  return [...(await endHopeless(prepared, hopeless, now)), ...(await endDoneOf(prepared, others, now))];
}

async function endDoneOf(db: Prepared, jobs: readonly OwnedJob[], at: Instant): Promise<JobId[]> {
  if (jobs.length === 0) return [];
  const [ended] = await db.ask(endDoneSince(jobs, at));
  return ended.map(({ id }) => id);
}
