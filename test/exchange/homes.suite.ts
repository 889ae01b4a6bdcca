import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { pino } from "pino";
import { expect } from "vitest";
import { readJob } from "../../src/cli/readJob.ts";
import { hostClock } from "../../src/domain/index.ts";
import { openFrontDoor } from "../../src/http/index.ts";
import {
  boundedRunner,
  checkJob,
  correlation,
  type HomeOnNetwork,
  openLabExchange,
  openNetwork,
} from "../../src/lab/index.ts";
import { wasmRunner } from "../../src/runtimes/index.ts";
import { openExchangeStore, openStore } from "../../src/store/index.ts";
import { type HearthProcess, startHearthwork } from "../e2e/hearthProcess.ts";
import type { PostgresServer } from "../postgresServer.ts";
import { expectSoundLedger } from "./soundLedger.ts";

export interface HomesTest {
  readonly homes: readonly HomeOnNetwork[];
  readonly tasks: number;
  readonly speed: number;
  /** Who else joins the exchange's address, such as a browser's tab; they are gone when what they give is called. */
  readonly others?: readonly ((address: string) => Promise<() => Promise<unknown>>)[];
}

/** Between what a slot asks where it heats and where its heat is dumped; a data centre's price is below it. */
const bid = "0.00002";

/** Homes and a headless data centre do a job for an exchange on PostgreSQL; all of it is checked. Gives the correlation. */
export async function playHomes(server: PostgresServer, test: HomesTest): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "hearthwork-homes-"));
  const clock = hostClock(globalThis);
  const log = pino({ level: "silent" });
  const url = await server.newDatabase();
  const [store, door] = await Promise.all([
    openExchangeStore({ url }),
    openFrontDoor({ host: "127.0.0.1", port: 0, clock, connections: { all: 100, ofOneAddress: 100 } }),
  ]);
  const exchange = await openLabExchange({
    dataDir: folder,
    store,
    door,
    clock,
    log,
    version: "1",
    currency: "EUR",
  });
  const runner = boundedRunner(wasmRunner(), { atOnce: availableParallelism() });
  const network = await openNetwork({
    ...test,
    exchange: exchange.address,
    currency: "EUR",
    seed: 1,
    folder,
    storeOf: async () => openStore({ url: await server.newDatabase() }),
    runner,
    log,
  });
  const centre = datacenter(exchange.address, folder);
  const leaving = await Promise.all((test.others ?? []).map((join) => join(exchange.address)));
  const database = new Client({ connectionString: url });
  await database.connect();
  try {
    await centre.line(/joined as/, 60_000);
    await exchange.fund("10");
    const job = await readJob("data/jobs/portfolio-risk/job.yaml");
    const { id } = await exchange.client.submit({ ...job, tasks: test.tasks, bid });
    const done = await exchange.client.follow(id);
    const accounts = network.accounts();
    await expectSoundLedger(database, test.tasks);
    const checked = await checkJob(exchange.client, done, exchange.address.split("#")[1] ?? "");
    expect(checked).toMatchObject({
      results: test.tasks,
      receipts: { sound: checked.receipts.count, flagged: 0 },
      ledgerSum: "0.000000",
    });
    expect(checked.receipts.count).toBe(test.tasks + checked.checks);
    const did = accounts.map(({ provider }) => checked.providers[provider ?? ""]?.tasks ?? 0);
    expect(checked.receipts.metered / did.reduce((sum, own) => sum + own, 0)).toBeGreaterThan(0.9);
    const wanted = accounts.map(({ heatWantedKwh }) => heatWantedKwh);
    return correlation(wanted, did) ?? Number.NaN;
  } finally {
    await database.end();
    await centre.kill();
    for (const leave of leaving) await leave();
    await network.close();
    await exchange.close();
    await runner.close();
    await door.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const datacenter = (address: string, folder: string): HearthProcess =>
  startHearthwork(
    ["provider", "join", address, "--data", "centre", "--slots", "1", "--price", "0.05"],
    folder,
  );
