import { type Kysely, sql } from "kysely";
import { HearthworkError, type Instant, type PersonId } from "../../../domain/index.ts";
import type { Right, Role } from "../../../wire/index.ts";
import type { Asking } from "../../prepared.ts";
import type { ExchangeTables } from "../tables.ts";

type Db = Kysely<ExchangeTables>;

/** Who shows a session or a key, by what is kept of it. */
export interface Shower {
  readonly person: PersonId;
  readonly roles: readonly Role[];
  /** Of a key. */
  readonly scopes: readonly Right[] | null;
  readonly createdAt: Instant;
  readonly usedAt: Instant | null;
  readonly expiresAt: Instant | null;
}

/** Whose sessions these are, of those who may come in. */
export async function sessionsOf(
  db: Asking,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, Shower>> {
  const [rows] = await db.ask(sql<ShowerRow>`
    select hash, person, roles, null as scopes, login.created_at, used_at, null as expires_at
    from login join person on person.id = login.person
    where hash = any(${[...hashes]}::text[]) and not closed`);
  return shown(rows);
}

/** Whose keys these are, of those who may come in. */
export async function keysOf(db: Asking, hashes: readonly string[]): Promise<ReadonlyMap<string, Shower>> {
  const [rows] = await db.ask(sql<ShowerRow>`
    select hash, person, roles, scopes, api_key.created_at, used_at, expires_at
    from api_key join person on person.id = api_key.person
    where hash = any(${[...hashes]}::text[]) and not closed`);
  return shown(rows);
}

interface ShowerRow {
  readonly hash: string;
  readonly person: PersonId;
  readonly roles: Role[];
  readonly scopes: Right[] | null;
  readonly created_at: Instant;
  readonly used_at: Instant | null;
  readonly expires_at: Instant | null;
}

const shown = (rows: readonly ShowerRow[]): ReadonlyMap<string, Shower> =>
  new Map(
    rows.map(({ hash, person, roles, scopes, created_at, used_at, expires_at }) => [
      hash,
      { person, roles, scopes, createdAt: created_at, usedAt: used_at, expiresAt: expires_at },
    ]),
  );

/** Notes that a session or a key was used. */
export async function noteUse(db: Db, table: "login" | "api_key", hash: string, at: Instant): Promise<void> {
  await db.updateTable(table).set({ used_at: at }).where("hash", "=", hash).execute();
}

export interface StoredLogin {
  readonly hash: string;
  readonly createdAt: Instant;
  readonly usedAt: Instant;
  readonly address: string;
  /** What the browser calls itself. */
  readonly agent: string;
}

const mostLogins = 32;

/** Begins a session; of too many the longest unused end. */
export async function addLogin(
  db: Db,
  person: PersonId,
  { hash, createdAt, address, agent }: Omit<StoredLogin, "usedAt">,
): Promise<void> {
  await db
    .insertInto("login")
    .values({ hash, person, created_at: createdAt, used_at: createdAt, address, agent })
    .execute();
  await sql`delete from login where person = ${person} and hash in (
    select hash from login where person = ${person} order by used_at desc, created_at desc offset ${mostLogins})`.execute(
    db,
  );
}

export async function readLogins(db: Db, person: PersonId): Promise<StoredLogin[]> {
  const rows = await db
    .selectFrom("login")
    .selectAll()
    .where("person", "=", person)
    .orderBy("used_at", "desc")
    .execute();
  return rows.map(({ hash, created_at, used_at, address, agent }) => ({
    hash,
    createdAt: created_at as Instant,
    usedAt: used_at as Instant,
    address,
    agent,
  }));
}

/** Ends a session; whose it was. */
export async function endLogin(db: Db, hash: string): Promise<PersonId | undefined> {
  const row = await db.deleteFrom("login").where("hash", "=", hash).returning("person").executeTakeFirst();
  return row && (row.person as PersonId);
}

export interface StoredKey {
  readonly name: string;
  readonly scopes: readonly Right[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly usedAt: Instant | null;
}

const mostKeys = 64;

/**
 * Adds a key of a person.
 * @throws {HearthworkError} `api/conflict` when the name is taken, or there are too many
 */
export async function addKey(
  db: Db,
  person: PersonId,
  { hash, name, scopes, createdAt, expiresAt }: Omit<StoredKey, "usedAt"> & { readonly hash: string },
): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    insert into api_key (person, name, hash, scopes, created_at, expires_at)
    select ${person}, ${name}, ${hash}, ${[...scopes]}::text[], ${createdAt}::bigint, ${expiresAt}::bigint
    where (select count(*) from api_key where person = ${person}) < ${mostKeys}
    on conflict (person, name) do nothing returning name`.execute(db);
  if (rows.length > 0) return;
  throw new HearthworkError({
    code: "api/conflict",
    message: `there is a key "${name}" already, or there are ${mostKeys}, as many as there may be; revoke one first`,
  });
}

export async function readKeys(db: Db, person: PersonId): Promise<StoredKey[]> {
  const rows = await db
    .selectFrom("api_key")
    .selectAll()
    .where("person", "=", person)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(({ name, scopes, created_at, expires_at, used_at }) => ({
    name,
    scopes,
    createdAt: created_at as Instant,
    expiresAt: expires_at as Instant | null,
    usedAt: used_at as Instant | null,
  }));
}

/** Whether there was such a key. */
export async function removeKey(db: Db, person: PersonId, name: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("api_key")
    .where("person", "=", person)
    .where("name", "=", name)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
