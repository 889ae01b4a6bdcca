import { type Kysely, sql } from "kysely";
import { Digest, Instant, type JobId, Micros, type ProviderId } from "../../domain/index.ts";
import type { receiptVerdicts } from "../../energy/index.ts";
import { specOf } from "./specText.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

/** A lease on whose result there is a verdict: what its receipt is made of. */
export interface JudgedLease {
  readonly job: JobId;
  readonly consumer: string;
  readonly index: number;
  readonly count: number;
  readonly lease: number;
  readonly module: Digest;
  readonly input: Digest | null;
  readonly output: Digest;
  readonly provider: { readonly id: ProviderId; readonly key: string; readonly kind: string };
  readonly watts: number | null;
  readonly leasedAt: Instant;
  readonly returnedAt: Instant;
  readonly verdict: (typeof receiptVerdicts)[number];
  /** At which it was leased. */
  readonly price: Micros;
  /** As its provider sent it, JSON. */
  readonly work: string | null;
  /** The receipt for this verdict, once it is made. */
  readonly receipt: string | null;
}

export interface NewReceipt {
  readonly lease: number;
  readonly verdict: JudgedLease["verdict"];
  readonly issuedAt: Instant;
  readonly body: string;
}

/** The judged leases of so many tasks of a job, by the task's index, from one on; or one lease alone. */
export async function readJudgedLeases(
  db: Db,
  of: {
    readonly job: JobId;
    readonly from?: number;
    readonly tasks?: number;
    readonly lease?: number | undefined;
  },
): Promise<JudgedLease[]> {
  const { job, from = 0, tasks = 1, lease } = of;
  const which =
    lease === undefined
      ? sql`task.position >= ${from} and task.position < ${from + tasks}`
      : sql`task.id = (select task from lease where id = ${lease}) and lease.id = ${lease}`;
  const { rows } = await sql<LeaseRow>`
    select job.id, job.consumer, job.spec, job.bid::text as bid, task.position, lease.id as lease, lease.digest,
      lease.state as verdict, lease.price::text as price, lease.made_at, lease.returned_at, lease.work,
      provider.id as provider, provider.key, provider.kind, provider.watts, receipt.body
    from job join task on task.job = job.id join lease on lease.task = task.id
      join provider on provider.id = lease.provider
      left join receipt on receipt.lease = lease.id and receipt.verdict = lease.state
    where job.id = ${job} and lease.state in ('accepted', 'confirmed', 'wrong') and ${which}
    order by task.position, lease.id`.execute(db);
  return rows.map(judgedLease);
}

interface LeaseRow {
  readonly id: string;
  readonly consumer: string;
  readonly spec: string;
  readonly bid: string;
  readonly position: number;
  readonly lease: number;
  readonly digest: string;
  readonly verdict: JudgedLease["verdict"];
  readonly price: string;
  readonly made_at: number;
  readonly returned_at: number;
  readonly work: string | null;
  readonly provider: string;
  readonly key: string;
  readonly kind: string;
  readonly watts: number | null;
  readonly body: string | null;
}

function judgedLease(row: LeaseRow): JudgedLease {
  const { module, input, tasks } = specOf(row);
  return {
    job: row.id as JobId,
    consumer: row.consumer,
    index: row.position,
    count: tasks,
    lease: row.lease,
    module,
    input,
    output: Digest(row.digest),
    provider: { id: row.provider as ProviderId, key: row.key, kind: row.kind },
    watts: row.watts,
    leasedAt: Instant(row.made_at),
    returnedAt: Instant(row.returned_at),
    verdict: row.verdict,
    price: Micros(BigInt(row.price)),
    work: row.work,
    receipt: row.body,
  };
}

/**
 * Keeps receipts, each once: who comes second gets what the first one kept.
 * @returns what is kept, by lease
 */
export async function keepReceipts(
  db: Db,
  receipts: readonly NewReceipt[],
): Promise<ReadonlyMap<number, string>> {
  if (receipts.length === 0) return new Map();
  const leases = receipts.map(({ lease }) => lease);
  const verdicts = receipts.map(({ verdict }) => verdict);
  await sql`
    insert into receipt (lease, verdict, issued_at, body) select * from unnest(
      ${leases}::bigint[], ${verdicts}::text[], ${receipts.map(({ issuedAt }) => issuedAt)}::bigint[],
      ${receipts.map(({ body }) => body)}::text[])
    on conflict (lease, verdict) do nothing`.execute(db);
  const { rows } = await sql<{ lease: number; body: string }>`
    select lease, body from receipt join unnest(${leases}::bigint[], ${verdicts}::text[]) as kept (lease, verdict)
      using (lease, verdict)`.execute(db);
  return new Map(rows.map(({ lease, body }) => [lease, body]));
}
