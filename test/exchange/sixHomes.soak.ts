import { afterAll, beforeAll, expect, it } from "vitest";
import { homesOnNetwork } from "../../src/lab/index.ts";
import { describeWith } from "../parts.ts";
import { type PostgresServer, startPostgres } from "../postgresServer.ts";
import { playHomes } from "./homes.suite.ts";

const patienceMs = 1_200_000;

describeWith("postgresql", "six virtual homes and a data centre on an exchange", (bin) => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(bin);
  });
  afterAll(() => server.remove());

  it("do 2,000 tasks where heat is wanted, and all of it is sound", { timeout: patienceMs }, async () => {
    const follows = await playHomes(server, { homes: homesOnNetwork, tasks: 2000, speed: 60 });
    process.stdout.write(
      `who computed follows who wanted heat with a correlation of ${follows.toFixed(2)}\n`,
    );
    expect(follows).toBeGreaterThan(0.7);
  });
});
