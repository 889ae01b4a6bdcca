import { type Kysely, sql } from "kysely";
import { HearthworkError, type Instant, type PersonId } from "../../../domain/index.ts";
import type { ExchangeTables } from "../tables.ts";

type Db = Kysely<ExchangeTables>;

/** What a device of a person's signs with. */
export interface StoredPasskey {
  /** The credential's, in base64url. */
  readonly id: string;
  readonly person: PersonId;
  readonly name: string;
  /** COSE. */
  readonly publicKey: Uint8Array;
  /** How often it was used, by its own count; 0 where it does not count. */
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: Instant;
  readonly usedAt: Instant | null;
}

const most = 16;

/** @throws {HearthworkError} `api/conflict` when it or its name is there, or there are too many */
export async function addPasskey(db: Db, passkey: Omit<StoredPasskey, "usedAt">): Promise<void> {
  const { id, person, name, publicKey, counter, transports, createdAt } = passkey;
  const { rows } = await sql`
    insert into passkey (id, person, name, public_key, counter, transports, created_at)
    select ${id}, ${person}, ${name}, ${publicKey}::bytea, ${counter}::bigint, ${[...transports]}::text[], ${createdAt}::bigint
    where (select count(*) from passkey where person = ${person}) < ${most}
    on conflict do nothing returning id`.execute(db);
  if (rows.length > 0) return;
  throw new HearthworkError({
    code: "api/conflict",
    message: `there is a passkey "${name}" already, or there are ${most}, as many as there may be; take another name, or remove one first`,
  });
}

export async function readPasskeys(db: Db, person: PersonId): Promise<StoredPasskey[]> {
  const rows = await db
    .selectFrom("passkey")
    .selectAll()
    .where("person", "=", person)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(stored);
}

/** One of somebody who may come in. */
export async function passkeyOf(db: Db, id: string): Promise<StoredPasskey | undefined> {
  const row = await db
    .selectFrom("passkey")
    .innerJoin("person", "person.id", "passkey.person")
    .selectAll("passkey")
    .where("passkey.id", "=", id)
    .where("closed", "=", false)
    .executeTakeFirst();
  return row && stored(row);
}

const stored = (row: {
  id: string;
  person: string;
  name: string;
  public_key: Uint8Array;
  counter: number;
  transports: string[];
  created_at: number;
  used_at: number | null;
}): StoredPasskey => ({
  id: row.id,
  person: row.person as PersonId,
  name: row.name,
  publicKey: row.public_key,
  counter: row.counter,
  transports: row.transports,
  createdAt: row.created_at as Instant,
  usedAt: row.used_at as Instant | null,
});

export async function notePasskeyUse(db: Db, id: string, counter: number, at: Instant): Promise<void> {
  await db.updateTable("passkey").set({ counter, used_at: at }).where("id", "=", id).execute();
}

/** @throws {HearthworkError} `api/conflict` when the new name is another's */
export async function renamePasskey(db: Db, person: PersonId, name: string, to: string): Promise<boolean> {
  const { rows } = await sql`
    update passkey set name = ${to} where person = ${person} and name = ${name}
      and (${to} = ${name} or not exists (select 1 from passkey where person = ${person} and name = ${to}))
    returning id`.execute(db);
  return rows.length > 0;
}

/**
 * Removes a passkey; whether there was one.
 * @throws {HearthworkError} `access/last-way-in`
 */
export async function removePasskey(db: Db, person: PersonId, name: string): Promise<boolean> {
  await holdPerson(db, person);
  const removed = await db
    .deleteFrom("passkey")
    .where("person", "=", person)
    .where("name", "=", name)
    .returning("id")
    .executeTakeFirst();
  await requireWayIn(db, person);
  return removed !== undefined;
}

/** @throws {HearthworkError} `access/last-way-in` */
export async function removePassword(db: Db, person: PersonId): Promise<void> {
  await holdPerson(db, person);
  await db.updateTable("person").set({ password: null }).where("id", "=", person).execute();
  await requireWayIn(db, person);
}

/** So that of two ways that go at once one stays. */
const holdPerson = (db: Db, person: PersonId) =>
  db.selectFrom("person").select("id").where("id", "=", person).forUpdate().execute();

async function requireWayIn(db: Db, person: PersonId): Promise<void> {
  const { rows } = await sql`
    select 1 from person where id = ${person} and (password is not null
      or exists (select 1 from passkey where passkey.person = person.id))`.execute(db);
  if (rows.length > 0) return;
  throw new HearthworkError({
    code: "access/last-way-in",
    message: "Nothing else would let you in: set a password or add another passkey first",
  });
}

/** Notes what a passkey has to sign; `person` adds one, null: somebody signs in. */
export async function addChallenge(
  db: Db,
  hash: string,
  person: PersonId | null,
  expiresAt: Instant,
): Promise<void> {
  await db.insertInto("challenge").values({ hash, person, expires_at: expiresAt }).execute();
}

/** Whether it was to be signed for this, and still is; it counts once. */
export async function takeChallenge(
  db: Db,
  hash: string,
  person: PersonId | null,
  now: Instant,
): Promise<boolean> {
  const row = await db
    .deleteFrom("challenge")
    .where("hash", "=", hash)
    .where("person", "is not distinct from", person)
    .where("expires_at", ">", now)
    .returning("hash")
    .executeTakeFirst();
  return row !== undefined;
}
