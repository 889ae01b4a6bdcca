import { sql } from "kysely";
import {
  type ConsumerId,
  type Digest,
  type Instant,
  type JobId,
  Micros,
  type ProviderId,
} from "../../domain/index.ts";
import {
  agreementOf,
  checkChance,
  type Standing,
  trustRules,
  type Verdict,
  verdictOn,
} from "../../jobs/index.ts";
import { type PaidLease, payLease } from "../../market/index.ts";
import type { Prepared } from "../prepared.ts";
import { endDone, endDoneSince, endHopeless, type OwnedJob } from "./endings.ts";
import { holdTasksOf, openLeases } from "./leases.ts";
import { insertPostings } from "./ledger.ts";
import { type Checked, holdStandings, noteChecks } from "./standings.ts";
import { specOf } from "./specText.ts";
import type { ExchangeTables } from "./tables.ts";

export interface Returned {
  readonly lease: number;
  readonly provider: ProviderId;
  readonly digest: Digest;
  readonly output: Uint8Array;
  readonly seconds: number;
  /** What its provider signed of the work, JSON; null: nothing. */
  readonly work: string | null;
  /** Uniform in [0, 1), drawn by nobody who could know what for: whether the result is checked. */
  readonly draw: number;
}

export interface Taken {
  /** Of the leases that held. */
  readonly held: ReadonlySet<number>;
  readonly ended: readonly JobId[];
  readonly banned: readonly ProviderId[];
}

/** A result of a task of which one came in now. */
interface ClaimRow {
  readonly id: number;
  readonly task: number;
  readonly job: string;
  readonly consumer: string;
  readonly provider: string;
  readonly price: string;
  readonly digest: string;
  /** Both where the job's results agree otherwise than to the byte. */
  readonly spec: string | null;
  readonly output: Uint8Array | null;
  /** It came in now. */
  readonly fresh: boolean;
  /** It is a copy of another lease's result, which others are compared with. */
  readonly copied: boolean;
  readonly streak: number;
  readonly wrong: number;
  readonly vouched: boolean;
}

/** What becomes of leases and tasks. */
interface Decisions {
  readonly stands: { readonly task: number; readonly lease: number }[];
  readonly confirms: number[];
  readonly wrong: number[];
  /** Tasks that another machine has to do too. */
  readonly again: number[];
  readonly hopeless: JobId[];
  readonly paid: (PaidLease & { readonly job: JobId })[];
  readonly checked: Checked[];
}

/**
 * Takes results of leases that still hold, decides which are believed, pays for those, and ends the jobs that are done
 * with it; all in one transaction, but for jobs that somebody else has locked or that end for another reason.
 */
export async function takeResults(db: Prepared, results: readonly Returned[], at: Instant): Promise<Taken> {
  if (results.length === 0) return { held: new Set(), ended: [], banned: [] };
  const leases = results.map(({ lease }) => lease);
  const { hopeless, ended, ...taken } = await db.transaction(async (transaction) => {
    const [, rows] = await transaction.ask(holdTasksOf(leases), claimsOf(leases));
    const claims = claimsWith(rows, results);
    const draws = new Map(results.map(({ lease, draw }) => [lease, draw]));
    const decisions = decide(claims, draws);
    const { checked } = decisions;
    const noted = carryOut(claims, decisions, results, at);
    const [, held = []] = checked.length > 0 ? await transaction.ask(noted, holdStandings(checked)) : [];
    const banned = await noteChecks(transaction, checked, held, at);
    const fresh = claims.filter((claim) => claim.fresh);
    const jobs = jobsOf(fresh);
    const endings = await transaction.commit(
      [...(checked.length > 0 ? [] : [noted]), endDone(jobs, at)],
      [endDoneSince(jobs, at)],
    );
    return {
      held: new Set(fresh.map(({ id }) => id)),
      banned,
      ended: endings.flat().map(({ id }) => id),
      hopeless: [{ jobs: decisions.hopeless, why: "each machine gave another result" }],
    };
  });
  return { ...taken, ended: [...ended, ...(await endHopeless(db, hopeless, at))] };
}

const jobsOf = (claims: readonly ClaimRow[]): OwnedJob[] => [
  ...new Map(
    claims.map(({ job, consumer }) => [job, { id: job as JobId, consumer: consumer as ConsumerId }]),
  ).values(),
];

/**
 * The statement that gives the results that come in, of leases that hold, and those that came before of the same tasks.
 * Their tasks are locked before: what another replica brought meanwhile is seen here.
 */
const claimsOf = (leases: readonly number[]) => sql<Omit<ClaimRow, "fresh"> & { held: boolean }>`
  with held as (${openLeases(leases)})
  select lease.id, lease.task, lease.job, job.consumer, lease.provider, price::text as price, digest, streak, wrong,
    vouched, source is not null as copied, case when job.tolerant then job.spec end as spec,
    case when job.tolerant then coalesce(lease.output,
      (select output from lease as copied where copied.id = lease.source)) end as output, lease.id in (select id from held) as held
  from (select distinct task from lease where id = any(${[...leases]}::bigint[])) as touched
    join task on task.id = touched.task
    join lease on lease.task = task.id
    join provider on provider.id = lease.provider
    join job on job.id = task.job
  where task.state is not distinct from 'open'
    and (lease.state = 'returned' or lease.id in (select id from held))
  order by lease.id`;

function claimsWith(
  rows: readonly (Omit<ClaimRow, "fresh"> & { held: boolean })[],
  results: readonly Returned[],
): ClaimRow[] {
  const brought = new Map(results.map((result) => [result.lease, result]));
  const claims = rows.flatMap((row): ClaimRow[] => {
    const { held, ...claim } = row;
    if (!held) return [{ ...claim, fresh: false }];
    const result = brought.get(row.id);
    return result?.provider === row.provider
      ? [{ ...claim, digest: result.digest, output: result.output, fresh: true }]
      : [];
  });
  // Of tasks of which nothing came in, in the end, nothing is decided.
  const touched = new Set(claims.filter(({ fresh }) => fresh).map(({ task }) => task));
  return claims.filter(({ task }) => touched.has(task));
}

function decide(claims: readonly ClaimRow[], draws: ReadonlyMap<number, number>): Decisions {
  const decisions: Decisions = {
    stands: [],
    confirms: [],
    wrong: [],
    again: [],
    hopeless: [],
    paid: [],
    checked: [],
  };
  for (const [task, ofTask] of Map.groupBy(claims, ({ task }) => task)) {
    const [only] = ofTask;
    if (!only) continue;
    if (ofTask.length > 1) follow(verdictOn(ofTask.map(claimOf), agreementIn(only)), task, ofTask, decisions);
    else if ((draws.get(only.id) ?? 0) < checkChance(standingOf(only))) decisions.again.push(task);
    else {
      decisions.stands.push({ task, lease: only.id });
      decisions.paid.push(paidOf(only));
    }
  }
  return decisions;
}

function follow(verdict: Verdict, task: number, claims: readonly ClaimRow[], decisions: Decisions): void {
  const [first] = claims;
  if (!first) return;
  // Whoever is lost before a hopeless job has ended leaves a task that yet another machine does.
  if (verdict.kind !== "agreed") decisions.again.push(task);
  if (verdict.kind === "hopeless") decisions.hopeless.push(first.job as JobId);
  if (verdict.kind !== "agreed") return;
  decisions.stands.push({ task, lease: verdict.stands });
  decisions.confirms.push(...verdict.confirms);
  decisions.wrong.push(...verdict.wrong);
  for (const claim of claims) {
    const outcome = verdict.wrong.includes(claim.id) ? "wrong" : "right";
    // What is done again was paid for before, and to be right about it earns no trust anew.
    if (outcome === "right" && claim.copied) continue;
    if (outcome === "right") decisions.paid.push(paidOf(claim));
    decisions.checked.push({ provider: claim.provider as ProviderId, outcome });
  }
}

const claimOf = ({ id, digest, output }: ClaimRow) => ({ lease: id, digest: digest as Digest, output });

const agreementIn = ({ job, spec }: ClaimRow) =>
  agreementOf(spec === null ? "exact" : specOf({ id: job, spec, bid: "0" }).compare);

const standingOf = ({ streak, wrong, vouched }: ClaimRow): Standing => ({
  streak,
  wrong,
  isVouched: vouched,
});

const paidOf = ({ id, job, provider, price }: ClaimRow) => ({
  lease: id,
  job: job as JobId,
  provider: provider as ProviderId,
  price: Micros(BigInt(price)),
});

type LeaseState = ExchangeTables["lease"]["state"];

/** Notes what came in and what becomes of it, and pays. */
function carryOut(
  claims: readonly ClaimRow[],
  { stands, confirms, wrong, again, paid }: Decisions,
  results: readonly Returned[],
  at: Instant,
) {
  const states = new Map<number, LeaseState>([
    ...stands.map(({ lease }) => [lease, "accepted"] as const),
    ...confirms.map((lease) => [lease, "confirmed"] as const),
    ...wrong.map((lease) => [lease, "wrong"] as const),
  ]);
  const brought = new Map(results.map((result) => [result.lease, result]));
  const changed = claims.filter(({ id, fresh }) => fresh || states.has(id));
  const newly = <T>(of: (result: Returned) => T) =>
    changed.map(({ id, fresh }) => {
      const result = fresh ? brought.get(id) : undefined;
      return result ? of(result) : null;
    });
  const postings = paid.flatMap((one) => payLease(one, trustRules.heldShare));
  return sql<never>`
    with judged as (
      update lease set state = new.state, returned_at = coalesce(lease.returned_at, ${at}::bigint),
        digest = coalesce(lease.digest, new.digest), output = coalesce(lease.output, decode(new.output, 'base64')),
        seconds = coalesce(lease.seconds, new.seconds), work = coalesce(lease.work, new.work)
      from unnest(${changed.map(({ id }) => id)}::bigint[],
        ${changed.map(({ id }) => states.get(id) ?? "returned")}::text[],
        ${newly(({ digest }) => digest)}::text[],
        ${newly(({ output }) => Buffer.from(output).toString("base64"))}::text[],
        ${newly(({ seconds }) => seconds)}::double precision[],
        ${newly(({ work }) => work)}::text[]) as new (id, state, digest, output, seconds, work)
      where lease.id = new.id),
    doubted as (update task set missing = missing + 1 where id = any(${again}::bigint[])),
    posted as (${insertPostings(postings, at)})
    update task set state = 'done', missing = 0, result = new.lease
    from unnest(${stands.map(({ task }) => task)}::bigint[], ${stands.map(({ lease }) => lease)}::bigint[])
      as new (task, lease)
    where task.id = new.task`;
}
