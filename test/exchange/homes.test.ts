import { afterAll, beforeAll, expect, it } from "vitest";
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

  it(
    "compute where heat is wanted, and every result, receipt and posting is sound",
    { timeout: patienceMs },
    async () => {
      const homes = homesOnNetwork.filter(({ name }) => ["Oslo", "Paris", "Seville"].includes(name));
      expect(await playHomes(server, { homes, tasks: 100, speed: 60 })).toBeGreaterThan(0.5);
    },
  );
});
