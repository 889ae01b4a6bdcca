import { type Kysely, sql } from "kysely";
import type { Instant } from "../../../domain/index.ts";
import type { ExchangeTables } from "../tables.ts";

const dayMs = 86_400_000;
const triesLastMs = 90 * dayMs;

/** Which sessions are over: those begun, or used last, before these times. */
export interface SessionEnds {
  readonly begunBefore: Instant;
  readonly usedBefore: Instant;
}

/** Forgets what counts no more: sessions, challenges, tokens, and who tried a password long ago. */
export async function forgetOld(
  db: Kysely<ExchangeTables>,
  now: Instant,
  { begunBefore, usedBefore }: SessionEnds,
): Promise<void> {
  await sql`delete from login where created_at < ${begunBefore}::bigint or used_at < ${usedBefore}::bigint`.execute(
    db,
  );
  await sql`delete from challenge where expires_at < ${now}::bigint`.execute(db);
  await sql`delete from join_token where expires_at < ${now}::bigint`.execute(db);
  await sql`delete from invitation where used_by is null and expires_at < ${now - triesLastMs}::bigint`.execute(
    db,
  );
  await sql`delete from tries where at < ${(now - triesLastMs) / 1000}
    or (at < ${(now - dayMs) / 1000} and not starts_with(subject, 'known/'))`.execute(db);
}
