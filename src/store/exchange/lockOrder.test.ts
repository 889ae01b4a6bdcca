import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../../../test/parts.ts";
import { type PostgresServer, startPostgres } from "../../../test/postgresServer.ts";
import {
  ConsumerId,
  Digest,
  type HearthworkError,
  Instant,
  JobId,
  Micros,
  ProviderId,
  seededRandom,
} from "../../domain/index.ts";
import { deposit, exchangeItself } from "../../market/index.ts";
import { type ExchangeStore, openExchangeStore } from "./openExchangeStore.ts";

const now = Instant(Date.UTC(2026, 0, 15, 12));
const later = Instant(now + 30_000);
const digest = Digest("a".repeat(64));
const lie = Digest("b".repeat(64));
const spec = {
  name: "job",
  kind: "wasm",
  tasks: 2,
  classSeconds: 1,
  memoryMiB: 16,
  limitSeconds: 10,
  bid: Micros(100n),
  retries: 1,
  module: digest,
  input: null,
  deadline: new Date(now + 3_600_000).toISOString(),
} as const;
const consumers = [ConsumerId("c1"), ConsumerId("c2")];
const providers = ["p2", "p3", "p1"].map((id) => ProviderId(id));
const rounds = 25;
/** Until what is wrong has been done again. */
const most = 200;
const jobsInRound = 12;

describeWith("postgresql", "whoever works on tasks and jobs at once", (bin) => {
  let server: PostgresServer;
  let stores: ExchangeStore[] = [];
  beforeAll(async () => {
    server = await startPostgres(bin);
    const url = await server.newDatabase();
    stores = [await openExchangeStore({ url }), await openExchangeStore({ url })];
    for (const id of consumers) {
      await stores[0]?.openConsumer(id, now);
      await stores[0]?.post([deposit(id, id, Micros(1_000_000_000n))], now);
    }
    await stores[0]?.post([deposit(exchangeItself, "own", Micros(1_000_000_000n))], now);
    for (const id of providers) {
      await stores[0]?.admitProvider(
        { id, key: id, kind: "home", name: id, tokenHash: id, watts: null },
        undefined,
        now,
      );
    }
    await stores[0]?.vouchFor(ProviderId("p1"), true);
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await server.remove();
  });

  it(
    "never waits in a circle and forgets no job: leases, results, failures, heartbeats, cancelling, folding",
    { timeout: 120_000 },
    async () => {
      const open = new Set<JobId>();
      const held = new Map<number, ProviderId>();
      const random = seededRandom(5);
      const some = <T>(all: Iterable<T>, share: number) => [...all].filter(() => random.next() < share);
      const shuffled = <T>(all: readonly T[]) =>
        all
          .map((one) => ({ one, at: random.next() }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ one }) => one);
      let [made, again] = [0, 0];
      const noteEnded = (ended: readonly JobId[]) => {
        for (const job of ended) open.delete(job);
      };

      const submit = async (store: ExchangeStore) => {
        const jobs = Array.from({ length: jobsInRound }, () => ({
          id: JobId(`j${(made += 1)}`),
          consumer: consumers[random.integer(consumers.length)] ?? ConsumerId("c1"),
          spec,
        }));
        await store.submitJobs(jobs, now);
        for (const { id } of jobs) open.add(id);
      };
      const lease = async (store: ExchangeStore) => {
        const placements = shuffled([...open]).flatMap((job) =>
          providers.map((provider) => ({ job, provider, tasks: 3, price: Micros(40n) })),
        );
        const deadline = random.next() < 0.2 ? Instant(now - 1) : later;
        for (const { id, provider } of await store.makeLeases(placements, now, deadline))
          held.set(id, provider);
      };
      const bring = async (store: ExchangeStore) => {
        const results = shuffled(some(held, 0.5)).map(([id, provider]) => ({
          lease: id,
          provider,
          digest: random.next() < 0.15 ? lie : digest,
          output: new Uint8Array(8),
          seconds: 0.5,
          work: null,
          draw: random.next(),
        }));
        for (const { lease: id } of results) held.delete(id);
        noteEnded((await store.takeResults(results, now)).ended);
      };
      const fail = async (store: ExchangeStore) => {
        const failures = shuffled(some(held, 0.1)).map(([id, provider]) => ({
          lease: id,
          provider,
          kind: "bad-job" as const,
          message: "",
        }));
        noteEnded((await store.failLeases(failures, now)).ended);
      };
      const beat = async (store: ExchangeStore) => {
        for (const provider of providers) {
          const mine = shuffled([...held].filter(([, whose]) => whose === provider).map(([id]) => id));
          await store.renewLeases(provider, mine, later);
        }
      };
      const cancel = async (store: ExchangeStore) => {
        for (const job of some(open, 0.3)) {
          if (await store.endJob(job, { state: "cancelled", why: null }, now)) noteEnded([job]);
        }
      };
      const expire = async (store: ExchangeStore) => noteEnded((await store.expireLeases(now, 1000)).ended);
      const fold = async (store: ExchangeStore) => {
        while ((await store.fold()) === "more");
      };

      const submitting = new Set(stores);
      const submitOften = async (store: ExchangeStore) => {
        const isEnough = (round: number) => round >= rounds && (again > 0 || round >= most);
        for (let round = 0; !isEnough(round); round += 1) await submit(store);
        submitting.delete(store);
      };
      const meanwhile = async (work: (store: ExchangeStore) => Promise<void>, store: ExchangeStore) => {
        while (submitting.size > 0) {
          await setImmediate();
          await work(store);
        }
      };
      const recheck = async (store: ExchangeStore) => {
        const ordered: JobId[] = [];
        const newId = () => {
          const id = JobId(`again${(made += 1)}`);
          ordered.push(id);
          return id;
        };
        await store.orderRechecks(newId, now);
        await store.orderCanaries(newId, now);
        for (const id of ordered) open.add(id);
        again += ordered.length;
        await store.closeAppeals(now);
        await store.closeRechecks(now);
      };
      const release = async (store: ExchangeStore) => {
        if (random.next() < 0.02) await store.releaseHeld(Instant(now + 1), now);
      };
      const appeal = async (store: ExchangeStore) => {
        for (const provider of providers) {
          const [verdict] = await store.wrongVerdicts(provider, 1);
          if (!verdict) continue;
          const id = JobId(`appeal${(made += 1)}`);
          again += 1;
          const filed = store.appeal({ provider, lease: verdict.lease, id }, now).then(() => open.add(id));
          await filed.catch((thrown: HearthworkError) => {
            if (!/^(appeal|market)\//.test(thrown.code)) throw thrown;
          });
        }
      };
      const works = [
        appeal,
        lease,
        bring,
        bring,
        fail,
        beat,
        cancel,
        expire,
        fold,
        recheck,
        recheck,
        release,
      ];
      await Promise.all(
        stores.flatMap((store) => [submitOften(store), ...works.map((work) => meanwhile(work, store))]),
      );

      const [store] = stores;
      for (const job of open) {
        const [found] = (await store?.jobs({ id: job, limit: 1 })) ?? [];
        const { waiting = 0, running = 0 } = found?.tasks ?? {};
        expect([found?.state, waiting + running]).toEqual(["open", expect.toSatisfy((tasks) => tasks > 0)]);
      }
      for (const job of open) await store?.endJob(job, { state: "cancelled", why: null }, now);
      const balances = [...((await store?.balances()) ?? [])];
      expect(balances.reduce((sum, [, amount]) => sum + amount, 0n)).toBe(0n);
      expect(balances.filter(([id, amount]) => amount < 0n && id !== "outside")).toEqual([]);
      expect(balances.filter(([id, amount]) => id.startsWith("escrow/") && amount !== 0n)).toEqual([]);
      expect(made - again).toBeGreaterThanOrEqual(stores.length * rounds * jobsInRound);
      expect(again).toBeGreaterThan(0);
    },
  );
});
