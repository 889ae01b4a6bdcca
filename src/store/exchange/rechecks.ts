import { type Kysely, sql, type Transaction } from "kysely";
import { type Instant, type JobId, Micros, plus, type ProviderId, Seconds } from "../../domain/index.ts";
import { trustRules } from "../../jobs/index.ts";
import {
  type AccountId,
  exchangeItself,
  forfeited,
  fromForfeited,
  ownAccount,
  type Posting,
  quoteOf,
  reserve,
} from "../../market/index.ts";
import { specOf } from "./jobs.ts";
import { askingOn } from "../prepared.ts";
import { holdBalances, insertPostings } from "./ledger.ts";
import { overrule } from "./overrule.ts";
import { textOf } from "./submissions.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

const mostOrdered = 500;
const mostClosed = 200;

interface DoubtRow {
  readonly lease: number;
  readonly job: string;
  readonly told: string | null;
  readonly position: number;
  readonly spec: string;
  readonly bid: string;
}

/** A job by which results are done again: those of one job. */
interface Again {
  readonly id: JobId;
  readonly of: DoubtRow;
  readonly doubts: readonly DoubtRow[];
  readonly quote: Micros;
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
    const accounts: AccountId[] = [forfeited, ownAccount];
    const balances = await holdBalances(askingOn(transaction), accounts);
    const doubts = await readWaiting(transaction);
    const purse = { forfeited: balances.get(forfeited) ?? 0n, own: balances.get(ownAccount) ?? 0n };
    const jobs: Again[] = [];
    const postings: Posting[] = [];
    for (const ofJob of Map.groupBy(doubts, ({ job }) => job).values()) {
      const again = affordable(ofJob, newId, purse.forfeited + purse.own);
      if (!again) continue;
      const { id, quote } = again;
      const first = quote < purse.forfeited ? quote : purse.forfeited;
      if (first > 0n) postings.push(fromForfeited(id, Micros(first)));
      postings.push(reserve(exchangeItself, id, quote));
      purse.forfeited -= first;
      purse.own -= quote - first;
      jobs.push(again);
    }
    if (jobs.length > 0) await insertAgain(transaction, jobs, postings, at);
    return jobs.reduce((sum, job) => sum + job.doubts.length, 0);
  });
}

/** One of a task at a time; whoever holds the accounts is alone here. */
async function readWaiting(transaction: Transaction<ExchangeTables>): Promise<DoubtRow[]> {
  const { rows } = await sql<DoubtRow>`
    select distinct on (recheck.task) recheck.lease, recheck.job, position, spec, bid::text as bid,
      case when job.state = 'open' then coalesce(told, job.id) end as told
    from recheck join task on task.id = recheck.task join job on job.id = recheck.job
    where recheck.lease in (select lease from recheck where state = 'waiting' order by lease limit ${mostOrdered})
      and not exists (select from recheck as other where other.task = recheck.task and other.state = 'running'
        and other.lease in (select lease from recheck where state = 'running'))
    order by recheck.task, recheck.lease`.execute(transaction);
  return rows.toSorted((a, b) => a.lease - b.lease);
}

function affordable(doubts: readonly DoubtRow[], newId: () => JobId, purse: bigint): Again | undefined {
  const [of] = doubts;
  if (!of) return undefined;
  const one = quoteOf(Micros(BigInt(of.bid)), 1);
  const tasks = Math.min(doubts.length, Number(purse / one));
  if (tasks === 0) return undefined;
  const quote = Micros(one * BigInt(tasks));
  return { id: newId(), of, doubts: doubts.slice(0, tasks), quote };
}

/** The doubted results come in as copies, which wait for another machine's; whoever brought them does not do them. */
async function insertAgain(
  transaction: Transaction<ExchangeTables>,
  jobs: readonly Again[],
  postings: readonly Posting[],
  at: Instant,
): Promise<void> {
  const deadline = plus(at, Seconds(trustRules.auditSeconds));
  const specs = jobs.map(({ of }) => {
    const { patientBid: _patient, ...spec } = specOf({ ...of, id: of.job });
    return textOf({ ...spec, deadline: new Date(deadline).toISOString() });
  });
  const doubts = jobs.flatMap(({ id, doubts: all }) => all.map((doubt) => ({ ...doubt, again: id })));
  await sql`
    with new_job as (
      insert into job (id, consumer, spec, state, created_at, deadline, bid, told)
      select id, ${exchangeItself}, spec, 'open', ${at}::bigint, ${deadline}::bigint, bid, told from unnest(
        ${jobs.map(({ id }) => id)}::text[], ${specs}::text[], ${jobs.map(({ of }) => of.bid)}::bigint[],
        ${jobs.map(({ of }) => of.told)}::text[]) as new (id, spec, bid, told)),
    posted as (${insertPostings(postings, at)}),
    doubt as (select * from unnest(${doubts.map(({ again }) => again)}::text[],
      ${doubts.map(({ position }) => position)}::integer[], ${doubts.map(({ lease }) => lease)}::bigint[])
      as new (job, position, lease)),
    made as (insert into task (job, position, state, missing)
      select job, position, 'open', 1 from doubt order by lease returning id, job, position),
    copied as (insert into lease (task, job, provider, price, made_at, deadline, state, settled, returned_at, digest,
        seconds, source)
      select made.id, made.job, lease.provider, lease.price, ${at}::bigint, ${at}::bigint, 'returned', true,
        ${at}::bigint, lease.digest, lease.seconds, lease.id
      from doubt join made using (job, position) join lease on lease.id = doubt.lease)
    update recheck set state = 'running', again = made.id
    from doubt join made using (job, position) where recheck.lease = doubt.lease`.execute(transaction);
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
  const outcome = await db.transaction().execute((transaction) => overrule(transaction, wrong, at));
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
