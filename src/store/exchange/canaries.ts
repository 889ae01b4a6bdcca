import { type Kysely, sql, type Transaction } from "kysely";
import { type Instant, type JobId, Micros, plus, Seconds } from "../../domain/index.ts";
import { canaryShare, trustRules } from "../../jobs/index.ts";
import { quoteOf } from "../../market/index.ts";
import { insertOwnJobs, type OwnJob, type OwnJobSource } from "./ownJobs.ts";
import { openPurse } from "./purse.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

/** So many at once, and so many under way. */
const most = 100;
/** Proven results are looked for among so many of the newest leases. */
const newest = 50_000;

/**
 * Gives out tasks whose results are known, for a share of what providers bring who are not vouched for: results of jobs
 * that are open, on which two machines in good standing agreed, in these jobs' names. Whoever says something else is
 * caught at once.
 * @param newId gives ids like those of other jobs
 * @returns how many
 */
export async function orderCanaries(db: Db, newId: () => JobId, at: Instant): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const counted = await count(transaction, at);
    if (!counted || counted.due === 0) return 0;
    const proven = await readProven(transaction, counted.due);
    const purse = proven.length > 0 ? await openPurse(transaction) : undefined;
    const jobs: OwnJob[] = [];
    for (const { first, second, position, ...of } of proven) {
      const quote = quoteOf(Micros(BigInt(of.bid)), 1);
      if (!purse || purse.affords(quote) === 0) break;
      const id = newId();
      purse.spend(id, quote);
      jobs.push({ id, of, tasks: [{ position, copies: [first, second] }] });
    }
    await insertOwnJobs(transaction, jobs, purse?.postings ?? [], at);
    await sql`update canary set counted = ${counted.newest}::bigint`.execute(transaction);
    return jobs.length;
  });
}

/** How many are due for what was leased since the last were given out; whoever counts is alone. */
async function count(
  transaction: Transaction<ExchangeTables>,
  at: Instant,
): Promise<{ readonly due: number; readonly newest: number } | undefined> {
  const held = await sql<{ counted: number; newest: number | null }>`
    select counted, (select max(id) from lease) as newest from canary for update skip locked`.execute(
    transaction,
  );
  const [row] = held.rows;
  if (!row?.newest || row.newest <= row.counted) return undefined;
  const since = plus(at, Seconds(-trustRules.auditSeconds));
  const { rows } = await sql<{ leases: number; open: number; providers: number; caught: number }>`
    select (select count(*) from (select from lease join provider on provider.id = lease.provider
        where lease.id > ${row.counted}::bigint and lease.id <= ${row.newest}::bigint and not vouched and source is null
        limit ${newest}) as made)::integer as leases,
      (select count(*) from job where consumer = 'exchange' and state = 'open')::integer as open,
      (select count(*) from provider where not vouched)::integer as providers,
      (select count(distinct provider) from recheck where noted_at > ${since}::bigint)::integer as caught`.execute(
    transaction,
  );
  const { leases = 0, open = 0, providers = 0, caught = 0 } = rows[0] ?? {};
  const due = Math.floor(leases * canaryShare(caught / Math.max(1, providers)));
  return { due: Math.min(due, Math.max(0, most - open)), newest: row.newest };
}

interface Proven extends OwnJobSource {
  readonly first: number;
  readonly second: number;
  readonly position: number;
}

async function readProven(transaction: Transaction<ExchangeTables>, limit: number): Promise<Proven[]> {
  const { rows } = await sql<Proven>`
    select distinct on (task.id) first.id as first, second.id as second, job.id as job, position, spec,
      bid::text as bid, job.id as told
    from (select id, task, provider from lease
        where id > (select max(id) from lease) - ${newest} and state = 'confirmed' and source is null
        order by random() limit ${limit}) as second
      join task on task.id = second.task join job on job.id = task.job
      join lease as first on first.task = task.id and first.state = 'accepted' and first.source is null
      join provider as one on one.id = first.provider join provider as other on other.id = second.provider
    where job.state = 'open' and job.consumer <> 'exchange' and not one.revoked and not other.revoked`.execute(
    transaction,
  );
  return rows;
}
