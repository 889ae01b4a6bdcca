import { type Kysely, sql, type Transaction } from "kysely";
import { type Instant, Micros, type ProviderId } from "../../domain/index.ts";
import { isBanned, type Standing, trustRules } from "../../jobs/index.ts";
import { fees, forfeit, type PaidLease, type Posting, release } from "../../market/index.ts";
import { noteDoubts } from "./doubts.ts";
import { post } from "./ledger.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

/**
 * Notes how providers stand now. What those brought who were caught with a wrong result is to be done again.
 * @returns who is banned with it; what was held back of their pay is forfeited
 */
export async function noteStandings(
  transaction: Transaction<ExchangeTables>,
  standings: ReadonlyMap<ProviderId, Standing>,
  caught: ReadonlySet<ProviderId>,
  at: Instant,
): Promise<ProviderId[]> {
  if (standings.size === 0) return [];
  const sorted = [...standings].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const banned = sorted.filter(([, standing]) => isBanned(standing)).map(([id]) => id);
  await sql`
    update provider set streak = new.streak, wrong = new.wrong, revoked = revoked or id = any(${banned}::text[])
    from unnest(${sorted.map(([id]) => id)}::text[], ${sorted.map(([, { streak }]) => streak)}::integer[],
      ${sorted.map(([, { wrong }]) => wrong)}::integer[]) as new (provider, streak, wrong)
    where id = new.provider`.execute(transaction);
  await noteDoubts(transaction, [...caught], at);
  if (banned.length > 0) await settle(transaction, sql`provider = any(${banned}::text[])`, forfeited, at);
  return banned;
}

/** Lets go of what was held back of leases whose results came before and are not being done again. */
export async function releaseHeld(db: Db, before: Instant, at: Instant): Promise<void> {
  const which = sql`returned_at < ${before}::bigint and not exists (select from recheck
    where recheck.lease = lease.id and recheck.state in ('waiting', 'running'))`;
  await db.transaction().execute((transaction) => settle(transaction, which, released, at));
}

const mostSettled = 10_000;

const forfeited = (leases: readonly PaidLease[]): Posting[] =>
  leases.flatMap((lease) => forfeit(lease, trustRules.heldShare));

const released = (leases: readonly PaidLease[]): Posting[] => [
  ...leases.flatMap((lease) => release(lease, trustRules)),
  ...fees(leases, trustRules.feeShare),
];

async function settle(
  transaction: Transaction<ExchangeTables>,
  which: ReturnType<typeof sql>,
  how: (leases: readonly PaidLease[]) => Posting[],
  at: Instant,
): Promise<void> {
  const { rows } = await sql<{ id: number; provider: string; price: string }>`
    update lease set settled = true where id in (
      select id from lease where state in ('accepted', 'confirmed') and not settled and ${which}
      order by id limit ${mostSettled} for update skip locked)
    returning id, provider, price::text as price`.execute(transaction);
  const leases = rows.map(({ id, provider, price }) => ({
    lease: id,
    provider: provider as ProviderId,
    price: Micros(BigInt(price)),
  }));
  await post(transaction, how(leases), at);
  if (rows.length === mostSettled) await settle(transaction, which, how, at);
}
