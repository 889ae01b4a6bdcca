import { type Kysely, sql } from "kysely";
import { Instant, Micros, type ProviderId } from "../../domain/index.ts";
import type { FailureKind } from "../../jobs/index.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

const dayMs = 86_400_000;

/** What a provider did on a day. */
export interface ProviderDay {
  /** Days since the epoch, UTC. */
  readonly day: number;
  /** Whose results stand or agreed, by when they were leased. */
  readonly tasks: number;
  /** For them, what is held back of it among it. */
  readonly earned: Micros;
  readonly wrong: number;
  readonly failed: number;
  readonly connectedSeconds: number;
}

/** What became of a lease of a provider's. */
export interface ProviderVerdict {
  readonly lease: number;
  readonly at: Instant;
  readonly state: "accepted" | "confirmed" | "wrong" | "failed";
  readonly price: Micros;
  readonly failure: FailureKind | null;
  readonly message: string | null;
}

/** Those days from one on that there is anything of, in their order. */
export async function readProviderDays(db: Db, id: ProviderId, from: number): Promise<ProviderDay[]> {
  const { rows } = await sql<{
    day: number;
    tasks: number;
    earned: string;
    wrong: number;
    failed: number;
    seconds: number;
  }>`
    with done as (
      select (made_at / ${dayMs}::bigint)::integer as day,
        count(*) filter (where state in ('accepted', 'confirmed'))::integer as tasks,
        coalesce(sum(price) filter (where state in ('accepted', 'confirmed')), 0) as earned,
        count(*) filter (where state = 'wrong')::integer as wrong,
        count(*) filter (where state = 'failed')::integer as failed
      from lease where made_at >= ${from * dayMs}::bigint and provider = ${id} and source is null group by 1),
    here as (select day, seconds from provider_day where provider = ${id} and day >= ${from})
    select day, coalesce(tasks, 0) as tasks, coalesce(earned, 0)::bigint::text as earned, coalesce(wrong, 0) as wrong,
      coalesce(failed, 0) as failed, coalesce(seconds, 0) as seconds
    from done full join here using (day) order by day`.execute(db);
  return rows.map(({ earned, seconds, ...row }) => ({
    ...row,
    earned: Micros(BigInt(earned)),
    connectedSeconds: seconds,
  }));
}

/** The last leases of a provider that were made since a time and of which it is known what became of them. */
export async function readProviderVerdicts(
  db: Db,
  id: ProviderId,
  since: Instant,
  limit: number,
): Promise<ProviderVerdict[]> {
  const { rows } = await sql<{
    lease: number;
    at: number;
    state: ProviderVerdict["state"];
    price: string;
    failure: FailureKind | null;
    message: string | null;
  }>`
    select id as lease, coalesce(returned_at, made_at) as at, state, price::text as price, failure, message from lease
    where made_at >= ${since}::bigint and provider = ${id} and source is null
      and state in ('accepted', 'confirmed', 'wrong', 'failed')
    order by id desc limit ${limit}`.execute(db);
  return rows.map(({ at, price, ...row }) => ({ ...row, at: Instant(at), price: Micros(BigInt(price)) }));
}

/** Notes that providers were connected for so many seconds more of a day. */
export async function noteConnected(
  db: Db,
  providers: readonly ProviderId[],
  at: Instant,
  seconds: number,
): Promise<void> {
  if (providers.length === 0) return;
  const day = Math.floor(at / dayMs);
  await sql`
    insert into provider_day (provider, day, seconds)
    select id, ${day}::integer, least(86400, ${seconds}::integer) from unnest(${providers.toSorted()}::text[]) as here (id)
    on conflict (provider, day) do update
      set seconds = least(86400, provider_day.seconds + excluded.seconds)`.execute(db);
}
