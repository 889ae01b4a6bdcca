import { type Kysely, sql } from "kysely";
import { type Bucket, missing, type Rate, refilled, Seconds } from "../../../domain/index.ts";
import type { ExchangeTables } from "../tables.ts";

type Db = Kysely<ExchangeTables>;

/** Of which a try takes one. */
export interface Limit {
  readonly subject: string;
  readonly rate: Rate;
}

/**
 * Takes a try of each, at all replicas together.
 * @param now s since the epoch
 * @returns 0; or how long to wait until each has one, where none was taken
 */
export async function takeTry(db: Db, limits: readonly Limit[], now: number): Promise<Seconds> {
  const sorted = limits.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  const refused = new Refused();
  const taken = db.transaction().execute(async (transaction) => {
    const subjects = sorted.map(({ subject }) => subject);
    const bursts = sorted.map(({ rate }) => rate.burst);
    await sql`
      insert into tries (subject, tries_left, at)
      select subject, burst, ${now} from unnest(${subjects}::text[], ${bursts}::float8[]) as new (subject, burst)
      on conflict (subject) do nothing`.execute(transaction);
    const { rows } = await sql<{ subject: string; tries_left: number; at: number }>`
      select subject, tries_left, at from tries where subject = any(${subjects}::text[])
      order by subject for update`.execute(transaction);
    const kept = new Map(rows.map(({ subject, tries_left, at }) => [subject, { left: tries_left, at }]));
    const buckets = sorted.map(({ subject, rate }) => refilled(kept.get(subject), rate, now));
    const wait = Math.max(...buckets.map((bucket, i) => missing(bucket, sorted[i]?.rate ?? never)));
    if (wait > 0) {
      refused.wait = Seconds(wait);
      throw refused;
    }
    await write(transaction, subjects, buckets);
  });
  try {
    await taken;
  } catch (thrown) {
    if (thrown !== refused) throw thrown;
  }
  return refused.wait;
}

/** Rolls back, so that strangers' tries leave nothing. */
class Refused extends Error {
  wait = Seconds(0);
}

const never: Rate = { burst: 0, every: Infinity };

async function write(db: Db, subjects: readonly string[], buckets: readonly Bucket[]): Promise<void> {
  await sql`
    update tries set tries_left = new.tries_left, at = new.at
    from unnest(${[...subjects]}::text[], ${buckets.map(({ left }) => left - 1)}::float8[],
      ${buckets.map(({ at }) => at)}::float8[]) as new (subject, tries_left, at)
    where tries.subject = new.subject`.execute(db);
}

/** Which of these were ever tried, or marked. */
export async function knownSubjects(db: Db, subjects: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ subject: string }>`
    select subject from tries where subject = any(${[...subjects]}::text[])`.execute(db);
  return new Set(rows.map(({ subject }) => subject));
}

/** Makes these full again, and marks them as known. */
export async function refillTries(db: Db, limits: readonly Limit[], now: number): Promise<void> {
  const sorted = limits.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  await sql`
    insert into tries (subject, tries_left, at)
    select subject, burst, ${now} from unnest(${sorted.map(({ subject }) => subject)}::text[],
      ${sorted.map(({ rate }) => rate.burst)}::float8[]) as new (subject, burst)
    on conflict (subject) do update set tries_left = excluded.tries_left, at = excluded.at`.execute(db);
}
