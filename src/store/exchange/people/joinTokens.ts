import { type Kysely, sql } from "kysely";
import type { Instant, PersonId, ProviderId } from "../../../domain/index.ts";
import type { ExchangeTables } from "../tables.ts";
import { type Deed, note } from "./audit.ts";

type Db = Kysely<ExchangeTables>;

/** With what so many machines join as somebody's. */
export interface NewJoinToken {
  readonly hash: string;
  readonly person: PersonId;
  readonly machines: number;
  readonly expiresAt: Instant;
}

export async function addJoinToken(
  db: Db,
  { hash, person, machines, expiresAt }: NewJoinToken,
): Promise<void> {
  await db.insertInto("join_token").values({ hash, person, machines, expires_at: expiresAt }).execute();
}

/** Makes a machine that is nobody's yet somebody's; gives whose the token is, unless it counts no more. */
export function bindMachine(
  db: Db,
  id: ProviderId,
  hash: string,
  now: Instant,
  deedOf: (person: PersonId) => Deed,
): Promise<PersonId | undefined> {
  return db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ person: PersonId }>`
      select person from join_token join person on person.id = join_token.person
      where hash = ${hash} and machines > 0 and expires_at > ${now}::bigint and not closed
      for update of join_token`.execute(transaction);
    const [token] = rows;
    if (!token) return undefined;
    const { rows: bound } = await sql`
      update provider set owner = ${token.person} where id = ${id} and owner is null
      returning id`.execute(transaction);
    if (bound.length === 0) return token.person;
    await sql`update join_token set machines = machines - 1 where hash = ${hash}`.execute(transaction);
    await note(transaction, deedOf(token.person));
    return token.person;
  });
}
