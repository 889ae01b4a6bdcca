import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { after, type Bench, day, hour, minute, power, start, tickAt, ticksOf } from "./bench.suite.ts";
import { storeOf } from "./openStore.ts";

/** What becomes of readings as they age. */
export function describeMeans(bench: Bench): void {
  describe("means", () => {
    const twoDays = () =>
      ticksOf(start, after(2 * day), minute, (at) => ((at - start) % (2 * hour) < hour ? 100 : 0));

    it("times what they cover are the energy of the readings", async () => {
      await bench.store.recordHistory(twoDays());
      await bench.condenseAll(after(3 * day));
      const readings = await bench.raw(power, start, after(2 * day)).catch(() => undefined);
      expect(readings).toBeUndefined();
      const rows = await bench.database.db.selectFrom("mean").selectAll().execute();
      for (const [step, count] of [
        [300, 576],
        [3600, 48],
      ]) {
        const found = rows.filter((row) => row.step === step);
        const joules = found.flatMap(({ means, covered }) =>
          means.map((mean, i) => mean * (covered[i] ?? 0)),
        );
        expect(joules).toHaveLength(count ?? 0);
        // 24 of 48 hours at 100 W; the minute of each change counts half, 24 on and 23 off.
        expect(joules.reduce((sum, value) => sum + value, 0) / (100 * 60)).toBeCloseTo(24 * 60 - 0.5, 0);
      }
    });

    it("of hours answer for more than 2,000 five minutes, several to a point where need be", async () => {
      await bench.store.recordHistory(
        ticksOf(start, after(100 * day), 10 * minute, (at) => Math.floor((at - start) / day)),
      );
      await bench.condenseAll(after(100 * day));
      const eightDays = await bench.store.history([power], start, after(8 * day));
      expect(eightDays.resolution).toBe("hour");
      expect(eightDays.series[0]?.at).toHaveLength(8 * 24);
      const all = await bench.store.history([power], start, after(100 * day));
      expect(all.series[0]?.at).toHaveLength(100 * 12);
      expect(all.series[0]?.values.at(30 * 12)).toBeCloseTo(30, 1);
    });

    it("stand at the beginning of their intervals and go up to now", async () => {
      await bench.store.recordHistory(twoDays());
      for (const [i, ms] of [0, 60_000, 120_000].entries()) {
        await bench.store.recordTick(tickAt(after(2 * day + ms), { [power]: 500 + i }));
      }
      const { series } = await bench.store.history([power], after(hour + 1), after(3 * day));
      expect(series[0]?.at[0]).toBe(after(hour + 5 * minute));
      expect(series[0]?.at.at(-1)).toBe(after(2 * day));
      expect(series[0]?.values.at(-1)).toBeCloseTo(501);
    });

    it("leave a gap a gap", async () => {
      const ticks = twoDays().filter(({ at }) => at < after(20 * hour) || at >= after(30 * hour));
      await bench.store.recordHistory(ticks);
      await bench.condenseAll(after(3 * day));
      const { resolution, series } = await bench.store.history([power], start, after(2 * day));
      expect(resolution).toBe("5min");
      const gap = series[0]?.values.indexOf(null) ?? -1;
      expect(series[0]?.at[gap - 1]).toBe(after(20 * hour - 5 * minute));
      expect(series[0]?.at[gap]).toBe(after(20 * hour));
      expect(series[0]?.at[gap + 1]).toBe(after(30 * hour));
      expect(series[0]?.values.filter((value) => value === null)).toHaveLength(1);
    });

    it("are made of complete hours only, once", async () => {
      for (const tick of ticksOf(start, after(2 * hour), minute, () => 10))
        await bench.store.recordTick(tick);
      const rows = () =>
        bench.database.db
          .selectFrom("mean")
          .select(["step", sql<number>`cardinality(slots)`.as("count")])
          .orderBy("step")
          .execute();
      expect(await bench.store.condense(after(hour - 1))).toBe("done");
      expect(await rows()).toEqual([]);
      expect(await bench.store.condense(after(hour + minute))).toBe("done");
      const once = [
        { step: 300, count: 12 },
        { step: 3600, count: 1 },
      ];
      expect(await rows()).toEqual(once);
      await bench.store.condense(after(hour + minute));
      expect(await rows()).toEqual(once);
    });

    it("cover each hour to its ends, though hours are condensed one by one", async () => {
      for (const tick of ticksOf(after(30_000), after(3 * hour + 5 * minute), minute, () => 10)) {
        await bench.store.recordTick(tick);
        await bench.store.condense(tick.at);
      }
      const rows = await bench.database.db.selectFrom("mean").selectAll().where("step", "=", 3600).execute();
      expect(rows).toMatchObject([{ means: [10, 10, 10], covered: [3570, 3600, 3600] }]);
    });

    it("are made once when two programs make them at once", async () => {
      for (const tick of ticksOf(start, after(3 * hour), minute, () => 10))
        await bench.store.recordTick(tick);
      const other = storeOf(bench.database);
      await Promise.all(
        [bench.store, other, bench.store, other].map((each) => each.condense(after(4 * hour))),
      );
      const rows = await bench.database.db
        .selectFrom("mean")
        .select(["step", sql<number>`cardinality(slots)`.as("count")])
        .orderBy("step")
        .execute();
      expect(rows).toEqual([
        { step: 300, count: 36 },
        { step: 3600, count: 3 },
      ]);
      expect((await bench.raw(power, start, after(3 * hour)))?.values).toEqual(Array(180).fill(10));
    });

    it("are caught up a few hours a call", async () => {
      for (let i = 0; i < 20; i += 1) await bench.store.recordTick(tickAt(after(i * hour), { [power]: i }));
      const calls: string[] = [];
      do calls.push(await bench.store.condense(after(30 * hour)));
      while (calls.at(-1) === "more");
      expect(calls).toEqual(["more", "more", "more", "done"]);
      expect(await bench.database.db.selectFrom("tick").selectAll().execute()).toEqual([]);
    });

    it("take in what comes late", async () => {
      const ticks = ticksOf(start, after(hour), minute, () => 10);
      await bench.store.recordHistory(ticks.filter((_, i) => i < 20 || i >= 40));
      await bench.condenseAll(after(2 * hour));
      await bench.store.recordHistory(ticks.slice(20, 40));
      await bench.condenseAll(after(2 * hour));
      const [mean] = await bench.database.db
        .selectFrom("mean")
        .selectAll()
        .where("step", "=", 3600)
        .execute();
      expect(mean).toMatchObject({ means: [10], covered: [59 * 60] });
      expect((await bench.raw(power, start, after(hour)))?.values).toEqual(Array(60).fill(10));
    });

    it("survive the largest numbers", async () => {
      await bench.store.recordHistory(ticksOf(start, after(2 * hour), minute, () => -1e300));
      await bench.condenseAll(after(4 * hour));
      expect((await bench.raw(power, start, after(minute)))?.values).toEqual([-1e300]);
    });
  });

  describe("what is past its keep", () => {
    const now = after(9 * day);
    const tenDays = () => ticksOf(start, after(10 * day), 10 * minute, (at) => (at - start) / day);

    it("goes: readings after seven days, and their means stay", async () => {
      await bench.store.recordHistory(tenDays());
      await bench.condenseAll(now);
      const old = await bench.store.history([power], after(0.5 * day), after(day));
      expect(old.resolution).toBe("5min");
      expect(old.series[0]?.values[0]).toBeCloseTo(0.5, 1);
      expect((await bench.raw(power, after(3 * day), after(4 * day)))?.values).toHaveLength(144);
      expect(
        await bench.database.db
          .selectFrom("chunk")
          .select("hour")
          .where("hour", "<", (start + 2 * day) / hour)
          .execute(),
      ).toEqual([]);
    });

    it("does not go because the clock jumped ahead", async () => {
      await bench.store.recordHistory(tenDays());
      await bench.store.recordTick(tickAt(after(5000 * day), { [power]: 1 }));
      await bench.condenseAll(after(5001 * day));
      expect((await bench.raw(power, after(4 * day), after(5 * day)))?.values).toHaveLength(144);
      const old = await bench.store.history([power], start, after(day));
      expect(old.resolution).toBe("5min");
    });

    it("goes after two years where it is a 5-min mean, and the hourly means stay", async () => {
      await bench.store.recordHistory(ticksOf(start, after(800 * day), 6 * hour, () => 5));
      await bench.condenseAll(after(800 * day));
      const old = await bench.store.history([power], after(10 * day), after(11 * day));
      expect(old).toMatchObject({ resolution: "hour", series: [{ id: power }] });
      expect(old.series[0]?.values.filter((value) => value === 5)).toHaveLength(4);
      expect((await bench.store.history([power], after(700 * day), after(701 * day))).resolution).toBe(
        "5min",
      );
      const whole = await bench.store.history([power], start, after(800 * day));
      expect(whole.series[0]?.at.length).toBeLessThanOrEqual(2000);
    });
  });
}
