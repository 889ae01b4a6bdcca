import { type Kysely, type Selectable, sql } from "kysely";
import {
  HearthworkError,
  Instant,
  type ConsumerId,
  type PersonId,
  type ProviderId,
} from "../../domain/index.ts";
import type { Standing } from "../../jobs/index.ts";
import type { ExchangeTables } from "./tables.ts";

type Db = Kysely<ExchangeTables>;

export interface StoredProvider {
  readonly id: ProviderId;
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly tokenHash: string;
  readonly joinedAt: Instant;
  readonly restUntil: Instant;
  readonly isRevoked: boolean;
  readonly standing: Standing;
  /** What it said that its machine draws at most. */
  readonly watts: number | null;
  /** The country that it said it is in, ISO 3166-1. */
  readonly region: string | null;
  /** Whose machine it is, where that is known. */
  readonly owner: PersonId | null;
}

/** As it shows itself. */
export interface NewProvider extends Pick<
  StoredProvider,
  "id" | "key" | "kind" | "name" | "tokenHash" | "watts"
> {
  readonly region?: string | null;
  /** What it runs on, as it says. */
  readonly machine?: string | null;
}

/**
 * Notes the key of the exchange that writes here; replicas share it.
 * @throws {HearthworkError} `exchange/another` when the database is another exchange's
 */
export async function holdIdentity(db: Db, key: string): Promise<void> {
  await sql`insert into identity (slot, key) values (1, ${key}) on conflict (slot) do nothing`.execute(db);
  const row = await db.selectFrom("identity").select("key").executeTakeFirstOrThrow();
  if (row.key === key) return;
  throw new HearthworkError({
    code: "exchange/another",
    message:
      "this database belongs to an exchange with another key; put that one's exchange-key.json into this data directory, or name an empty database",
  });
}

/**
 * Notes a provider that shows its key for the first time; of a known one its name and kind may change. Its token stays
 * when it shows it, and is `provider`'s when not.
 * @param shown the hash of the token that it showed
 */
export async function admitProvider(
  db: Db,
  { id, key, kind, name, tokenHash, watts, region = null, machine = null }: NewProvider,
  shown: string | undefined,
  at: Instant,
): Promise<StoredProvider> {
  const row = await db
    .insertInto("provider")
    .values({
      id,
      key,
      kind,
      name,
      token_hash: tokenHash,
      joined_at: at,
      rest_until: 0,
      revoked: false,
      watts,
      region,
      machine,
    })
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet((old) => ({
        kind,
        name,
        watts,
        region,
        machine,
        token_hash: sql<string>`case when ${old.ref("provider.token_hash")} = ${shown ?? ""}
          then ${shown ?? ""} else ${tokenHash} end`,
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return storedProvider(row);
}

/** Whose token it is, unless that one is revoked otherwise than by a ban. */
export async function providerOfToken(
  db: Db,
  tokenHash: string,
): Promise<{ readonly id: ProviderId; readonly isBanned: boolean } | undefined> {
  const { rows } = await sql<{ id: ProviderId; banned: boolean }>`
    select id, banned from provider where token_hash = ${tokenHash} and (banned or not revoked)`.execute(db);
  return rows[0] && { id: rows[0].id, isBanned: rows[0].banned };
}

export async function readProviders(db: Db): Promise<StoredProvider[]> {
  const rows = await db.selectFrom("provider").selectAll().orderBy("joined_at").orderBy("id").execute();
  return rows.map(storedProvider);
}

/** Those after one of them, by their ids: all, or these alone. */
export async function readProvidersAfter(
  db: Db,
  after: string,
  limit: number,
  ids?: readonly ProviderId[],
): Promise<StoredProvider[]> {
  const rows = await db
    .selectFrom("provider")
    .selectAll()
    .where("id", ">", after)
    .$if(ids !== undefined, (query) => query.where(sql<boolean>`id = any(${[...(ids ?? [])]}::text[])`))
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(storedProvider);
}

const storedProvider = (row: Selectable<ExchangeTables["provider"]>): StoredProvider => ({
  id: row.id as ProviderId,
  key: row.key,
  kind: row.kind,
  name: row.name,
  tokenHash: row.token_hash,
  joinedAt: Instant(row.joined_at),
  restUntil: Instant(row.rest_until),
  isRevoked: row.revoked,
  standing: { streak: row.streak, wrong: row.wrong, isVouched: row.vouched },
  watts: row.watts,
  region: row.region,
  owner: row.owner as PersonId | null,
});

/** @returns whether there is such a provider */
export async function revokeProvider(db: Db, id: ProviderId): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("provider")
    .set({ revoked: true, banned: false })
    .where("id", "=", id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** @returns whether there is such a provider */
export async function vouchFor(db: Db, id: ProviderId, isVouched: boolean): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("provider")
    .set({ vouched: isVouched })
    .where("id", "=", id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function restProvider(db: Db, id: ProviderId, until: Instant): Promise<void> {
  await db.updateTable("provider").set({ rest_until: until }).where("id", "=", id).execute();
}

export async function isConsumer(db: Db, id: ConsumerId): Promise<boolean> {
  return (await db.selectFrom("consumer").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;
}

/** Opens a consumer's accounts in the ledger; whether they were not there yet. */
export async function openConsumer(db: Db, id: ConsumerId, at: Instant): Promise<boolean> {
  const added = await db
    .insertInto("consumer")
    .values({ id, created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return added !== undefined;
}
