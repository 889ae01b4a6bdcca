import { sql } from "kysely";
import { type ConsumerId, type Instant, type JobId, Micros, type ProviderId } from "../../domain/index.ts";
import { afterFailures, type Failure, type FailureKind, type JobSpec } from "../../jobs/index.ts";
import type { Placement } from "../../market/index.ts";
import type { Asking, OpenTransaction, Prepared } from "../prepared.ts";
import { endDone, endDoneSince, endHopeless, type Hopeless } from "./endings.ts";
import { specOf } from "./specText.ts";

/** Tasks of a job that wait for providers. */
export interface Work {
  readonly job: JobId;
  /** What providers are told that the job is. */
  readonly told: string;
  /** Only machines that the operator answers for may do it. */
  readonly isJudged: boolean;
  readonly consumer: string;
  readonly spec: JobSpec;
  /** Who has done these of its tasks, so that another is to check them. */
  readonly doers: readonly ProviderId[];
  /** What machines may check them, as these say it of themselves; undefined: any. */
  readonly machine: string | undefined;
  /** How many they are, counted no further than asked. */
  readonly wanted: number;
}

export interface Lease {
  readonly id: number;
  readonly job: JobId;
  readonly index: number;
  readonly provider: ProviderId;
  /** For which it was made. */
  readonly price: Micros;
}

export interface Failed {
  readonly lease: number;
  readonly provider: ProviderId;
  readonly kind: FailureKind;
  readonly message: string;
}

/** What waits, the job with the earliest deadline first; at most `limit` tasks of each are counted. */
export async function readWork(db: Asking, limit: number): Promise<Work[]> {
  const [rows] = await db.ask(sql<{
    id: string;
    told: string | null;
    judged: boolean;
    consumer: string;
    spec: string;
    bid: string;
    doers: ProviderId[] | null;
    machine: string | null;
    wanted: number;
  }>`
    select id, told, judged, consumer, spec, bid::text as bid, doers, count(*)::integer as wanted,
      case when tolerant then (select coalesce(machine, '') from provider where provider.id = doers[1]) end as machine
    from job,
      lateral (select (select array_agg(provider order by provider) from lease
          where lease.task = needed.id and lease.state in ('open', 'returned')) as doers
        from (select id from task where task.job = job.id and state = 'open' and missing > 0
          order by id limit ${limit}) as needed) as waiting
    where state = 'open' group by id, doers order by deadline, id, doers`);
  return rows.map((row) => ({
    job: row.id as JobId,
    told: row.told ?? row.id,
    isJudged: row.judged,
    consumer: row.consumer,
    spec: specOf(row),
    doers: row.doers ?? [],
    machine: row.machine ?? undefined,
    wanted: row.wanted,
  }));
}

/**
 * Makes leases of tasks that nobody has done or does yet, as far as their jobs have such: in one statement, which waits
 * for nobody.
 */
export async function makeFirstLeases(
  db: Asking,
  placements: readonly Placement[],
  at: Instant,
  deadline: Instant,
): Promise<Lease[]> {
  if (placements.length === 0) return [];
  const byJob = [...Map.groupBy(placements, ({ job }) => job)].map(([job, ofJob]) => ({
    job,
    seats: ofJob.flatMap(({ provider, price, tasks }) =>
      Array.from({ length: tasks }, () => ({ provider, price: String(price) })),
    ),
  }));
  const seats = byJob.flatMap((one) => one.seats);
  let before = 0;
  const firsts = byJob.map((one) => (before += one.seats.length) - one.seats.length);
  const [rows] = await db.ask(sql<Omit<Lease, "price"> & { price: string }>`
    with held as (
      select held.id, want.job, want.first
      from unnest(${byJob.map(({ job }) => job)}::text[], ${firsts}::integer[],
          ${byJob.map((one) => one.seats.length)}::integer[]) as want (job, first, places),
        lateral (select task.id from task join job on job.id = task.job
          where task.job = want.job and task.state = 'open' and missing > 0 and job.state is not distinct from 'open'
            and not exists (select from lease where lease.task = task.id and lease.state in ('open', 'returned'))
          order by task.id limit want.places
          for share of job skip locked for update of task skip locked) as held),
    seated as (
      select id as task, job, (first + row_number() over (partition by job order by id))::integer as seat from held),
    counted as (update task set missing = missing - 1 where id in (select task from seated)),
    made as (
      insert into lease (task, job, provider, price, made_at, deadline, state)
      select task, job, (${seats.map(({ provider }) => provider)}::text[])[seat],
        (${seats.map(({ price }) => price)}::bigint[])[seat], ${at}::bigint, ${deadline}::bigint, 'open' from seated
      returning id, task, job, provider, price)
    select made.id, made.job, position as index, made.provider, price::text as price from made join task on task.id = made.task
    order by made.id`);
  return rows.map((row) => ({ ...row, price: Micros(BigInt(row.price)) }));
}

/** Makes the leases of a round of matching, as far as their tasks still wait; all in one transaction. */
export async function makeLeases(
  db: Prepared,
  placements: readonly Placement[],
  at: Instant,
  deadline: Instant,
): Promise<Lease[]> {
  if (placements.length === 0) return [];
  return db.transaction(async (transaction) => {
    const tasks = await holdTasks(transaction, placements);
    const chosen = [...Map.groupBy(placements, ({ job }) => job)].flatMap(([job, ofJob]) =>
      seatTasks(tasks.get(job) ?? [], ofJob),
    );
    if (chosen.length === 0) return [];
    const ids = chosen.map(({ task }) => task.id);
    const made = sql<{ id: number; task: number; job: JobId; provider: ProviderId; price: string }>`
      with counted as (update task set missing = missing - 1 where id = any(${ids}::bigint[]))
      insert into lease (task, job, provider, price, made_at, deadline, state)
      select task, job, provider, price, ${at}::bigint, ${deadline}::bigint, 'open' from unnest(
        ${ids}::bigint[], ${chosen.map(({ task }) => task.job)}::text[],
        ${chosen.map(({ provider }) => provider)}::text[],
        ${chosen.map(({ price }) => String(price))}::bigint[]) as new (task, job, provider, price)
      returning id, task, job, provider, price::text as price`;
    const [rows] = await transaction.commit([made]);
    const positions = new Map(chosen.map(({ task }) => [task.id, task.position]));
    return rows.map(({ id, task, job, provider, price }) => ({
      id,
      job,
      index: positions.get(task) ?? 0,
      provider,
      price: Micros(BigInt(price)),
    }));
  });
}

interface WaitingTask {
  readonly id: number;
  readonly job: JobId;
  readonly position: number;
  /** Who does it already, or has done it. */
  readonly doers: readonly string[] | null;
  /** Who alone may do it; null: any. */
  readonly able: readonly string[] | null;
}

/**
 * The statement that locks the tasks of these leases. Everybody locks a job before its tasks, and them before their leases, and of each
 * kind what comes first before what comes later: so nobody waits in a circle.
 */
export const holdTasksOf = (leases: readonly number[]) => sql`
  select id from task where id in (select task from lease where id = any(${[...leases]}::bigint[]))
  order by id for update`;

/** Those of the leases that hold, locked. Found by their ids: no index of what is open fits how it is asked. */
export const openLeases = (leases: readonly number[]) => sql`
  select id from lease where id = any(${[...leases]}::bigint[]) and state is not distinct from 'open'
  order by id for update`;

/** As many waiting tasks of each job as there are places for it, by job; nobody else leases them meanwhile. */
async function holdTasks(
  transaction: Asking,
  placements: readonly Placement[],
): Promise<ReadonlyMap<JobId, WaitingTask[]>> {
  const wanted = new Map<JobId, number>();
  for (const { job, tasks } of placements) wanted.set(job, (wanted.get(job) ?? 0) + tasks);
  const providers = [...new Set(placements.map(({ provider }) => provider))];
  const jobs = [...wanted.keys()];
  // Nobody waits here: what somebody else has in hand is left out. Who ends a job waits for this, or this finds it
  // ended. And nobody checks himself: a task goes only to who has not done it.
  const [rows] = await transaction.ask(sql<WaitingTask>`
    select task.id, want.job, position, (select array_agg(provider) from lease
      where lease.task = task.id and lease.state in ('open', 'returned')) as doers,
      case when tolerant and exists (select from lease where lease.task = task.id
          and lease.state in ('open', 'returned'))
        then array(select id from provider where id = any(${providers}::text[])
          and machine is not distinct from (select doer.machine from lease
            join provider as doer on doer.id = lease.provider
            where lease.task = task.id and lease.state in ('open', 'returned') order by doer.id limit 1)) end as able
    from unnest(${jobs}::text[], ${jobs.map((job) => wanted.get(job) ?? 0)}::integer[]) as want (job, tasks),
      lateral (select task.id, position, tolerant from task join job on job.id = task.job
        where task.job = want.job and task.state = 'open' and missing > 0 and job.state = 'open'
          and exists (select from unnest(${providers}::text[]) as seat (provider) where not exists
            (select from lease where lease.task = task.id and lease.provider = seat.provider
              and lease.state in ('open', 'returned')))
        order by task.id limit want.tasks
        for share of job skip locked for update of task skip locked) as task
    order by task.id`);
  return Map.groupBy(rows, ({ job }) => job);
}

/** Each task with a place on somebody who has not done it; those first that the fewest may do. */
function seatTasks(tasks: readonly WaitingTask[], placements: readonly Placement[]) {
  const seats = placements.flatMap(({ provider, tasks: count, price }) =>
    Array.from({ length: count }, () => ({ provider, price })),
  );
  const hardFirst = tasks.toSorted((a, b) => (b.doers?.length ?? 0) - (a.doers?.length ?? 0));
  return hardFirst.flatMap((task) => {
    const at = seats.findIndex(
      ({ provider }) => !task.doers?.includes(provider) && (task.able?.includes(provider) ?? true),
    );
    return at < 0 ? [] : seats.splice(at, 1).map((seat) => ({ ...seat, task }));
  });
}

/**
 * Notes that leases failed that still held, and decides what becomes of their tasks and jobs.
 * @returns the leases that held, and the jobs that ended
 */
export async function failLeases(
  db: Prepared,
  failures: readonly Failed[],
  at: Instant,
): Promise<{ readonly failed: ReadonlySet<number>; readonly ended: readonly JobId[] }> {
  if (failures.length === 0) return { failed: new Set(), ended: [] };
  const leases = failures.map(({ lease }) => lease);
  const { failed, ended, hopeless } = await db.transaction(async (transaction) => {
    const noted = sql<{ id: number; task: number }>`
      with held as (${openLeases(leases)})
      update lease set state = 'failed', failure = new.failure, message = new.message
      from unnest(${leases}::bigint[], ${failures.map(({ provider }) => provider)}::text[],
        ${failures.map(({ kind }) => kind)}::text[], ${failures.map(({ message }) => message)}::text[])
        as new (id, provider, failure, message)
      where lease.id = new.id and lease.provider = new.provider and lease.id in (select id from held)
      returning lease.id, lease.task`;
    const [, rows] = await transaction.ask(holdTasksOf(leases), noted);
    return {
      ...(await followFailures(transaction, new Set(rows.map(({ task }) => task)), at)),
      failed: new Set(rows.map(({ id }) => id)),
    };
  });
  return { failed, ended: [...ended, ...(await endHopeless(db, hopeless, at))] };
}

/**
 * Ends the leases whose deadline went by; what is lost is theirs alone.
 * @returns the jobs that ended with it
 */
export async function expireLeases(
  db: Prepared,
  now: Instant,
  limit: number,
): Promise<{ readonly ended: readonly JobId[] }> {
  const { ended, hopeless } = await db.transaction(async (transaction) => {
    const [held] = await transaction.ask(sql<{ id: number }>`
      select id from task where id in
        (select task from lease where state = 'open' and deadline < ${now} order by id limit ${limit})
      order by id for update skip locked`);
    const [rows] = await transaction.ask(sql<{ task: number }>`
      update lease set state = 'failed', failure = 'network', message = 'the provider was not heard of in time'
      where id in (select id from lease
        where task = any(${held.map(({ id }) => id)}::bigint[]) and state = 'open' and deadline < ${now}
        order by id for update)
      returning task`);
    return followFailures(transaction, new Set(rows.map(({ task }) => task)), now);
  });
  return { ended: [...ended, ...(await endHopeless(db, hopeless, now))] };
}

/** Decides what becomes of tasks of which leases failed, and of their jobs, and ends the transaction with it. */
async function followFailures(
  transaction: OpenTransaction,
  tasks: ReadonlySet<number>,
  at: Instant,
): Promise<{ readonly ended: readonly JobId[]; readonly hopeless: readonly Hopeless[] }> {
  if (tasks.size === 0) return { ended: [], hopeless: [] };
  const [rows] = await transaction.ask(sql<{
    id: number;
    job: JobId;
    consumer: ConsumerId;
    spec: string;
    bid: string;
    failures: Failure[];
  }>`
    select task.id, job.id as job, consumer, spec, bid::text as bid,
      (select json_agg(json_build_object('provider', provider, 'kind', failure))
       from lease where lease.task = task.id and lease.state = 'failed') as failures
    from task join job on job.id = task.job
    where task.id = any(${[...tasks]}::bigint[]) and task.state = 'open' and job.state = 'open'
    order by task.id`);
  const verdicts = rows.map((row) => ({
    ...row,
    next: afterFailures(row.failures, specOf({ ...row, id: row.job }).retries),
  }));
  const idsOf = (isGivenUp: boolean) =>
    verdicts.filter(({ next }) => (next === "task-failed") === isGivenUp).map(({ id }) => id);
  const bad = new Set(verdicts.filter(({ next }) => next === "job-failed").map(({ job }) => job));
  const others = new Map(
    verdicts.filter(({ job }) => !bad.has(job)).map(({ job, consumer }) => [job, { id: job, consumer }]),
  );
  const jobs = [...others.values()];
  const [, , ended, late] = await transaction.commit(
    [
      sql`update task set missing = missing + 1 where id = any(${idsOf(false)}::bigint[])`,
      sql`update task set state = 'failed', missing = 0 where id = any(${idsOf(true)}::bigint[])`,
      endDone(jobs, at),
    ],
    [endDoneSince(jobs, at)],
  );
  const why = "its module failed on two different machines";
  return { ended: [...ended, ...late].map(({ id }) => id), hopeless: [{ jobs: [...bad], why }] };
}

/** Puts off the deadline of those of a provider's leases that still hold, and tells which they are. */
export async function renewLeases(
  db: Asking,
  provider: ProviderId,
  leases: readonly number[],
  deadline: Instant,
): Promise<{ readonly id: number; readonly job: JobId }[]> {
  if (leases.length === 0) return [];
  const [rows] = await db.ask(sql<{ id: number; job: JobId }>`
    with held as (${openLeases(leases)})
    update lease set deadline = ${deadline} where id in (select id from held) and provider = ${provider}
    returning id, job`);
  return rows;
}
