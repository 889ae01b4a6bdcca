import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Digest } from "../../src/domain/index.ts";
import { maxOutputBytes, taskInput } from "../../src/jobs/index.ts";
import { wasmRunner } from "../../src/runtimes/index.ts";
import { type HearthProcess, startHearthwork } from "../e2e/hearthProcess.ts";
import { runHere } from "../runHere.ts";
import { until } from "../e2e/until.ts";
import { describeWith } from "../parts.ts";
import { type PostgresServer, startPostgres } from "../postgresServer.ts";
import { expectSoundLedger } from "./soundLedger.ts";

const jobFolder = fileURLToPath(new URL("../../data/jobs/portfolio-risk/", import.meta.url));
const tasks = 64;
/** A lease that is not renewed ends after 30 s; on a busy machine all takes long. */
const patienceMs = 180_000;

describeWith("postgresql", "an exchange, three providers and a job", (bin) => {
  let server: PostgresServer;
  let folder = "";
  const running: HearthProcess[] = [];
  const start = (...args: string[]) => {
    const started = startHearthwork(args, folder);
    running.push(started);
    return started;
  };
  beforeAll(async () => {
    server = await startPostgres(bin);
    folder = mkdtempSync(join(tmpdir(), "hearthwork-exchange-"));
  });
  afterAll(async () => {
    for (const one of running) await one.kill();
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    "does and pays every task once, though a provider is killed in the middle",
    { timeout: patienceMs },
    async () => {
      const url = await server.newDatabase();
      const exchange = start("exchange", "--port", "0", "--data", "exchange", "--database", url);
      const [, address = ""] = await exchange.line(/provider join (\S+)/, 60_000);
      const join1 = start("provider", "join", address, "--data", "one", "--slots", "2", "--price", "0.02");
      const others = ["two", "three"].map((data) =>
        start("provider", "join", address, "--data", data, "--slots", "2", "--price", "0.03"),
      );
      const [joined] = await Promise.all(
        [join1, ...others].map((provider) => provider.line(/joined as (\w+)/, 60_000)),
      );
      const deposit = await runHere(["consumer", "deposit", "operator", "1", "--data", "exchange"], folder);
      expect(deposit).toMatchObject({ code: 0 });

      const job = join(jobFolder, "job.yaml");
      const watching = start("job", "submit", job, "--data", "exchange", "--out", "results", "--json");
      const database = new Client({ connectionString: url });
      await database.connect();
      const number = async (query: string) => Number((await database.query<{ n: string }>(query)).rows[0]?.n);
      await until("some results, and the first provider at work", 60_000, async () => {
        const done = await number("select count(*) as n from lease where state = 'accepted'");
        const held = await number(
          `select count(*) as n from lease where state = 'open' and provider = '${joined?.[1]}'`,
        );
        return done >= 6 && held > 0 ? held : undefined;
      });
      await join1.kill();
      expect(await number("select count(*) as n from task where state = 'open'")).toBeGreaterThan(4);
      expect(await watching.ended()).toBe(0);

      const cost = await expectSoundLedger(database, tasks);
      expect(await number("select count(*) as n from lease where failure = 'network'")).toBeGreaterThan(0);
      expect(
        await number(
          "select count(distinct provider) as n from lease where state in ('accepted', 'confirmed')",
        ),
      ).toBe(3);
      const shown = await runHere(["consumer", "balances", "--data", "exchange", "--json"], folder);
      const { accounts, sum } = JSON.parse(shown.stdout) as {
        accounts: { id: string; balance: { amount: string } }[];
        sum: { amount: string };
      };
      expect(sum.amount).toBe("0.000000");
      const rest = accounts.find(({ id }) => id === "consumer/operator");
      expect(Number(rest?.balance.amount)).toBeCloseTo(1 - cost / 1e6, 6);
      await database.end();
      await expectRealResults(join(folder, "results"));
      expect(await Promise.all(others.map((provider) => provider.interrupt()))).toEqual([0, 0]);
      expect(await exchange.interrupt()).toBe(0);
    },
  );
});

/** Those of a few tasks are what this machine computes by itself. */
async function expectRealResults(results: string): Promise<void> {
  expect(readdirSync(results)).toHaveLength(tasks);
  const bytes = readFileSync(join(jobFolder, "risk.wasm"));
  const shared = readFileSync(join(jobFolder, "portfolio.csv"));
  const digest = Digest(createHash("sha256").update(bytes).digest("hex"));
  const runner = wasmRunner();
  for (const index of [0, 31, tasks - 1]) {
    const end = await runner.run(
      {
        module: { digest, bytes },
        input: taskInput(index, tasks, shared),
        memoryMiB: 16,
        limitSeconds: 60,
        maxOutputBytes,
      },
      new AbortController().signal,
      () => {},
    );
    if (end.kind !== "output") throw new Error(end.message);
    expect(readFileSync(join(results, String(index))).equals(Buffer.from(end.output))).toBe(true);
  }
  await runner.close();
}
