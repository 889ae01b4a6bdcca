import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from "vitest";
import { type CuttableLine, cuttableLine } from "../../test/cuttableLine.ts";
import { describeWith } from "../../test/parts.ts";
import { type PostgresServer, startPostgres } from "../../test/postgresServer.ts";
import { after, power, start, tickAt } from "./bench.suite.ts";
import { openStore } from "./openStore.ts";
import type { Store } from "./store.ts";

const patienceMs = 1500;
const tick = (i: number) => tickAt(after(i * 10_000), { [power]: i });
const isKept = (recorded: Promise<void>) =>
  recorded.then(
    () => true,
    () => false,
  );

describeWith("postgresql", "of a database there is one writer", (bin) => {
  let server: PostgresServer;
  let url: string;
  let line: CuttableLine;
  beforeAll(async () => {
    server = await startPostgres(bin);
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    url = await server.newDatabase();
    line = await cuttableLine(Number(new URL(url).port));
    onTestFinished(() => line.close());
  });

  async function open(at = url): Promise<Store> {
    const store = await openStore({ url: at }, patienceMs);
    onTestFinished(() => store.close());
    return store;
  }
  const throughLine = () => {
    const through = new URL(url);
    through.port = String(line.port);
    return through.href;
  };
  const readingsIn = async (store: Store) =>
    (await store.history([power], start, after(60_000))).series[0]?.values;
  /** Ends every hearth's connection, as an administrator can. */
  async function endSessions(): Promise<void> {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'hearthwork%'",
    );
    await client.end();
  }

  it("a second is refused, and told where the first is, until that one has closed", async () => {
    const first = await openStore({ url }, patienceMs);
    await first.recordTick(tick(0));
    const guarded = new URL(url);
    guarded.password = "secret";
    await expect(openStore({ url: guarded.href }, patienceMs)).rejects.toMatchObject({
      code: "store/in-use",
      message: expect.stringMatching(/^(?!.*secret).*another hearth at 127\.0\.0\.1; .*--database/),
    });
    await first.recordTick(tick(1));
    await first.close();
    expect(await readingsIn(await open())).toEqual([0, 1]);
  });

  it("of many that start at once one wins", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => open()));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("another database of the same server is free", async () => {
    await open();
    const other = await open(await server.newDatabase());
    await other.recordTick(tick(0));
  });

  it("goes on after its connections were ended, and is still the only one", async () => {
    const store = await open();
    await endSessions();
    await expect.poll(() => isKept(store.recordTick(tick(0))), { timeout: 10_000 }).toBe(true);
    expect(await readingsIn(store)).toEqual([0]);
    await expect(open()).rejects.toMatchObject({ code: "store/in-use" });
  });

  it("takes its place back from the connection that it left behind in a silence", async () => {
    const store = await open(throughLine());
    line.silence();
    await expect(store.recordTick(tick(0))).rejects.toMatchObject({ code: "store/unreachable" });
    await expect(open()).rejects.toMatchObject({ code: "store/in-use" });
    line.mend();
    await expect.poll(() => isKept(store.recordTick(tick(1))), { timeout: 10_000 }).toBe(true);
    expect(await readingsIn(store)).toEqual([1]);
  });

  it("writes no more once another has its place, and says so", async () => {
    const first = await open(throughLine());
    await first.recordTick(tick(0));
    line.silence();
    await endSessions();
    const second = await open();
    line.mend();
    expect(await first.lost).toMatchObject({ code: "store/in-use" });
    await expect(first.recordTick(tick(1))).rejects.toMatchObject({ code: "store/in-use" });
    await second.recordTick(tick(2));
    expect(await readingsIn(first)).toEqual([0, 2]);
  });
});
