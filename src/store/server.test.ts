import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cuttableLine } from "../../test/cuttableLine.ts";
import { describeWith } from "../../test/parts.ts";
import { type PostgresServer, startPostgres } from "../../test/postgresServer.ts";
import { Instant, type SeriesId } from "../domain/index.ts";
import { openStore } from "./openStore.ts";
import { tickAt } from "./bench.suite.ts";

const start = Instant(Date.UTC(2026, 0, 15, 12));
const power: SeriesId = "heater/this-computer/power";
const tick = (i: number) => tickAt(Instant(start + i * 10_000), { [power]: i });

const isKept = (recorded: Promise<void>) =>
  recorded.then(
    () => true,
    () => false,
  );

describeWith("postgresql", "a store whose server goes away", (bin) => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(bin);
  });
  afterAll(() => server.remove());

  it("says so while it is away, and works when it is back", async () => {
    const store = await openStore({ url: await server.newDatabase() });
    await store.recordTick(tick(0));
    await server.kill();
    for (const attempt of [store.recordTick(tick(1)), store.latestState(), store.condense(start)]) {
      await expect(attempt).rejects.toMatchObject({ code: "store/unreachable", retry: "later" });
    }
    await server.start();
    await store.recordTick(tick(2));
    const { series } = await store.history([power], start, Instant(start + 60_000));
    expect(series[0]?.values).toEqual([0, 2]);
    await store.close();
  });

  it("keeps the ticks that were under way whole or not at all", async () => {
    const store = await openStore({ url: await server.newDatabase() });
    const outcomes: Promise<number | undefined>[] = [];
    for (let i = 0; i < 200; i += 1) {
      outcomes.push(
        store
          .recordTick({
            ...tick(i),
            events: [{ at: start, level: "info", code: "a/b", subject: "site", message: `${i}` }],
          })
          .then(
            () => i,
            () => undefined,
          ),
      );
    }
    await outcomes[20];
    await server.kill();
    const acknowledged = (await Promise.all(outcomes)).filter((i) => i !== undefined);
    await server.start();
    const { series } = await store.history([power], start, Instant(start + 3_600_000));
    const readings = series[0]?.values.filter((value) => value !== null) ?? [];
    const events = (await store.events({ limit: 500 })).map(({ message }) => Number(message));
    expect(readings).toEqual(expect.arrayContaining(acknowledged));
    expect(events.toSorted((a, b) => a - b)).toEqual(readings);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.length).toBeLessThan(200);
    await store.close();
  });

  it("is refused with its address, but not its password, when it is not there", async () => {
    const url = new URL(await server.newDatabase());
    url.password = "secret";
    url.port = "1";
    await expect(openStore({ url: url.href })).rejects.toMatchObject({
      code: "store/unreachable",
      message: expect.stringMatching(/^(?!.*secret).*127\.0\.0\.1:1/),
    });
  });

  it("waits no longer than it was told for a statement that another program holds up", async () => {
    const url = await server.newDatabase();
    const store = await openStore({ url }, 300);
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query("begin; lock table tick in access exclusive mode");
    await expect(store.recordTick(tick(0))).rejects.toMatchObject({
      code: "store/unreachable",
      data: { sqlState: "57014" },
    });
    await other.end();
    await store.recordTick(tick(1));
    expect((await store.history([power], start, Instant(start + 60_000))).series[0]?.values).toEqual([1]);
    await store.close();
  });

  it("gives up on a connection that went silent, and opens another", async () => {
    const url = new URL(await server.newDatabase());
    const line = await cuttableLine(Number(url.port));
    url.port = String(line.port);
    const store = await openStore({ url: url.href }, 300);
    await store.recordTick(tick(0));
    line.silence();
    await expect(store.recordTick(tick(1))).rejects.toMatchObject({ code: "store/unreachable" });
    await expect(openStore({ url: url.href }, 300)).rejects.toMatchObject({ code: "store/unreachable" });
    line.mend();
    await expect.poll(() => isKept(store.recordTick(tick(2))), { timeout: 10_000 }).toBe(true);
    expect((await store.history([power], start, Instant(start + 60_000))).series[0]?.values).toEqual([0, 2]);
    await store.close();
    await line.close();
  });
});
