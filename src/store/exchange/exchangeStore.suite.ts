import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConsumerId, Digest, Instant, JobId, Micros, ProviderId } from "../../domain/index.ts";
import type { JobSpec } from "../../jobs/index.ts";
import { consumerAccount, deposit, forfeited, heldAccount, providerAccount } from "../../market/index.ts";
import type { StoreOptions } from "../store.ts";
import { type ExchangeStore, openExchangeStore } from "./openExchangeStore.ts";
import { describePeople } from "./people/people.suite.ts";
import { describeRechecks } from "./rechecks.suite.ts";

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

    describePeople(() => store);

    /** A consumer with money, a job of theirs, and two providers. */
    async function begin(change: Partial<JobSpec> & { isDoubtful?: boolean } = {}) {
      made += 1;
      const consumer = ConsumerId(`c${made}`);
      const job = JobId(`j${made}`);
      await store.openConsumer(consumer, now);
      await store.post([deposit(consumer, `${made}`, Micros(10_000n))], now);
      const { isDoubtful, ...wanted } = change;
      await store.submitJobs([{ id: job, consumer, spec: spec(wanted) }], now);
      const [one, two] = [ProviderId(`p${made}a`), ProviderId(`p${made}b`)];
      for (const id of [one, two]) {
        const provider = { id, key: id, kind: "home", name: id, tokenHash: id, watts: null };
        await store.admitProvider(provider, undefined, now);
        await store.vouchFor(id, !isDoubtful);
      }
      const lease = (provider: ProviderId, tasks: number, deadline = later) =>
        store.makeLeases([{ job, provider, tasks, price: Micros(40n) }], now, deadline);
      const look = async () => (await store.jobs({ id: job, limit: 1 }))[0];
      const balance = (id: ConsumerId) => store.balanceOf(consumerAccount(id));
      return { consumer, job, one, two, lease, look, balance };
    }
    /** With what is held back. */
    const earned = async (id: ProviderId) =>
      (await store.balanceOf(providerAccount(id))) + (await store.balanceOf(heldAccount(id)));
    const result = (lease: number, provider: ProviderId, says = digest) => ({
      lease,
      provider,
      digest: says,
      output: new Uint8Array([0, 255, lease % 256]),
      seconds: 0.5,
      work: null,
      draw: 0.5,
    });
    /** Has a provider's results found right so many times. */
    async function earnStreak(id: ProviderId, times: number) {
      const { consumer } = await begin();
      const checker = ProviderId(`p${made}a`);
      const job = JobId(`streak${made}`);
      await store.submitJobs([{ id: job, consumer, spec: spec({ tasks: times }) }], now);
      for (const provider of [id, checker]) {
        const leases = await store.makeLeases(
          [{ job, provider, tasks: times, price: Micros(1n) }],
          now,
          later,
        );
        await store.takeResults(
          leases.map((one) => result(one.id, provider)),
          now,
        );
      }
    }
    const soundLedger = async () => {
      const balances = [...(await store.balances())];
      expect(balances.reduce((sum, [, amount]) => sum + amount, 0n)).toBe(0n);
      expect(balances.filter(([id, amount]) => id !== "outside" && amount < 0n)).toEqual([]);
    };

    it("sets aside what a job may cost, pays what it did cost, and gives the rest back", async () => {
      const { consumer, job, one, two, lease, look, balance } = await begin();
      expect(await balance(consumer)).toBe(9400n);
      const leases = [...(await lease(one, 2)), ...(await lease(two, 5))];
      expect(leases.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
      expect((await look())?.tasks).toEqual({ waiting: 0, running: 3, done: 0, failed: 0 });
      await store.takeResults(
        leases.slice(0, 2).map(({ id, provider }) => result(id, provider)),
        now,
      );
      expect(await look()).toMatchObject({ state: "open", cost: 80n });
      const last = leases.slice(2).map(({ id, provider }) => result(id, provider));
      expect((await store.takeResults(last, now)).ended).toEqual([job]);
      expect(await look()).toMatchObject({ state: "done", cost: 120n });
      expect([await balance(consumer), await earned(one)]).toEqual([9880n, 80n]);
      const kept = await store.results(job, 1, 10);
      const byIndex = leases.toSorted((a, b) => a.index - b.index);
      expect(kept.map(({ index, provider }) => [index, provider])).toEqual(
        byIndex.slice(1).map(({ index, provider }) => [index, provider]),
      );
      expect([...(kept[0]?.output ?? [])].slice(0, 2)).toEqual([0, 255]);
      await soundLedger();
    });

    it("takes no job that its consumer cannot pay for", async () => {
      const { consumer, balance } = await begin();
      const jobOf = (name: string, tasks: number) => ({
        id: JobId(`${name}${made}`),
        consumer,
        spec: spec({ tasks }),
      });
      const [one, dear, two] = [jobOf("one", 20), jobOf("dear", 28), jobOf("two", 27)];
      const refused = await store.submitJobs([one, dear, two], now);
      expect([...refused].map(([id, { code }]) => [id, code])).toEqual([[dear.id, "market/too-little"]]);
      expect(await balance(consumer)).toBe(0n);
      const kept = await store.jobs({ consumer, limit: 9 });
      expect(kept.map(({ id, tasks: { waiting } }) => [id, waiting])).toEqual(
        expect.arrayContaining([
          [one.id, 20],
          [two.id, 27],
        ]),
      );
      expect(kept.map(({ id }) => id)).not.toContain(dear.id);
    });

    it("pays once, whoever tells of a result again, and nobody for another's lease", async () => {
      const { one, two, lease, balance, consumer } = await begin();
      const [held] = await lease(one, 1);
      const id = held?.id ?? 0;
      expect((await store.takeResults([result(id, two)], now)).held.size).toBe(0);
      expect((await store.takeResults([result(id, one)], now)).held.size).toBe(1);
      expect((await store.takeResults([result(id, one)], now)).held.size).toBe(0);
      expect(await earned(one)).toBe(40n);
      expect(await balance(consumer)).toBe(9400n);
      await soundLedger();
    });

    it("fences off who comes after his lease has ended", async () => {
      const { one, two, lease, look } = await begin({ tasks: 1 });
      const [first] = await lease(one, 1, Instant(now - 1));
      await store.expireLeases(now, 100);
      expect((await look())?.tasks.waiting).toBe(1);
      const [second] = await lease(two, 1);
      expect(second?.id).toBeGreaterThan(first?.id ?? 0);
      expect((await store.takeResults([result(first?.id ?? 0, one)], now)).held.size).toBe(0);
      expect((await store.takeResults([result(second?.id ?? 0, two)], now)).held.size).toBe(1);
      expect(await earned(one)).toBe(0n);
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
      expect(await balance(consumer)).toBe(10_000n);
    });

    it("gives up a task after its retries, and goes on with the others", async () => {
      const { job, one, lease, look } = await begin({ tasks: 2, retries: 1 });
      for (let i = 0; i < 2; i += 1) {
        const [held] = await lease(one, 1);
        await store.failLeases([{ lease: held?.id ?? 0, provider: one, kind: "bad-node", message: "" }], now);
      }
      expect(await look()).toMatchObject({ state: "open", tasks: { failed: 1, waiting: 1 } });
      const [last] = await lease(one, 1);
      expect((await store.takeResults([result(last?.id ?? 0, one)], now)).ended).toEqual([job]);
      expect(await look()).toMatchObject({ state: "failed", cost: 40n });
      await soundLedger();
    });

    it("cancels a job at once: what is under way counts no more", async () => {
      const { consumer, job, one, lease, balance } = await begin();
      const [held] = await lease(one, 1);
      const outcome = { state: "cancelled", why: null } as const;
      expect(await store.endJob(job, outcome, now)).toBe(true);
      expect(await store.endJob(job, outcome, now)).toBe(false);
      expect((await store.takeResults([result(held?.id ?? 0, one)], now)).held.size).toBe(0);
      expect(await lease(one, 1)).toEqual([]);
      expect(await balance(consumer)).toBe(10_000n);
    });

    it("ends what is not done by its deadline", async () => {
      const { job, look } = await begin({ deadline: new Date(now - 1).toISOString() });
      expect(await store.endLateJobs(now)).toEqual([job]);
      expect(await look()).toMatchObject({ state: "failed", why: "its deadline went by" });
    });

    it("makes first leases of what nobody does or has done, and of nothing else", async () => {
      const { job, one, two, lease, look } = await begin({ tasks: 4, isDoubtful: true });
      const [done] = await lease(one, 1);
      await store.takeResults([result(done?.id ?? 0, one)], now);
      const seat = (provider: ProviderId, tasks: number) => ({ job, provider, tasks, price: Micros(40n) });
      const first = await store.makeFirstLeases([seat(one, 1), seat(two, 1)], now, later);
      const rest = await store.makeFirstLeases([seat(two, 9)], now, later);
      const all = [...first, ...rest];
      expect(all.map(({ provider, price }) => [provider, price])).toEqual([
        [one, 40n],
        [two, 40n],
        [two, 40n],
      ]);
      expect([done, ...all].map((made) => made?.index ?? -1).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
      expect((await look())?.tasks).toEqual({ waiting: 1, running: 3, done: 0, failed: 0 });
      await store.endJob(job, { state: "cancelled", why: null }, now);
      expect(await store.makeFirstLeases([seat(two, 9)], now, later)).toEqual([]);
    });

    it("gives out a job's tasks in an order that their indices do not tell", async () => {
      const { one, lease } = await begin({ tasks: 40 });
      const indices = (await lease(one, 40)).map(({ index }) => index);
      const sorted = Array.from({ length: 40 }, (_, index) => index);
      expect(indices.toSorted((a, b) => a - b)).toEqual(sorted);
      expect(indices).not.toEqual(sorted);
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
      await store.post([deposit(consumer, `${made}`, Micros(10_000n))], now);
      const before = await store.balances();
      while ((await store.fold()) === "more");
      expect(await store.balances()).toEqual(before);
      expect(await store.balanceOf(consumerAccount(consumer))).toBe(9400n);
      await soundLedger();
    });

    it("knows a provider by its key, and lets no revoked one in", async () => {
      const { one } = await begin();
      const hello = { id: one, key: one, kind: "home", name: "new name", tokenHash: "fresh", watts: null };
      expect(await store.admitProvider(hello, one, now)).toMatchObject({ name: "new name", tokenHash: one });
      expect(await store.admitProvider(hello, "wrong", now)).toMatchObject({
        tokenHash: "fresh",
        watts: null,
      });
      expect(await store.providerOfToken("fresh")).toEqual({ id: one, isBanned: false });
      expect(await store.revokeProvider(one)).toBe(true);
      expect(await store.providerOfToken("fresh")).toBeUndefined();
      expect(await store.admitProvider(hello, "fresh", now)).toMatchObject({ isRevoked: true });
      expect(await store.revokeProvider(ProviderId("nobody"))).toBe(false);
    });

    it("believes who is on probation only with another machine, pays both, and checks nobody by himself", async () => {
      const { job, consumer, one, two, lease, look, balance } = await begin({ tasks: 1, isDoubtful: true });
      const [first] = await lease(one, 1);
      await store.takeResults([result(first?.id ?? 0, one)], now);
      expect(await look()).toMatchObject({ state: "open", tasks: { waiting: 1, done: 0 }, cost: 0n });
      expect(await lease(one, 1)).toEqual([]);
      const [second] = await lease(two, 1);
      expect((await store.takeResults([result(second?.id ?? 0, two)], now)).ended).toEqual([job]);
      expect(await look()).toMatchObject({ state: "done", cost: 80n });
      expect([await earned(one), await earned(two), await balance(consumer)]).toEqual([40n, 40n, 9920n]);
      const known = (await store.providers()).filter(({ id }) => [one, two].includes(id));
      expect(known.map(({ standing }) => standing.streak)).toEqual([1, 1]);
      expect((await store.results(job, 0, 9)).map(({ provider }) => provider)).toEqual([one]);
    });

    it("does not pay who is outvoted, and bans him the third time with what was held back", async () => {
      const { one, two, lease, consumer } = await begin({ tasks: 1, isDoubtful: true });
      const third = ProviderId(`p${made}c`);
      await store.admitProvider(
        { id: third, key: third, kind: "home", name: "", tokenHash: third, watts: null },
        undefined,
        now,
      );
      const lie = Digest("b".repeat(64));
      const liar = two;
      const inJob = (job: JobId, provider: ProviderId) =>
        store.makeLeases([{ job, provider, tasks: 1, price: Micros(40n) }], now, later);
      await lease(one, 0);
      let banned: readonly ProviderId[] = [];
      for (let round = 0; round < 4; round += 1) {
        const job = JobId(`vote${made}r${round}`);
        await store.submitJobs([{ id: job, consumer, spec: spec({ tasks: 1 }) }], now);
        for (const [provider, says] of [
          [liar, round === 0 ? digest : lie],
          [one, digest],
          [third, digest],
        ] as const) {
          const [held] = await inJob(job, provider);
          if (!held) continue;
          const outcome = await store.takeResults([result(held.id, provider, says)], now);
          if (outcome.banned.length > 0) banned = outcome.banned;
        }
        expect((await store.jobs({ id: job, limit: 1 }))[0]).toMatchObject({ state: "done", cost: 80n });
      }
      expect(banned).toEqual([liar]);
      expect(await store.balanceOf(providerAccount(liar))).toBe(20n);
      expect([await store.balanceOf(heldAccount(liar)), await store.balanceOf(forfeited)]).toEqual([0n, 20n]);
      expect(await store.providerOfToken(liar)).toEqual({ id: liar, isBanned: true });
      await soundLedger();
    });

    it("ends a job of which each machine says something else", async () => {
      const { job, lease, look } = await begin({ tasks: 1, isDoubtful: true });
      for (let i = 0; i < 4; i += 1) {
        const id = ProviderId(`p${made}n${i}`);
        await store.admitProvider(
          { id, key: id, kind: "home", name: "", tokenHash: id, watts: null },
          undefined,
          now,
        );
        const [held] = await lease(id, 1);
        await store.takeResults([result(held?.id ?? 0, id, Digest(`${i}`.repeat(64)))], now);
      }
      expect(await look()).toMatchObject({
        id: job,
        state: "failed",
        why: "each machine gave another result",
        cost: 0n,
      });
    });

    it("checks a part of the results of who is trusted", async () => {
      const { one, lease, look } = await begin({ isDoubtful: true });
      await earnStreak(one, 10);
      const leases = await lease(one, 2);
      const drawn = [0.09, 0.11];
      await store.takeResults(
        leases.map(({ id }, i) => ({ ...result(id, one), draw: drawn[i] ?? 0 })),
        now,
      );
      expect((await look())?.tasks).toEqual({ waiting: 2, running: 0, done: 1, failed: 0 });
    });

    it("lets go of what it held back once the audit window has gone by", async () => {
      const { one, lease } = await begin();
      const [held] = await lease(one, 1);
      await store.takeResults([result(held?.id ?? 0, one)], now);
      await store.releaseHeld(now, later);
      expect(await store.balanceOf(heldAccount(one))).toBe(20n);
      await store.releaseHeld(later, later);
      await store.releaseHeld(later, later);
      expect(await store.balanceOf(heldAccount(one))).toBe(0n);
      expect(await store.balanceOf(providerAccount(one))).toBe(38n);
      await soundLedger();
    });

    describeRechecks(() => store);

    it("is one exchange's", async () => {
      await store.holdIdentity("key");
      await store.holdIdentity("key");
      await expect(store.holdIdentity("other")).rejects.toMatchObject({ code: "exchange/another" });
    });

    it("gives providers by their ids, page by page, all or some", async () => {
      const { one, two } = await begin();
      const after = (id: string, limit: number, ids?: readonly ProviderId[]) =>
        store.providersAfter(id, limit, ids).then((found) => found.map((provider) => provider.id));
      const shown = { id: one, key: one, kind: "home", name: one, tokenHash: one, watts: null, region: "AT" };
      expect(await store.admitProvider(shown, one, now)).toMatchObject({ region: "AT" });
      expect(await after("", 100, [two, one])).toEqual([one, two]);
      expect(await after(one, 100, [two, one])).toEqual([two]);
      expect(await after("", 100, [])).toEqual([]);
      const all = await after("", 1000);
      expect(all).toEqual(expect.arrayContaining([one, two]));
      expect([...(await after("", 1)), ...(await after(all[0] ?? "", 1000))]).toEqual(all);
    });

    it("tells of each task of a job who did it or tried, and why that failed", async () => {
      const { job, one, two, lease } = await begin();
      const [tried] = await lease(one, 1);
      const failure = { kind: "bad-node", message: "no room" } as const;
      await store.failLeases([{ lease: tried?.id ?? 0, provider: one, ...failure }], now);
      const [again] = await lease(two, 1);
      await store.takeResults([result(again?.id ?? 0, two)], later);
      const [underWay] = await lease(one, 1);
      const tasks = await store.tasks({ job, from: 0, limit: 10 });
      expect(tasks.map(({ index }) => index)).toEqual([0, 1, 2]);
      const inState = (state: string) => tasks.find((task) => task.state === state);
      expect(inState("done")).toMatchObject({
        index: again?.index,
        digest,
        attempts: [
          {
            lease: tried?.id,
            provider: one,
            kind: "home",
            state: "failed",
            failure: "bad-node",
            message: "no room",
          },
          { lease: again?.id, provider: two, state: "accepted", price: 40n, returnedAt: later, seconds: 0.5 },
        ],
      });
      expect(inState("running")).toMatchObject({
        index: underWay?.index,
        attempts: [{ lease: underWay?.id, state: "open", returnedAt: null }],
      });
      const waiting = inState("waiting");
      expect(waiting).toMatchObject({ digest: null, attempts: [] });
      const some = await store.tasks({ job, from: 0, limit: 1, state: "waiting" });
      expect(some).toEqual([waiting]);
      const after = (waiting?.index ?? 0) + 1;
      expect(await store.tasks({ job, from: after, limit: 3, state: "waiting" })).toEqual([]);
    });

    it("gives a consumer's jobs and all of them page by page, newest first", async () => {
      const { consumer, job } = await begin();
      const newer = JobId(`${job}-newer`);
      await store.submitJobs([{ id: newer, consumer, spec: spec({ tasks: 1 }) }], later);
      const ids = async (of: Parameters<typeof store.jobs>[0]) => (await store.jobs(of)).map(({ id }) => id);
      expect(await ids({ consumer, limit: 10 })).toEqual([newer, job]);
      expect(await ids({ consumer, before: newer, limit: 10 })).toEqual([job]);
      const all = await ids({ limit: 1000 });
      expect(all).toEqual(expect.arrayContaining([newer, job]));
      const half = Math.floor(all.length / 2);
      expect([...all.slice(0, half), ...(await ids({ before: all[half - 1], limit: 1000 }))]).toEqual(all);
    });

    it("tells day by day what a provider did, earned and how long it was here, and its last verdicts", async () => {
      const { one, lease } = await begin();
      const [good, bad] = await lease(one, 2);
      await store.takeResults([result(good?.id ?? 0, one)], now);
      const failure = { kind: "bad-node", message: "no room" } as const;
      await store.failLeases([{ lease: bad?.id ?? 0, provider: one, ...failure }], now);
      const day = Math.floor(now / 86_400_000);
      await store.noteConnected([one], now, 60);
      await store.noteConnected([one], now, 60);
      await store.noteConnected([one], Instant(now - 86_400_000), 90_000);
      expect(await store.providerDays(one, day - 1)).toEqual([
        {
          day: day - 1,
          tasks: 0,
          earned: 0n,
          wrong: 0,
          failed: 0,
          connectedSeconds: 86_400,
        },
        { day, tasks: 1, earned: 40n, wrong: 0, failed: 1, connectedSeconds: 120 },
      ]);
      expect(await store.providerVerdicts(one, Instant(day * 86_400_000), 10)).toMatchObject([
        { lease: bad?.id, state: "failed", failure: "bad-node", message: "no room" },
        { lease: good?.id, at: now, state: "accepted", price: 40n },
      ]);
    });

    it("tells what is set aside for a consumer's open jobs, and what moved its account, the newest first", async () => {
      const { consumer, job } = await begin();
      expect(await store.reserves(consumer, 10)).toEqual([{ job, name: "job", amount: 600n }]);
      const account = consumerAccount(consumer);
      const lines = await store.newestLines({ account, since: now, limit: 1 });
      expect(lines).toMatchObject([
        { at: now, cause: `reserve/${job}`, other: `escrow/${job}`, amount: -600n },
      ]);
      const before = lines[0]?.id;
      expect(await store.newestLines({ account, since: now, before, limit: 9 })).toMatchObject([
        { other: "outside", amount: 10_000n },
      ]);
      expect(await store.newestLines({ account, since: later, limit: 9 })).toEqual([]);
    });
  });
}
