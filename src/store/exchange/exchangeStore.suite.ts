import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConsumerId, Digest, Instant, JobId, Micros, ProviderId } from "../../domain/index.ts";
import type { JobSpec } from "../../jobs/index.ts";
import { consumerAccount, deposit, providerAccount } from "../../market/index.ts";
import type { StoreOptions } from "../store.ts";
import { type ExchangeStore, openExchangeStore } from "./openExchangeStore.ts";

const now = Instant(Date.UTC(2026, 0, 15, 12));
const later = Instant(now + 30_000);
const digest = Digest("a".repeat(64));
const spec = (change: Partial<JobSpec> = {}): JobSpec => ({
  name: "job",
  kind: "wasm",
  tasks: 3,
  classSeconds: 1,
  memoryMiB: 16,
  limitSeconds: 10,
  bid: Micros(100n),
  retries: 1,
  module: digest,
  input: null,
  deadline: new Date(now + 3_600_000).toISOString(),
  ...change,
});

/** What an exchange's memory does, whatever keeps it. */
export function describeExchangeStore(name: string, options: () => Promise<StoreOptions>): void {
  describe(`an exchange's store in ${name}`, () => {
    let store: ExchangeStore;
    let made = 0;
    beforeAll(async () => {
      store = await openExchangeStore(await options());
    });
    afterAll(() => store.close());

    /** A consumer with money, a job of theirs, and two providers. */
    async function begin(change: Partial<JobSpec> = {}) {
      made += 1;
      const consumer = ConsumerId(`c${made}`);
      const job = JobId(`j${made}`);
      await store.addConsumer(consumer, `key ${made}`, now);
      await store.post([deposit(consumer, `${made}`, Micros(1000n))], now);
      await store.submitJob({ id: job, consumer, spec: spec(change) }, now);
      const [one, two] = [ProviderId(`p${made}a`), ProviderId(`p${made}b`)];
      for (const id of [one, two]) {
        const provider = { id, key: id, kind: "home", name: id, tokenHash: id };
        await store.admitProvider(provider, undefined, now);
      }
      const lease = (provider: ProviderId, tasks: number, deadline = later) =>
        store.makeLeases([{ job, provider, tasks, price: Micros(40n) }], now, deadline);
      const look = async () => (await store.jobs({ id: job, limit: 1 }))[0];
      const balance = (id: ConsumerId) => store.balanceOf(consumerAccount(id));
      return { consumer, job, one, two, lease, look, balance };
    }
    const result = (lease: number, provider: ProviderId) => ({
      lease,
      provider,
      digest,
      output: new Uint8Array([0, 255, lease % 256]),
      seconds: 0.5,
    });
    const soundLedger = async () => {
      const balances = [...(await store.balances())];
      expect(balances.reduce((sum, [, amount]) => sum + amount, 0n)).toBe(0n);
      expect(balances.filter(([id, amount]) => id !== "outside" && amount < 0n)).toEqual([]);
    };

    it("sets aside what a job may cost, pays what it did cost, and gives the rest back", async () => {
      const { consumer, job, one, two, lease, look, balance } = await begin();
      expect(await balance(consumer)).toBe(700n);
      const leases = [...(await lease(one, 2)), ...(await lease(two, 5))];
      expect(leases.map(({ index }) => index)).toEqual([0, 1, 2]);
      expect((await look())?.tasks).toEqual({ waiting: 0, running: 3, done: 0, failed: 0 });
      await store.acceptResults(
        leases.slice(0, 2).map(({ id, provider }) => result(id, provider)),
        now,
      );
      expect(await look()).toMatchObject({ state: "open", cost: 80n });
      const last = leases.slice(2).map(({ id, provider }) => result(id, provider));
      expect((await store.acceptResults(last, now)).ended).toEqual([job]);
      expect(await look()).toMatchObject({ state: "done", cost: 120n });
      expect([await balance(consumer), await store.balanceOf(providerAccount(one))]).toEqual([880n, 80n]);
      const kept = await store.results(job, 1, 10);
      expect(kept.map(({ index, provider }) => [index, provider])).toEqual([
        [1, one],
        [2, two],
      ]);
      expect([...(kept[0]?.output ?? [])].slice(0, 2)).toEqual([0, 255]);
      await soundLedger();
    });

    it("takes no job that its consumer cannot pay for", async () => {
      const { consumer, balance } = await begin();
      const dear = { id: JobId(`dear${made}`), consumer, spec: spec({ tasks: 8 }) };
      await expect(store.submitJob(dear, now)).rejects.toMatchObject({ code: "market/too-little" });
      expect(await balance(consumer)).toBe(700n);
      expect(await store.jobs({ id: dear.id, limit: 1 })).toEqual([]);
    });

    it("pays once, whoever tells of a result again, and nobody for another's lease", async () => {
      const { one, two, lease, balance, consumer } = await begin();
      const [held] = await lease(one, 1);
      const id = held?.id ?? 0;
      expect((await store.acceptResults([result(id, two)], now)).accepted.size).toBe(0);
      expect((await store.acceptResults([result(id, one)], now)).accepted.size).toBe(1);
      expect((await store.acceptResults([result(id, one)], now)).accepted.size).toBe(0);
      expect(await store.balanceOf(providerAccount(one))).toBe(40n);
      expect(await balance(consumer)).toBe(700n);
      await soundLedger();
    });

    it("fences off who comes after his lease has ended", async () => {
      const { one, two, lease, look } = await begin({ tasks: 1 });
      const [first] = await lease(one, 1, Instant(now - 1));
      await store.expireLeases(now, 100);
      expect((await look())?.tasks.waiting).toBe(1);
      const [second] = await lease(two, 1);
      expect(second?.id).toBeGreaterThan(first?.id ?? 0);
      expect((await store.acceptResults([result(first?.id ?? 0, one)], now)).accepted.size).toBe(0);
      expect((await store.acceptResults([result(second?.id ?? 0, two)], now)).accepted.size).toBe(1);
      expect(await store.balanceOf(providerAccount(one))).toBe(0n);
      await soundLedger();
    });

    it("keeps a lease that is renewed, and no other's", async () => {
      const { one, two, lease, look } = await begin();
      const [held] = await lease(one, 1, Instant(now - 1));
      expect(await store.renewLeases(two, [held?.id ?? 0], later)).toEqual([]);
      expect(await store.renewLeases(one, [held?.id ?? 0], later)).toMatchObject([{ id: held?.id }]);
      await store.expireLeases(now, 100);
      expect((await look())?.tasks.running).toBe(1);
    });

    it("ends a job whose module fails on two machines, and gives the money back", async () => {
      const { consumer, job, one, two, lease, look, balance } = await begin({ retries: 9 });
      const fail = async (provider: ProviderId, id: number) =>
        store.failLeases([{ lease: id, provider, kind: "bad-job", message: "it trapped" }], now);
      const [first] = await lease(one, 1);
      expect((await fail(one, first?.id ?? 0)).ended).toEqual([]);
      const [again] = await lease(one, 1);
      expect((await fail(one, again?.id ?? 0)).ended).toEqual([]);
      const [other] = await lease(two, 1);
      expect((await fail(two, other?.id ?? 0)).ended).toEqual([job]);
      expect(await look()).toMatchObject({ state: "failed", tasks: { failed: 3 } });
      expect(await balance(consumer)).toBe(1000n);
    });

    it("gives up a task after its retries, and goes on with the others", async () => {
      const { job, one, lease, look } = await begin({ tasks: 2, retries: 1 });
      for (let i = 0; i < 2; i += 1) {
        const [held] = await lease(one, 1);
        await store.failLeases([{ lease: held?.id ?? 0, provider: one, kind: "bad-node", message: "" }], now);
      }
      expect(await look()).toMatchObject({ state: "open", tasks: { failed: 1, waiting: 1 } });
      const [last] = await lease(one, 1);
      expect((await store.acceptResults([result(last?.id ?? 0, one)], now)).ended).toEqual([job]);
      expect(await look()).toMatchObject({ state: "failed", cost: 40n });
      await soundLedger();
    });

    it("cancels a job at once: what is under way counts no more", async () => {
      const { consumer, job, one, lease, balance } = await begin();
      const [held] = await lease(one, 1);
      const outcome = { state: "cancelled", why: null } as const;
      expect(await store.endJob(job, outcome, now)).toBe(true);
      expect(await store.endJob(job, outcome, now)).toBe(false);
      expect((await store.acceptResults([result(held?.id ?? 0, one)], now)).accepted.size).toBe(0);
      expect(await lease(one, 1)).toEqual([]);
      expect(await balance(consumer)).toBe(1000n);
    });

    it("ends what is not done by its deadline", async () => {
      const { job, look } = await begin({ deadline: new Date(now - 1).toISOString() });
      expect(await store.endLateJobs(now)).toEqual([job]);
      expect(await look()).toMatchObject({ state: "failed", why: "its deadline went by" });
    });

    it("leases what waits to one only, of many that ask at once", async () => {
      const { one, two, lease } = await begin({ tasks: 10 });
      const all = await Promise.all([lease(one, 6), lease(two, 6), lease(one, 6)]);
      const indices = all.flat().map(({ index }) => index);
      expect(indices.toSorted((a, b) => a - b)).toEqual([...new Set(indices)].toSorted((a, b) => a - b));
      const rest = await lease(two, 10);
      expect(indices.length + rest.length).toBe(10);
    });

    it("has the same balances before and after they are folded, and counts a deposit once", async () => {
      const { consumer } = await begin();
      await store.post([deposit(consumer, `${made}`, Micros(1000n))], now);
      const before = await store.balances();
      while ((await store.fold()) === "more");
      expect(await store.balances()).toEqual(before);
      expect(await store.balanceOf(consumerAccount(consumer))).toBe(700n);
      await soundLedger();
    });

    it("knows a provider by its key, and lets no revoked one in", async () => {
      const { one } = await begin();
      const hello = { id: one, key: one, kind: "home", name: "new name", tokenHash: "fresh" };
      expect(await store.admitProvider(hello, one, now)).toMatchObject({ name: "new name", tokenHash: one });
      expect(await store.admitProvider(hello, "wrong", now)).toMatchObject({ tokenHash: "fresh" });
      expect(await store.providerOfToken("fresh")).toBe(one);
      expect(await store.revokeProvider(one)).toBe(true);
      expect(await store.providerOfToken("fresh")).toBeUndefined();
      expect(await store.admitProvider(hello, "fresh", now)).toMatchObject({ isRevoked: true });
      expect(await store.revokeProvider(ProviderId("nobody"))).toBe(false);
    });

    it("is one exchange's", async () => {
      await store.holdIdentity("key");
      await store.holdIdentity("key");
      await expect(store.holdIdentity("other")).rejects.toMatchObject({ code: "exchange/another" });
    });
  });
}
