import { afterAll, beforeAll, it } from "vitest";
import { homesOnNetwork } from "../../src/lab/index.ts";
import { describeWith } from "../parts.ts";
import { type PostgresServer, startPostgres } from "../postgresServer.ts";
import { playHomes } from "./homes.suite.ts";

const patienceMs = 240_000;

describeWith("postgresql", "virtual homes and a data centre on an exchange", (bin) => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(bin);
  });
  afterAll(() => server.remove());

  it("compute for it, and every result, receipt and posting is sound", { timeout: patienceMs }, async () => {
    const homes = homesOnNetwork.filter(({ name }) => ["Oslo", "Paris", "Seville"].includes(name));
    // How closely who computes follows who needs heat only many tasks can tell: sixHomes.soak.ts.
    await playHomes(server, { homes, tasks: 100, speed: 60 });
  });
});
