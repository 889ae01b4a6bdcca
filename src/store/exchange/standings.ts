import { sql } from "kysely";
import { type Instant, Micros, type ProviderId } from "../../domain/index.ts";
import { afterCheck, isBanned, trustRules } from "../../jobs/index.ts";
import { fees, forfeit, type PaidLease, type Posting, release } from "../../market/index.ts";
import type { Asking, Prepared } from "../prepared.ts";
import { noteDoubts } from "./doubts.ts";
import { post } from "./ledger.ts";

/** What a check of a provider's result came to. */
export interface Checked {
  readonly provider: ProviderId;
  readonly outcome: "right" | "wrong";
}

/** A provider as it stands, its row locked. */
export interface HeldStanding {
  readonly id: ProviderId;
  readonly streak: number;
  readonly wrong: number;
  readonly vouched: boolean;
}

/** The statement that gives how providers stand, whom nobody else judges before the transaction ends. */
export const holdStandings = (checked: readonly Checked[]) => sql<HeldStanding>`
  select id, streak, wrong, vouched from provider
  where id = any(${[...new Set(checked.map(({ provider }) => provider))]}::text[])
  order by id for no key update`;

/**
 * Notes in what standing checks leave providers. What those brought who were caught with a wrong result is to be done
 * again.
 * @param held as `holdStandings` gives them, of the same transaction
 * @returns who is banned with it; what was held back of their pay is forfeited
 */
export async function noteChecks(
  transaction: Asking,
  checked: readonly Checked[],
  held: readonly HeldStanding[],
  at: Instant,
): Promise<ProviderId[]> {
  if (checked.length === 0) return [];
  const outcomes = Map.groupBy(checked, ({ provider }) => provider);
  const standings = held.map(({ id, vouched, ...standing }) => ({
    id,
    ...(outcomes.get(id) ?? []).reduce((before, { outcome }) => afterCheck(before, outcome), {
      ...standing,
      isVouched: vouched,
    }),
  }));
  const banned = standings.filter((standing) => isBanned(standing)).map(({ id }) => id);
  const caught = new Set(
    checked.filter(({ outcome }) => outcome === "wrong").map(({ provider }) => provider),
  );
  const noted = sql`
    update provider set streak = new.streak, wrong = new.wrong, banned = banned or (not revoked and id = any(${banned}::text[])),
      revoked = revoked or id = any(${banned}::text[])
    from unnest(${standings.map(({ id }) => id)}::text[], ${standings.map(({ streak }) => streak)}::integer[],
      ${standings.map(({ wrong }) => wrong)}::integer[]) as new (provider, streak, wrong)
    where id = new.provider`;
  await transaction.ask(noted, ...noteDoubts([...caught], at));
  if (banned.length > 0) await settle(transaction, sql`provider = any(${banned}::text[])`, forfeited, at);
  return banned;
}

/** Lets go of what was held back of leases whose results came before and are not being done again. */
export async function releaseHeld(db: Prepared, before: Instant, at: Instant): Promise<void> {
  const which = sql`returned_at < ${before}::bigint and not exists (select from recheck
    where recheck.lease = lease.id and recheck.state in ('waiting', 'running'))`;
  await db.transaction((transaction) => settle(transaction, which, released, at));
}

const mostSettled = 10_000;

const forfeited = (leases: readonly PaidLease[]): Posting[] =>
  leases.flatMap((lease) => forfeit(lease, trustRules.heldShare));

const released = (leases: readonly PaidLease[]): Posting[] => [
  ...leases.flatMap((lease) => release(lease, trustRules)),
  ...fees(leases, trustRules.feeShare),
];

async function settle(
  transaction: Asking,
  which: ReturnType<typeof sql>,
  how: (leases: readonly PaidLease[]) => Posting[],
  at: Instant,
): Promise<void> {
  const [rows] = await transaction.ask(sql<{ id: number; provider: string; price: string }>`
    update lease set settled = true where id in (
      select id from lease where state in ('accepted', 'confirmed') and not settled and ${which}
      order by id limit ${mostSettled} for update skip locked)
    returning id, provider, price::text as price`);
  const leases = rows.map(({ id, provider, price }) => ({
    lease: id,
    provider: provider as ProviderId,
    price: Micros(BigInt(price)),
  }));
  await post(transaction, how(leases), at);
  if (rows.length === mostSettled) await settle(transaction, which, how, at);
}
