import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { cuttableLine } from "../cuttableLine.ts";
import { describeWith } from "../parts.ts";
import { type PostgresServer, startPostgres } from "../postgresServer.ts";
import { startHearthwork } from "./hearthProcess.ts";
import { idleSiteYaml } from "./idleSiteYaml.ts";

describeWith("postgresql", "two hearths on one database", (bin) => {
  const folder = mkdtempSync(join(tmpdir(), "hearthwork-writer-"));
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(bin);
    writeFileSync(join(folder, "hearth.yaml"), idleSiteYaml);
  });
  afterAll(async () => {
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  function run(database: string, data: string) {
    const args = ["hearth", "--port", "0", "--database", database, "--data", data];
    const hearth = startHearthwork(args, folder);
    onTestFinished(() => hearth.kill());
    return hearth;
  }

  it("the second is refused, whatever its data directory", { timeout: 60_000 }, async () => {
    const url = await server.newDatabase();
    const first = run(url, "one");
    await first.line(/its page is at/, 30_000);
    const second = run(url, "two");
    await second.line(/^hearthwork: PostgreSQL at .* is in use by another hearth/, 30_000);
    expect(await second.ended()).toBe(1);
    expect(await first.interrupt()).toBe(0);
  });

  it("one whose place was taken stops its heaters and ends", { timeout: 90_000 }, async () => {
    const url = new URL(await server.newDatabase());
    const line = await cuttableLine(Number(url.port));
    onTestFinished(() => line.close());
    const through = new URL(url);
    through.port = String(line.port);
    const first = run(through.href, "three");
    await first.line(/its page is at/, 30_000);
    line.cut();
    const second = await openStore({ url: url.href });
    onTestFinished(() => second.close());
    line.mend();
    await first.line(/in use by another hearth.*: stopping every heater/, 40_000);
    await first.line(/every heater is in its safe state/, 20_000);
    expect(await first.ended()).toBe(1);
  });
});
