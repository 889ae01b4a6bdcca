import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type HearthProcess, startHearthwork } from "../e2e/hearthProcess.ts";
import { runHere } from "../runHere.ts";
import { until } from "../e2e/until.ts";
import { describeWith } from "../parts.ts";
import { type PostgresServer, startPostgres } from "../postgresServer.ts";
import { expectSoundLedger } from "./soundLedger.ts";

const job = fileURLToPath(new URL("../../data/jobs/portfolio-risk/job.yaml", import.meta.url));
const tasks = 64;
const patienceMs = 240_000;

describeWith("postgresql", "two replicas of an exchange on one database", (bin) => {
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
    folder = mkdtempSync(join(tmpdir(), "hearthwork-replicas-"));
  });
  afterAll(async () => {
    for (const one of running) await one.kill();
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    "work on one job; one is killed and comes back, and nothing is lost or paid twice",
    { timeout: patienceMs },
    async () => {
      const database = await server.newDatabase();
      const replica = (data: string, port = "0") =>
        start("exchange", "--port", port, "--data", data, "--database", database);
      const addressOf = async (one: HearthProcess) =>
        (await one.line(/provider join (\S+)/, 90_000))[1] ?? "";
      const first = await addressOf(replica("first"));
      mkdirSync(join(folder, "second"), { mode: 0o700 });
      copyFileSync(join(folder, "first", "exchange-key.json"), join(folder, "second", "exchange-key.json"));
      mkdirSync(join(folder, "first", "artefacts"), { recursive: true });
      symlinkSync(join(folder, "first", "artefacts"), join(folder, "second", "artefacts"));
      const killed = replica("second");
      const second = await addressOf(killed);
      expect(new URL(second).hash).toBe(new URL(first).hash);

      const providers = [first, second].map((address, i) =>
        start("provider", "join", address, "--data", `provider${i}`, "--slots", "2"),
      );
      await Promise.all(providers.map((one) => one.line(/joined as/, 90_000)));
      const deposit = ["consumer", "deposit", "operator", "1", "--data", "first"];
      expect(await runHere(deposit, folder)).toMatchObject({ code: 0 });
      const watching = start("job", "submit", job, "--data", "first", "--watch");

      const client = new Client({ connectionString: database });
      await client.connect();
      await until("some results", 90_000, async () => {
        const { rows } = await client.query<{ n: string }>(
          "select count(*) as n from lease where state = 'accepted'",
        );
        return Number(rows[0]?.n) >= 6 ? true : undefined;
      });
      await killed.kill();
      const back = replica("second", new URL(second).port);
      expect(await addressOf(back)).toBe(second);
      expect(await watching.ended()).toBe(0);

      await expectSoundLedger(client, tasks);
      const { rows } = await client.query<{ provider: string }>(
        "select distinct provider from lease where state in ('accepted', 'confirmed')",
      );
      expect(rows).toHaveLength(2);
      await client.end();
    },
  );
});
