import { afterAll, beforeAll, it, expect } from "vitest";
import { Client } from "pg";
import { ConsumerId, Digest, Instant, JobId, Micros, PersonId } from "../../domain/index.ts";
import { jobSpecSchema } from "../../jobs/index.ts";
import { consumerAccount, deposit } from "../../market/index.ts";
import { describeWith } from "../../../test/parts.ts";
import { type PostgresServer, startPostgres } from "../../../test/postgresServer.ts";
import { describeExchangeStore } from "./exchangeStore.suite.ts";
import { exchangeMigrations } from "./migrations.ts";
import { openExchangeStore } from "./openExchangeStore.ts";

describeExchangeStore("PGlite", async () => ({}));

describeWith("postgresql", "an exchange's store on a server", (bin) => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(bin);
  });
  afterAll(() => server.remove());

  describeExchangeStore("PostgreSQL", async () => ({ url: await server.newDatabase() }));

  it("lets several replicas in, and begins with them at once", async () => {
    const url = await server.newDatabase();
    const replicas = await Promise.all([openExchangeStore({ url }), openExchangeStore({ url })]);
    await Promise.all(replicas.map((replica) => replica.holdIdentity("key")));
    await Promise.all(replicas.map((replica) => replica.close()));
  });

  it("has keys that consumers had before there were accounts work on, and keeps the audit log whole", async () => {
    const url = await server.newDatabase();
    const client = new Client({ connectionString: url });
    await client.connect();
    const before = exchangeMigrations.findIndex((step) => step.includes("create table person"));
    for (const step of exchangeMigrations.slice(0, before)) await client.query(step);
    await client.query("create table exchange_version (version integer not null)");
    await client.query(`insert into exchange_version values (${before})`);
    await client.query("insert into consumer values ('firm', 'hash', 5), ('operator', 'other', 5)");
    const store = await openExchangeStore({ url });
    const keys = await store.people.keys(["hash", "other"]);
    expect([...keys]).toEqual([["hash", expect.objectContaining({ person: "firm", roles: ["consumer"] })]]);
    expect(keys.get("hash")?.scopes).toContain("jobs:write");
    const deed = {
      action: "a",
      actor: "b",
      address: "c",
      subject: "d",
      detail: "",
      outcome: "done",
    } as const;
    await store.people.note({ ...deed, at: Instant(1) });
    for (const change of [
      "update audit_entry set actor = 'x'",
      "delete from audit_entry",
      "truncate audit_entry",
    ]) {
      await expect(client.query(change)).rejects.toThrow("the audit log is added to, and nothing else");
    }
    expect(await store.people.audit({ limit: 5 })).toHaveLength(1);
    await client.end();
    await store.close();
  });

  it("has replicas share people's sessions, and count their tries together", async () => {
    const url = await server.newDatabase();
    const [one, two] = await Promise.all([openExchangeStore({ url }), openExchangeStore({ url })]);
    const deed = {
      action: "a",
      actor: "b",
      address: "c",
      subject: "d",
      detail: "",
      outcome: "done",
    } as const;
    const [id, at] = [PersonId("ann"), Instant(1)];
    await one.people.add({ id, roles: [], password: null }, { ...deed, at });
    const login = { hash: "session", createdAt: at, address: "::1", agent: "test" };
    await one.people.beginSession(id, login, { ...deed, at });
    expect((await two.people.sessions(["session"])).get("session")).toMatchObject({ person: "ann" });
    await two.people.endSessions(id, undefined, { ...deed, at });
    expect((await one.people.sessions(["session"])).size).toBe(0);
    const limits = ["account", "network"].map((subject) => ({ subject, rate: { burst: 5, every: 60 } }));
    const tries = Array.from({ length: 12 }, (_, i) =>
      (i % 2 === 0 ? one : two).people.takeTry(i % 3 === 0 ? limits.toReversed() : limits, 100),
    );
    expect((await Promise.all(tries)).filter((wait) => wait === 0)).toHaveLength(5);
    await Promise.all([one.close(), two.close()]);
  });

  it("has a replica hear at once what another tells, also after its connection broke", async () => {
    const url = await server.newDatabase();
    const [one, two] = await Promise.all([openExchangeStore({ url }), openExchangeStore({ url })]);
    const heard: string[] = [];
    const stop = await two.hearReplicas(({ from, ended }) => heard.push(`${from}: ${ended.join()}`));
    await one.tellReplicas({ from: "one", ended: [JobId("j1"), JobId("j2")] });
    await expect.poll(() => heard).toEqual(["one: j1,j2"]);
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hearthwork listener' and datname = current_database()",
    );
    await client.query("select pg_notify('hearthwork_exchange', 'garbage')");
    await client.end();
    const hearsAgain = async () => {
      await one.tellReplicas({ from: "one", ended: [] });
      return heard.includes("one: ");
    };
    await expect.poll(hearsAgain, { timeout: 15_000, interval: 200 }).toBe(true);
    await stop();
    await Promise.all([one.close(), two.close()]);
  });

  it("ends a job whose last task ended with a replica that was lost before it looked again", async () => {
    const url = await server.newDatabase();
    const store = await openExchangeStore({ url });
    const [consumer, id, at] = [ConsumerId("c"), JobId("j"), Instant(0)];
    await store.openConsumer(consumer, at);
    await store.post([deposit(consumer, "all", Micros(1000n))], at);
    const spec = jobSpecSchema.parse({
      name: "job",
      kind: "wasm",
      module: Digest("a".repeat(64)),
      tasks: 1,
      classSeconds: 1,
      bid: "0.0001",
      deadline: new Date(3_600_000).toISOString(),
    });
    await store.submitJobs([{ id, consumer, spec }], at);
    expect(await store.endForgottenJobs(at)).toEqual([]);
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query("update task set state = 'failed', missing = 0");
    await client.end();
    expect(await store.endForgottenJobs(at)).toEqual([id]);
    expect(await store.jobs({ id, limit: 1 })).toMatchObject([{ state: "failed" }]);
    expect(await store.balanceOf(consumerAccount(consumer))).toBe(1000n);
    await store.close();
  });

  it("lets nothing write a balance below zero, or a posting that does not balance", async () => {
    const url = await server.newDatabase();
    const store = await openExchangeStore({ url });
    const client = new Client({ connectionString: url });
    await client.connect();
    const post = (debit: string, credit: string, amount: number) =>
      client.query("insert into posting (cause, at, debit, credit, amount) values ($1, 0, $2, $3, $4)", [
        `${debit}${credit}${amount}`,
        debit,
        credit,
        amount,
      ]);
    await expect(post("outside", "outside", 1)).rejects.toThrow(/check/);
    await expect(post("outside", "provider/p", 0)).rejects.toThrow(/check/);
    await post("provider/p", "provider/q", 5);
    await expect(store.fold()).rejects.toThrow(/check/);
    await client.end();
    await store.close();
  });
});
