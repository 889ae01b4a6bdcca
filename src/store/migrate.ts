import { type Kysely, sql } from "kysely";
import { HearthworkError } from "../domain/index.ts";
import type { Database, Tables } from "./database.ts";
import { migrations } from "./migrations.ts";

/**
 * Brings the schema up to date in one transaction.
 * @throws {HearthworkError} `store/newer` when a later version of Hearthwork has written the database.
 */
export async function migrate({ db, name }: Database, steps = migrations): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`create table if not exists schema_version (version integer not null)`.execute(transaction);
    const version = await readVersion(transaction);
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
    await transaction.deleteFrom("schema_version").execute();
    await transaction.insertInto("schema_version").values({ version: steps.length }).execute();
  });
}

async function readVersion(transaction: Kysely<Tables>): Promise<number> {
  const row = await transaction.selectFrom("schema_version").select("version").executeTakeFirst();
  return row?.version ?? 0;
}

/** A statement ends with a semicolon at the end of a line. */
const statementsOf = (step: string) => step.split(/;$/m).filter((statement) => statement.trim() !== "");
