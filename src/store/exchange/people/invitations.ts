import { type Kysely, sql } from "kysely";
import { HearthworkError, type Instant, type PersonId } from "../../../domain/index.ts";
import type { Role } from "../../../wire/index.ts";
import type { ExchangeTables } from "../tables.ts";

type Db = Kysely<ExchangeTables>;

export interface StoredInvitation {
  readonly id: number;
  readonly roles: readonly Role[];
  readonly madeBy: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly usedBy: PersonId | null;
}

/** So many of one maker's may be open at once, all of which the newest that are read hold. */
const mostOpen = 50;

/** @throws {HearthworkError} `api/conflict` where its maker has too many open */
export async function addInvitation(
  db: Db,
  invitation: Pick<StoredInvitation, "roles" | "madeBy" | "createdAt" | "expiresAt"> & {
    readonly hash: string;
  },
): Promise<void> {
  const { open } = await db
    .selectFrom("invitation")
    .select(({ fn }) => fn.countAll<string>().as("open"))
    .where("made_by", "=", invitation.madeBy)
    .where("used_by", "is", null)
    .where("expires_at", ">", invitation.createdAt)
    .executeTakeFirstOrThrow();
  if (Number(open) >= mostOpen) {
    throw new HearthworkError({
      code: "api/conflict",
      message: `${mostOpen} of your invitations are open; take some back first`,
    });
  }
  await db
    .insertInto("invitation")
    .values({
      hash: invitation.hash,
      roles: [...invitation.roles],
      made_by: invitation.madeBy,
      created_at: invitation.createdAt,
      expires_at: invitation.expiresAt,
      used_by: null,
    })
    .execute();
}

/** Those that may still be used before all others, and the newest first. */
export async function readInvitations(db: Db, limit: number): Promise<StoredInvitation[]> {
  const rows = await db
    .selectFrom("invitation")
    .selectAll()
    .orderBy(sql`used_by is null`, "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    roles: row.roles,
    madeBy: row.made_by,
    createdAt: row.created_at as Instant,
    expiresAt: row.expires_at as Instant,
    usedBy: row.used_by as PersonId | null,
  }));
}

/** An invitation counts as long as who made it may still invite. */
const makerMayInvite = sql<boolean>`(made_by = 'owner' or exists (
  select 1 from person where person.id = made_by and 'operator' = any(person.roles) and not person.closed))`;

/**
 * The roles that an invitation gives.
 * @throws {HearthworkError} `access/bad-invitation` when it counts no more
 */
export async function invitedRoles(db: Db, hash: string, now: Instant): Promise<readonly Role[]> {
  const row = await db
    .selectFrom("invitation")
    .select("roles")
    .where("hash", "=", hash)
    .where("used_by", "is", null)
    .where("expires_at", ">", now)
    .where(makerMayInvite)
    .executeTakeFirst();
  if (!row) throw badInvitation();
  return row.roles;
}

/**
 * Uses an invitation up.
 * @throws {HearthworkError} `access/bad-invitation` where another was first, or it counts no more
 */
export async function useInvitation(db: Db, hash: string, by: PersonId, now: Instant): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable("invitation")
    .set({ used_by: by })
    .where("hash", "=", hash)
    .where("used_by", "is", null)
    .where("expires_at", ">", now)
    .where(makerMayInvite)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw badInvitation();
}

const badInvitation = () =>
  new HearthworkError({
    code: "access/bad-invitation",
    message: "This invitation counts no more: it was used, taken back, or is too old; ask for another",
  });

/** Takes one back that was not used; whether there was one. */
export async function removeInvitation(db: Db, id: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("invitation")
    .where("id", "=", id)
    .where("used_by", "is", null)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
