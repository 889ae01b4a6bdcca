import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { describeWith } from "../../test/parts.ts";
import { type PostgresServer, startPostgres } from "../../test/postgresServer.ts";
import type { Database } from "./database.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations.ts";
import { openDatabase } from "./openDatabase.ts";

const versionOf = async ({ db }: Database) => db.selectFrom("schema_version").selectAll().execute();

function describeMigrations(open: () => Promise<Database>): void {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    await sql`drop schema public cascade`.execute(database.db);
    await sql`create schema public`.execute(database.db);
  });
  afterAll(() => database.close());

  it("make the schema of an empty database, once", async () => {
    await migrate(database);
    await migrate(database);
    expect(await versionOf(database)).toEqual([{ version: migrations.length }]);
    expect(await database.db.selectFrom("tick").selectAll().execute()).toEqual([]);
  });

  it("bring an older schema up to date and keep what is in it", async () => {
    await migrate(database, ["create table old (x integer);\n insert into old values (7);\n"]);
    const steps = ["", "alter table old rename to event;\nalter table event rename column x to id;\n"];
    await migrate(database, steps);
    expect(await database.db.selectFrom("event").select("id").execute()).toEqual([{ id: 7 }]);
    expect(await versionOf(database)).toEqual([{ version: 2 }]);
  });

  it("change nothing when a part of them fails", async () => {
    const works = "create table old (x integer);\n";
    await expect(migrate(database, [works, "select 1 / 0;\n"])).rejects.toThrow("division by zero");
    await migrate(database, [works]);
    expect(await versionOf(database)).toEqual([{ version: 1 }]);
  });

  it("refuse a database that a newer program wrote, and leave it alone", async () => {
    await migrate(database);
    await database.db.updateTable("schema_version").set({ version: 1000 }).execute();
    await expect(migrate(database)).rejects.toMatchObject({
      code: "store/newer",
      message: expect.stringMatching(/newer Hearthwork .*schema 1000/),
    });
    expect(await versionOf(database)).toEqual([{ version: 1000 }]);
  });
}

describe("migrations of PGlite", () => describeMigrations(() => openDatabase({})));

describeWith("postgresql", "on a server", (bin) => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(bin);
  });
  afterAll(() => server.remove());

  describe("migrations of PostgreSQL", () => {
    describeMigrations(async () => openDatabase({ url: await server.newDatabase() }));
  });
});
