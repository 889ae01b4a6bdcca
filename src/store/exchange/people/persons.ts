import { type Kysely, sql } from "kysely";
import { HearthworkError, type ConsumerId, type Instant, type PersonId } from "../../../domain/index.ts";
import type { Role } from "../../../wire/index.ts";
import { openConsumer } from "../parties.ts";
import type { ExchangeTables } from "../tables.ts";

type Db = Kysely<ExchangeTables>;

/** Who may sign in, or send keys. */
export interface StoredPerson {
  readonly id: PersonId;
  readonly roles: readonly Role[];
  /** Its hash. */
  readonly password: string | null;
  /** May come in no more. */
  readonly isClosed: boolean;
  readonly createdAt: Instant;
}

export interface NewPerson {
  readonly id: PersonId;
  readonly roles: readonly Role[];
  readonly password: string | null;
}

/**
 * Opens an account, with a consumer's ledger where that is among the roles.
 * @throws {HearthworkError} `api/conflict` when the name is taken
 */
export async function addPerson(db: Db, { id, roles, password }: NewPerson, at: Instant): Promise<void> {
  if (reserved.has(id)) throw conflict(id, `"${id}" is the exchange's own; choose another name`);
  const added = await db
    .insertInto("person")
    .values({ id, roles: [...roles], password, created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!added) throw conflict(id, `there is an account "${id}" already; choose another name`);
  await openLedger(db, id, roles, at);
}

/** Whom the audit log names beside people. */
const reserved: ReadonlySet<string> = new Set(["operator", "owner", "exchange", "nobody"]);
const conflict = (id: string, message: string) =>
  new HearthworkError({ code: "api/conflict", message, data: { id } });

async function openLedger(db: Db, id: PersonId, roles: readonly Role[], at: Instant): Promise<void> {
  if (roles.includes("consumer")) await openConsumer(db, id as string as ConsumerId, at);
}

export async function readPeople(db: Db): Promise<StoredPerson[]> {
  const rows = await db.selectFrom("person").selectAll().orderBy("id").execute();
  return rows.map(storedPerson);
}

export async function personOf(db: Db, id: PersonId): Promise<StoredPerson | undefined> {
  const row = await db.selectFrom("person").selectAll().where("id", "=", id).executeTakeFirst();
  return row && storedPerson(row);
}

const storedPerson = (row: {
  id: string;
  roles: Role[];
  password: string | null;
  closed: boolean;
  created_at: number;
}): StoredPerson => ({
  id: row.id as PersonId,
  roles: row.roles,
  password: row.password,
  isClosed: row.closed,
  createdAt: row.created_at as Instant,
});

/** What of a person may change; what is left out stays. */
export interface PersonChange {
  readonly roles?: readonly Role[] | undefined;
  readonly isClosed?: boolean | undefined;
}

/**
 * Changes what a person may; whoever is closed is signed out at once.
 * @returns whether there is such a person
 */
export async function changePerson(
  db: Db,
  id: PersonId,
  { roles, isClosed }: PersonChange,
  at: Instant,
): Promise<boolean> {
  const changed = await db
    .updateTable("person")
    .set((old) => ({
      roles: roles ? [...roles] : old.ref("roles"),
      closed: isClosed ?? old.ref("closed"),
    }))
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst();
  if (!changed) return false;
  await openLedger(db, id, roles ?? [], at);
  if (isClosed === true) await db.deleteFrom("login").where("person", "=", id).execute();
  return true;
}

/** Sets the hash of a password, and ends every session but one. */
export async function setPassword(
  db: Db,
  id: PersonId,
  password: string,
  exceptSession: string | undefined,
): Promise<void> {
  await db.updateTable("person").set({ password }).where("id", "=", id).execute();
  await endLogins(db, id, exceptSession);
}

/** Ends a person's sessions, all or but one; gives how many. */
export async function endLogins(db: Db, id: PersonId, except?: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom("login")
    .where("person", "=", id)
    .where("hash", "!=", except ?? "")
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Whether somebody has an account with which the exchange can be operated. */
export async function hasOperator(db: Db): Promise<boolean> {
  const { rows } =
    await sql`select 1 from person where 'operator' = any(roles) and not closed limit 1`.execute(db);
  return rows.length > 0;
}
