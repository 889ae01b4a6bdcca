import { type Kysely, sql } from "kysely";
import { Digest, Instant, type JobId, Micros, type ProviderId } from "../../domain/index.ts";
import type { FailureKind } from "../../jobs/index.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

export interface StoredTask {
  readonly index: number;
  readonly state: "waiting" | "running" | "done" | "failed";
  /** Of the result that stands. */
  readonly digest: Digest | null;
  /** By whom it was done or tried, the newest last; of very many the last ones. */
  readonly attempts: readonly StoredAttempt[];
}

export interface StoredAttempt {
  readonly lease: number;
  readonly provider: ProviderId;
  readonly kind: string;
  readonly state: ExchangeTables["lease"]["state"];
  readonly price: Micros;
  readonly madeAt: Instant;
  /** When its result was here. */
  readonly returnedAt: Instant | null;
  readonly seconds: number | null;
  readonly failure: FailureKind | null;
  readonly message: string | null;
}

export interface TasksOf {
  readonly job: JobId;
  /** The index of the first. */
  readonly from: number;
  readonly limit: number;
  readonly state?: StoredTask["state"] | undefined;
}

/** Of a task that was tried again and again. */
const mostAttempts = 20;

const states = {
  waiting: sql`state = 'open' and missing > 0`,
  running: sql`state = 'open' and missing = 0`,
  done: sql`state = 'done'`,
  failed: sql`state = 'failed'`,
} as const;

/** The tasks of a job by their index, from one on, with everybody who did them or tried. */
export async function readTasks(db: Db, { job, from, limit, state }: TasksOf): Promise<StoredTask[]> {
  const { rows } = await sql<TaskRow>`
    with shown as (
      select id, position, result, case when state <> 'open' then state when missing > 0 then 'waiting' else 'running' end as state
      from task where job = ${job} and position >= ${from} and ${state ? states[state] : sql`true`}
      order by position limit ${limit})
    select shown.position, shown.state, standing.digest, attempt.id as lease, attempt.provider, provider.kind,
      attempt.state as outcome, attempt.price::text as price, attempt.made_at, attempt.returned_at, attempt.seconds,
      attempt.failure, attempt.message
    from shown left join lease as standing on standing.id = shown.result
      left join lateral (select * from lease where lease.task = shown.id and source is null
        order by id desc limit ${mostAttempts}) as attempt on true
      left join provider on provider.id = attempt.provider
    order by shown.position, attempt.id`.execute(db);
  return [...Map.groupBy(rows, ({ position }) => position).values()].map(storedTask);
}

interface TaskRow {
  readonly position: number;
  readonly state: StoredTask["state"];
  readonly digest: string | null;
  readonly lease: number | null;
  readonly provider: string;
  readonly kind: string;
  readonly outcome: StoredAttempt["state"];
  readonly price: string;
  readonly made_at: number;
  readonly returned_at: number | null;
  readonly seconds: number | null;
  readonly failure: FailureKind | null;
  readonly message: string | null;
}

function storedTask(rows: readonly TaskRow[]): StoredTask {
  const [first] = rows;
  return {
    index: first?.position ?? 0,
    state: first?.state ?? "waiting",
    digest: first && first.digest !== null ? Digest(first.digest) : null,
    attempts: rows.flatMap((row) => (row.lease === null ? [] : [attemptOf(row, row.lease)])),
  };
}

const attemptOf = (row: TaskRow, lease: number): StoredAttempt => ({
  lease,
  provider: row.provider as ProviderId,
  kind: row.kind,
  state: row.outcome,
  price: Micros(BigInt(row.price)),
  madeAt: Instant(row.made_at),
  returnedAt: row.returned_at === null ? null : Instant(row.returned_at),
  seconds: row.seconds,
  failure: row.failure,
  message: row.message,
});
