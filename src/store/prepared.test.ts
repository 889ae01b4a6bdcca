import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { describeWith } from "../../test/parts.ts";
import { type PostgresServer, startPostgres } from "../../test/postgresServer.ts";
import type { Database } from "./database.ts";
import { openDatabase } from "./openDatabase.ts";

const put = (id: number, word: string | null) =>
  sql<{ id: number }>`insert into word (id, word) values (${id}, ${word}) returning id`;
const count = sql<{ words: number }>`select count(*)::integer as words from word`;

function describePrepared(name: string, open: () => Promise<Database>): void {
  describe(`statements that are asked together of ${name}`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await open();
      await sql`create table word (id integer primary key, word text)`.execute(database.db);
    });
    beforeEach(() => sql`truncate word`.execute(database.db));
    afterAll(() => database.close());

    it("gives what each gave, in their order, first and again", async () => {
      for (const id of [1, 2]) {
        const [made, counted, again] = await database.prepared.ask(put(id, "w"), count, count);
        expect([made, counted, again]).toEqual([[{ id }], [{ words: id }], [{ words: id }]]);
      }
    });

    it("takes and gives every kind of value that we keep", async () => {
      const texts = ["", "null", null, 'a "quoted" \\ word', "{,}", "ä€"];
      const [[row]] = await database.prepared.ask(sql`
        select ${texts}::text[] as texts, ${[1, null, -3]}::bigint[] as numbers, ${[]}::integer[] as none,
          ${true}::boolean as yes, ${2 ** 53 - 1}::bigint as large, ${null}::text as nothing, ${0.1}::float8 as real`);
      expect(row).toMatchObject({ texts, none: [], yes: true, large: 2 ** 53 - 1, nothing: null, real: 0.1 });
    });

    it("keeps nothing of what fails together, and works on after it", async () => {
      const { prepared } = database;
      await expect(prepared.ask(put(1, "w"), put(1, "w"), count)).rejects.toThrow(/duplicate key/);
      const failing = prepared.transaction(async (transaction) => {
        await transaction.ask(put(2, "w"));
        await transaction.commit([put(2, "w"), count]);
      });
      await expect(failing).rejects.toThrow(/duplicate key/);
      const refused = prepared.transaction(async (transaction) => {
        await transaction.ask(put(3, "w"));
        throw new Error("refused");
      });
      await expect(refused).rejects.toThrow("refused");
      expect(await prepared.ask(count)).toEqual([[{ words: 0 }]]);
      expect(await prepared.ask(put(1, "w"), count)).toEqual([[{ id: 1 }], [{ words: 1 }]]);
    });

    it("ends a transaction with its commit or its work, and asks the rest once it stands", async () => {
      const { prepared } = database;
      const outcome = await prepared.transaction(async (transaction) => {
        const [before] = await transaction.ask(count);
        const after = await transaction.commit([put(1, "w"), put(2, null)], [count]);
        return { before, after };
      });
      expect(outcome.before).toEqual([{ words: 0 }]);
      expect(outcome.after).toEqual([[{ id: 1 }], [{ id: 2 }], [{ words: 2 }]]);
      await prepared.transaction((transaction) => transaction.ask(put(3, "w")));
      expect(await prepared.transaction(async () => "nothing asked")).toBe("nothing asked");
      expect(await prepared.ask(count)).toEqual([[{ words: 3 }]]);
    });
  });
}

describePrepared("PGlite", () => openDatabase({}));

describeWith("postgresql", "a server", (bin) => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(bin);
  });
  afterAll(() => server.remove());

  describePrepared("PostgreSQL", async () => openDatabase({ url: await server.newDatabase() }, 10_000, 2));

  it("fails when the server goes away in the middle, and opens another connection afterwards", async () => {
    const database = await openDatabase({ url: await server.newDatabase() }, 10_000, 2);
    const { prepared, db } = database;
    const cut = prepared.transaction(async (transaction) => {
      const [[own]] = await transaction.ask(sql<{ pid: number }>`select pg_backend_pid() as pid`);
      await sql`select pg_terminate_backend(${own?.pid}::integer)`.execute(db);
      await transaction.commit([sql`select 1 as one`]);
    });
    await expect(cut).rejects.toThrow();
    expect(await prepared.ask(sql`select 1 as one`)).toEqual([[{ one: 1 }]]);
    await database.close();
  });
});
