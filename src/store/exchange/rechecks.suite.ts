import { beforeAll, describe, expect, it } from "vitest";
import { ConsumerId, Digest, Instant, JobId, Micros, ProviderId } from "../../domain/index.ts";
import type { Compare } from "../../jobs/index.ts";
import {
  type AccountId,
  consumerAccount,
  deposit,
  exchangeItself,
  forfeited,
  heldAccount,
  ownAccount,
  providerAccount,
} from "../../market/index.ts";
import type { ExchangeStore } from "./openExchangeStore.ts";

const now = Instant(Date.UTC(2026, 1, 15, 12));
const later = Instant(now + 30_000);
const truth = Digest("a".repeat(64));
const lie = Digest("b".repeat(64));
const price = Micros(1000n);

/** What becomes of the results of who is caught. */
export function describeRechecks(storeOf: () => ExchangeStore): void {
  describe("doing results again", () => {
    let store: ExchangeStore;
    let made = 0;
    let jobs = 0;
    const consumer = ConsumerId("doubter");
    beforeAll(async () => {
      store = storeOf();
      await store.openConsumer(consumer, now);
      await store.post([deposit(consumer, "doubter", Micros(10_000_000n))], now);
    });

    const submit = async (tasks: number, compare: Compare = "exact", patientBid?: Micros) => {
      const id = JobId(`doubt${(jobs += 1)}`);
      const spec = {
        name: "job",
        kind: "wasm",
        tasks,
        classSeconds: 1,
        memoryMiB: 16,
        limitSeconds: 10,
        bid: Micros(2000n),
        patientBid,
        retries: 1,
        compare,
        module: truth,
        input: null,
        deadline: new Date(now + 3_600_000).toISOString(),
      } as const;
      await store.submitJobs([{ id, consumer, spec }], now);
      return id;
    };
    const join = async (name: string, machine?: string) => {
      const id = ProviderId(`${name}${(made += 1)}`);
      const provider = {
        id,
        key: id,
        kind: "home",
        name: id,
        tokenHash: id,
        watts: null,
        machine: machine ?? null,
      };
      await store.admitProvider(provider, undefined, now);
      return id;
    };
    /** Leases so many tasks to a provider and has him say something of each. */
    const work = async (job: JobId, provider: ProviderId, says: readonly Digest[], draw = 0.99) => {
      const made = await store.makeLeases([{ job, provider, tasks: says.length, price }], now, later);
      const leases = made.toSorted((a, b) => a.index - b.index);
      const results = leases.map(({ id }, at) => ({
        lease: id,
        provider,
        digest: says[at] ?? truth,
        output: new Uint8Array([says[at] === lie ? 1 : 0]),
        seconds: 0.5,
        work: null,
        draw,
      }));
      return { leases, ...(await store.takeResults(results, now)) };
    };
    const truths = (count: number) => Array.from({ length: count }, () => truth);
    /** A cheat who is believed, two honest machines, and a job of four tasks of which he made up the second. */
    const deceive = async () => {
      const [cheat, honest, other] = [await join("cheat"), await join("honest"), await join("other")];
      const probation = await submit(10);
      for (const id of [cheat, honest]) await work(probation, id, truths(10));
      const job = await submit(4);
      await work(job, cheat, [truth, lie, truth, truth]);
      return { cheat, honest, other, job };
    };
    /** So many checks of his find him wrong. */
    const catchHim = async (cheat: ProviderId, by: readonly ProviderId[], times: number) => {
      const job = await submit(times);
      await work(
        job,
        cheat,
        Array.from({ length: times }, () => lie),
        0,
      );
      let banned: readonly ProviderId[] = [];
      for (const id of by) banned = (await work(job, id, truths(times))).banned;
      return banned;
    };
    let ids = 0;
    const newId = () => JobId(`again${(ids += 1)}`);
    const jobOf = async (id: JobId) => (await store.jobs({ id, limit: 1 }))[0];
    const waitingAgain = async () =>
      (await store.work(100)).filter((one) => one.consumer === (exchangeItself as string));
    const doAgain = async (by: ProviderId, says = truth) => {
      const orders = await waitingAgain();
      for (const { job, wanted } of orders)
        await work(
          job,
          by,
          Array.from({ length: wanted }, () => says),
        );
      return orders;
    };
    const soundLedger = async () => {
      const balances = [...(await store.balances())];
      expect(balances.reduce((sum, [, amount]) => sum + amount, 0n)).toBe(0n);
      expect(balances.filter(([id, amount]) => id !== "outside" && amount < 0n)).toEqual([]);
    };

    it("replaces what a banned cheat brought with what two others find, at his cost, and tells of it", async () => {
      const { cheat, honest, other, job } = await deceive();
      const [quote, before] = [8000n, await store.balanceOf(consumerAccount(consumer))];
      expect((await store.results(job, 0, 9)).map(({ digest }) => digest)).toEqual([
        truth,
        lie,
        truth,
        truth,
      ]);
      await store.post([deposit(exchangeItself, "fund", Micros(1_000_000n))], now);
      expect(await catchHim(cheat, [honest, other], 3)).toEqual([cheat]);
      expect(await store.balanceOf(heldAccount(cheat))).toBe(0n);
      const paid = await store.balanceOf(providerAccount(cheat));

      expect(await store.orderRechecks(newId, now)).toBe(4);
      expect(await store.orderRechecks(newId, now)).toBe(0);
      const [order] = await waitingAgain();
      expect(order).toMatchObject({ told: order?.job, doers: [cheat], wanted: 4 });
      expect(await work(order?.job ?? job, cheat, truths(4))).toMatchObject({ leases: [] });
      await doAgain(honest);
      await doAgain(other);
      const outcome = await store.closeRechecks(now);
      expect(outcome).toEqual({ right: 3, replaced: [{ job, index: 1 }], banned: [] });
      expect(await store.closeRechecks(now)).toMatchObject({ replaced: [] });

      const results = await store.results(job, 0, 9);
      expect(results.map(({ digest, before: old }) => [digest, old])).toEqual([
        [truth, null],
        [truth, lie],
        [truth, null],
        [truth, null],
      ]);
      expect([...(results[1]?.output ?? [])]).toEqual([0]);
      expect(await jobOf(job)).toMatchObject({ state: "done", cost: 4000n, replaced: [1] });
      expect(await store.balanceOf(providerAccount(cheat))).toBe(Micros(paid - 500n));
      expect(before).toBeLessThanOrEqual((await store.balanceOf(consumerAccount(consumer))) + quote);
      expect(await jobOf(order?.job ?? job)).toMatchObject({
        state: "done",
        consumer: "exchange",
        cost: 5000n,
      });
      await soundLedger();
    });

    it("loses no verdict on a provider whose tasks are judged at once", async () => {
      const [liar, honest, other] = [await join("liar"), await join("honest"), await join("other")];
      const job = await submit(3);
      for (const [id, says] of [
        [liar, lie],
        [honest, truth],
      ] as const)
        await work(job, id, [says, says, says]);
      const judged = await Promise.all(truths(3).map((says) => work(job, other, [says])));
      expect(judged.flatMap(({ banned }) => banned)).toEqual([liar]);
      const standing = async (of: ProviderId) =>
        (await store.providers()).find(({ id }) => id === of)?.standing;
      expect(await standing(liar)).toMatchObject({ streak: 0, wrong: 3 });
      for (const id of [honest, other]) expect(await standing(id)).toMatchObject({ streak: 3, wrong: 0 });
    });

    it("spends what was forfeited first, and waits while there is no money", async () => {
      const { cheat, honest, other } = await deceive();
      await catchHim(cheat, [honest, other], 1);
      const own = await store.balanceOf(ownAccount);
      const held = await store.balanceOf(forfeited);
      const move = (cause: string, from: AccountId, to: AccountId, amount: Micros) =>
        amount > 0n ? store.post([{ cause, from, to, amount }], now) : undefined;
      await move("spend", ownAccount, consumerAccount(consumer), own);
      await move("spend too", forfeited, consumerAccount(consumer), held);
      expect(await store.orderRechecks(newId, now)).toBe(0);
      await move("a bit", consumerAccount(consumer), forfeited, Micros(5000n));
      await store.post([deposit(exchangeItself, "a bit", Micros(4000n))], now);
      expect(await store.orderRechecks(newId, now)).toBe(2);
      expect([await store.balanceOf(forfeited), await store.balanceOf(ownAccount)]).toEqual([0n, 1000n]);
      await store.releaseHeld(later, later);
      expect(await store.balanceOf(heldAccount(cheat))).toBe(2000n);
      await store.lapseRechecks(later);
      await doAgain(honest);
      expect(await store.closeRechecks(now)).toMatchObject({ replaced: [] });
      await doAgain(other);
      await store.closeRechecks(now);
      await store.releaseHeld(later, later);
      expect(await store.balanceOf(heldAccount(cheat))).toBe(0n);
      await soundLedger();
    });

    it("replaces a result also where the first who did it again had agreed with the lie", async () => {
      const { cheat, honest, other, job } = await deceive();
      const accomplice = await join("accomplice");
      await store.post([deposit(exchangeItself, `fund${made}`, Micros(1_000_000n))], now);
      await catchHim(cheat, [honest, other], 1);
      await store.orderRechecks(newId, now);
      const [order] = await waitingAgain();
      await work(order?.job ?? job, accomplice, [truth, lie, truth, truth]);
      expect(await store.closeRechecks(now)).toMatchObject({ right: 4, replaced: [] });
      expect((await jobOf(job))?.replaced).toEqual([]);

      await catchHim(accomplice, [honest, other], 3);
      await catchHim(cheat, [honest, other], 2);
      for (let i = 0; i < 3; i += 1) {
        await store.orderRechecks(newId, now);
        await doAgain(honest);
        await doAgain(other);
        await store.closeRechecks(now);
      }
      expect((await store.results(job, 0, 9)).map(({ digest }) => digest)).toEqual(truths(4));
      expect((await jobOf(job))?.replaced).toEqual([1]);
      await soundLedger();
    });

    it("gives out tasks whose results are known in their job's name, and catches at once who fails one", async () => {
      const [honest, other, liar] = [await join("honest"), await join("other"), await join("liar")];
      await store.post([deposit(exchangeItself, `fund${made}`, Micros(1_000_000n))], now);
      await store.orderCanaries(newId, now);
      for (const { job, wanted } of await waitingAgain()) await work(job, liar, truths(wanted));
      const patience = Micros(1500n);
      const job = await submit(601, "exact", patience);
      for (const id of [honest, other]) await work(job, id, truths(600), 0);
      const standing = async () => (await store.providers()).find(({ id }) => id === liar)?.standing;
      const before = await standing();
      const ordered = await store.orderCanaries(newId, now);
      expect(ordered).toBeGreaterThanOrEqual(2);
      expect(await store.orderCanaries(newId, now)).toBe(0);
      const orders = await waitingAgain();
      expect(orders).toHaveLength(ordered);
      const { spec } = (await store.work(100)).find((one) => one.job === job) ?? {};
      for (const { told, doers, spec: own } of orders) {
        expect([told, doers]).toEqual([job, [honest, other].toSorted()]);
        expect(own).toEqual({ ...spec, patientBid: patience });
      }
      const [first, second] = orders;
      expect(await work(first?.job ?? job, honest, truths(1))).toMatchObject({ leases: [] });
      await work(first?.job ?? job, liar, [truth]);
      expect(await standing()).toMatchObject({ streak: (before?.streak ?? 0) + 1, wrong: 0 });
      const paid = await store.balanceOf(heldAccount(liar));
      await work(second?.job ?? job, liar, [lie]);
      expect(await standing()).toMatchObject({ streak: 0, wrong: 1 });
      expect(await store.balanceOf(heldAccount(liar))).toBe(paid);
      const others = async (account: AccountId) => {
        const lines = await store.statement(account, { from: now, to: later }, { at: 0, id: 0 }, 1000);
        return lines.map((line) => line.other);
      };
      const [inName, itself] = [`escrow/${job}`, `escrow/${first?.job}`];
      for (const account of [providerAccount(liar), heldAccount(liar)]) {
        expect(await others(account)).toContain(inName);
        expect(await others(account)).not.toContain(itself);
      }
      expect(await others(ownAccount)).toContain(itself);
      for (const order of orders) expect((await jobOf(order.job))?.consumer).toBe("exchange");
      expect((await jobOf(second?.job ?? job))?.state).toBe("done");
      await soundLedger();
    });

    describe("an appeal", () => {
      /** A provider whom two who agree on a lie outvoted three times, and who is banned for it. */
      const outvote = async (times = 3) => {
        const [victim, one, two] = [await join("victim"), await join("one"), await join("two")];
        const judge = await join("judge");
        await store.vouchFor(judge, true);
        await store.post([deposit(exchangeItself, `fund${made}`, Micros(1_000_000n))], now);
        const probation = await submit(10);
        for (const id of [victim, one]) await work(probation, id, truths(10));
        const job = await submit(times);
        const { leases } = await work(job, victim, truths(times), 0);
        for (const id of [one, two])
          await work(
            job,
            id,
            Array.from({ length: times }, () => lie),
          );
        return { victim, one, two, judge, job, lease: leases[0]?.id ?? 0 };
      };
      const file = (provider: ProviderId, lease: number) =>
        store.appeal({ provider, lease, id: newId() }, now);
      const providerOf = async (id: ProviderId) => (await store.providers()).find((one) => one.id === id);

      it("that is upheld by a vouched machine replaces what stands, lifts the ban and pays", async () => {
        const { victim, one, two, judge, job, lease } = await outvote();
        expect(await providerOf(victim)).toMatchObject({ isRevoked: true, standing: { wrong: 3 } });
        expect(await store.wrongVerdicts(victim, 9)).toHaveLength(3);
        const before = await store.balanceOf(providerAccount(victim));
        await file(victim, lease);
        expect(await store.balanceOf(providerAccount(victim))).toBe(Micros(before - 4000n));
        const [order] = (await store.work(100)).filter(({ isJudged }) => isJudged);
        await work(order?.job ?? job, judge, [truth]);
        const outcome = await store.closeAppeals(now);
        expect(outcome).toMatchObject({
          upheld: [{ lease, provider: victim }],
          replaced: [{ job, index: 0 }],
        });
        expect(await store.closeAppeals(now)).toEqual({ upheld: [], replaced: [], banned: [] });

        expect((await store.results(job, 0, 9)).map(({ digest }) => digest)).toEqual([truth, lie, lie]);
        expect(await jobOf(job)).toMatchObject({ replaced: [0], cost: 6000n });
        expect(await providerOf(victim)).toMatchObject({ isRevoked: false, standing: { wrong: 2 } });
        for (const id of [one, two]) expect((await providerOf(id))?.standing.wrong).toBe(1);
        // Its deposit, the pay of the result, and of ten others what the ban had taken.
        expect(await store.balanceOf(providerAccount(victim))).toBe(Micros(before + 1000n + 5000n));
        await expect(file(victim, lease)).rejects.toMatchObject({ code: "appeal/again" });
        await soundLedger();
      });

      it("that is rejected costs its provider what the judge was paid, and changes nothing", async () => {
        const { victim, judge, one, job } = await outvote(1);
        await work(await submit(1), victim, [lie], 0);
        const other = await submit(1);
        const { leases } = await work(other, victim, [lie], 0);
        for (const id of [one, judge]) await work(other, id, truths(1));
        const lease = leases[0]?.id ?? 0;
        const before = await store.balanceOf(providerAccount(victim));
        await file(victim, lease);
        const [order] = (await store.work(100)).filter(({ isJudged }) => isJudged);
        await work(order?.job ?? job, judge, truths(1));
        expect(await store.closeAppeals(now)).toEqual({ upheld: [], replaced: [], banned: [] });
        expect(await store.balanceOf(providerAccount(victim))).toBe(Micros(before - 1000n));
        expect((await store.results(other, 0, 9)).map(({ digest }) => digest)).toEqual([truth]);
        expect((await store.wrongVerdicts(victim, 9))[0]).toMatchObject({ lease, appeal: "rejected" });
        await soundLedger();
      });

      it("is refused for what is not his, too old or too much, and without money", async () => {
        const { victim, one, lease } = await outvote(4);
        await expect(file(one, lease)).rejects.toMatchObject({ code: "appeal/none" });
        const week = Instant(now + 8 * 86_400_000);
        const late = store.appeal({ provider: victim, lease, id: newId() }, week);
        await expect(late).rejects.toMatchObject({ code: "appeal/none" });
        const wrong = await store.wrongVerdicts(victim, 9);
        await file(victim, wrong[0]?.lease ?? 0);
        await expect(file(victim, wrong[1]?.lease ?? 0)).rejects.toMatchObject({ code: "market/too-little" });
        await store.post(
          [{ cause: `gift${made}`, from: ownAccount, to: providerAccount(victim), amount: Micros(20_000n) }],
          now,
        );
        for (const at of [1, 2]) await file(victim, wrong[at]?.lease ?? 0);
        await expect(file(victim, wrong[3]?.lease ?? 0)).rejects.toMatchObject({ code: "appeal/too-many" });
      });
    });

    it("believes floats within a job's tolerance, on machines of one class alone", async () => {
      const [one, alike, unlike] = [
        await join("one", "linux"),
        await join("alike", "linux"),
        await join("unlike", "other"),
      ];
      const job = await submit(2, { tolerance: { absolute: 0, relative: 1e-9 } });
      const say = async (provider: ProviderId, values: readonly number[]) => {
        const leases = await store.makeLeases([{ job, provider, tasks: 2, price }], now, later);
        const results = leases.map(({ id, index }) => ({
          lease: id,
          provider,
          digest: Digest(`${id % 10}`.repeat(64)),
          output: new Uint8Array(new Float64Array([values[index] ?? 0]).buffer),
          seconds: 0.5,
          work: null,
          draw: 0,
        }));
        await store.takeResults(results, now);
        return leases.length;
      };
      expect(await say(one, [1, 2])).toBe(2);
      expect((await store.work(100)).find((work) => work.job === job)).toMatchObject({ machine: "linux" });
      expect(await say(unlike, [1, 2])).toBe(0);
      expect(await say(alike, [1 + 1e-10, 3])).toBe(2);
      expect(await jobOf(job)).toMatchObject({ state: "open", tasks: { done: 1, waiting: 1 } });
      expect(await say(await join("third", "linux"), [0, 2])).toBe(1);
      expect(await jobOf(job)).toMatchObject({ state: "done" });
      const standings = new Map((await store.providers()).map(({ id, standing }) => [id, standing.wrong]));
      expect([standings.get(one), standings.get(alike)]).toEqual([0, 1]);
    });
  });
}
