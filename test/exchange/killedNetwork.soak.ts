import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  readFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seededRandom } from "../../src/domain/index.ts";
import { verifyReceipt } from "../../src/agent/index.ts";
import { homesOnNetwork } from "../../src/lab/index.ts";
import { type HearthProcess, startHearthwork, startProgram } from "../e2e/hearthProcess.ts";
import { describeWith } from "../parts.ts";
import { type PostgresServer, startPostgres } from "../postgresServer.ts";
import { runHere } from "../runHere.ts";
import { expectSoundLedger } from "./soundLedger.ts";

const homeProgram = fileURLToPath(new URL("./jobHome.program.ts", import.meta.url));
const jobFile = fileURLToPath(new URL("../../data/jobs/portfolio-risk/", import.meta.url));
const tasks = 2000;
const patienceMs = 1_800_000;
/** A program that can be killed and started again as it was. */
interface Killable {
  readonly start: () => HearthProcess;
  readonly isUp: RegExp;
  running?: HearthProcess;
}

describeWith(
  "postgresql",
  "two replicas, six homes and two data centres that are killed at random",
  (bin) => {
    let server: PostgresServer;
    const folder = mkdtempSync(join(tmpdir(), "hearthwork-killed-"));
    const all: Killable[] = [];
    beforeAll(async () => {
      server = await startPostgres(bin);
    });
    afterAll(async () => {
      for (const { running } of all) await running?.kill();
      await server.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    const begin = async (one: Killable): Promise<RegExpExecArray> => {
      one.running = one.start();
      return one.running.line(one.isUp, 120_000);
    };
    const add = async (isUp: RegExp, start: () => HearthProcess): Promise<RegExpExecArray> => {
      const one = { start, isUp };
      all.push(one);
      return begin(one);
    };

    it("lose nothing, and pay nothing twice", { timeout: patienceMs }, async () => {
      const url = await server.newDatabase();
      const replica = async (data: string) => {
        let port = "0";
        const [, address = ""] = await add(/provider join (\S+)/, () =>
          startHearthwork(
            ["exchange", "--port", port, "--data", data, "--database", url, "--currency", "EUR"],
            folder,
          ),
        );
        ({ port } = new URL(address));
        return address;
      };
      const first = await replica("first");
      mkdirSync(join(folder, "second"), { mode: 0o700 });
      copyFileSync(join(folder, "first", "exchange-key.json"), join(folder, "second", "exchange-key.json"));
      mkdirSync(join(folder, "first", "artefacts"), { recursive: true });
      symlinkSync(join(folder, "first", "artefacts"), join(folder, "second", "artefacts"));
      const addresses = [first, await replica("second")];
      const addressOf = (index: number) => addresses[index % 2] ?? first;
      for (const [index, { name }] of homesOnNetwork.entries()) {
        const store = await server.newDatabase();
        await add(/joined as/, () =>
          startProgram([homeProgram, name, addressOf(index), folder, store], folder),
        );
      }
      for (const index of [0, 1]) {
        await add(/joined as/, () =>
          startHearthwork(
            [
              "provider",
              "join",
              addressOf(index),
              "--data",
              `centre${index}`,
              "--slots",
              "1",
              "--price",
              "0.05",
            ],
            folder,
          ),
        );
      }
      const deposit = ["consumer", "deposit", "operator", "10", "--data", "first"];
      expect(await runHere(deposit, folder)).toMatchObject({ code: 0 });
      for (const file of ["risk.wasm", "portfolio.csv"])
        copyFileSync(join(jobFile, file), join(folder, file));
      const job = readFileSync(join(jobFile, "job.yaml"), "utf8");
      writeFileSync(
        join(folder, "job.yaml"),
        job.replace(/tasks: \d+/, `tasks: ${tasks}`).replace(/bid: .*/, 'bid: "0.00002"'),
      );
      const submitted = await runHere(["job", "submit", "job.yaml", "--data", "first", "--json"], folder);
      const { id } = JSON.parse(submitted.stdout) as { id: string };

      const database = new Client({ connectionString: url });
      await database.connect();
      const isDone = async () =>
        (await database.query<{ state: string }>("select state from job where id = $1", [id])).rows[0]
          ?.state === "done";
      const random = seededRandom(7);
      let kills = 0;
      while (!(await isDone())) {
        const victim = all[Math.floor(random.next() * all.length)];
        if (!victim) continue;
        await victim.running?.kill();
        kills += 1;
        await sleep(200 + 1500 * random.next());
        await begin(victim);
        await sleep(300 + 1500 * random.next());
      }
      process.stdout.write(`${tasks} tasks are done after ${kills} kills\n`);
      expect(kills).toBeGreaterThan(5);
      await expectSoundLedger(database, tasks);
      const { rows } = await database.query<{ n: string }>(
        "select count(*) as n from lease where failure = 'network'",
      );
      expect(Number(rows[0]?.n)).toBeGreaterThan(0);
      await database.end();
      const exported = await runHere(["receipt", "export", id, "--data", "first"], folder);
      const receipts = exported.stdout.trim().split("\n");
      expect(receipts.length).toBeGreaterThanOrEqual(tasks);
      for (const receipt of receipts) {
        expect(await verifyReceipt(receipt, new URL(first).hash.slice(1))).toMatchObject({ kind: "sound" });
      }
    });
  },
);
