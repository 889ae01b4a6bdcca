import { sql } from "kysely";
import { HearthworkError } from "../domain/index.ts";
import type { Database } from "./database.ts";
import { migrations } from "./migrations.ts";

/**
 * Brings the schema up to date in one transaction.
 * @param versionTable where its version stands; each program's schema has its own
 * @throws {HearthworkError} `store/newer` when a later version of Hearthwork has written the database.
 */
export async function migrate<Schema>(
  { db, name }: Database<Schema>,
  steps = migrations,
  versionTable = "schema_version",
): Promise<void> {
  const table = sql.table(versionTable);
  await db.transaction().execute(async (transaction) => {
    // Of two that begin at once one waits, and then finds the work done.
    await sql`select pg_advisory_xact_lock(hashtext(${versionTable}))`.execute(transaction);
    await sql`create table if not exists ${table} (version integer not null)`.execute(transaction);
    const { rows } = await sql<{ version: number }>`select version from ${table}`.execute(transaction);
    const version = rows[0]?.version ?? 0;
    if (version > steps.length) {
      throw new HearthworkError({
        code: "store/newer",
        message: `${name} was written by a newer Hearthwork (schema ${version}, this one knows ${steps.length}); start that version, or give another data directory or database`,
        data: { version, known: steps.length },
      });
    }
    if (version === steps.length) return;
    for (const step of steps.slice(version)) {
      for (const statement of statementsOf(step)) await sql.raw(statement).execute(transaction);
    }
    await sql`delete from ${table}`.execute(transaction);
    await sql`insert into ${table} values (${steps.length})`.execute(transaction);
  });
}

/** A statement ends with a semicolon at the end of a line. */
const statementsOf = (step: string) => step.split(/;$/m).filter((statement) => statement.trim() !== "");
