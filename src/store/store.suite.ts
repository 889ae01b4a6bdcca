import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { HeaterId, Instant, type Reading, type SeriesId, type SiteEvent } from "../domain/index.ts";
import type { Database } from "./database.ts";
import { storeOf } from "./openStore.ts";
import type { DecisionRecord, Json, Store, TickRecord } from "./store.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Instant(Date.UTC(2026, 0, 15, 12));
const after = (ms: number) => Instant(start + ms);
const temperature: SeriesId = "sink/living-room/temperature";
const power: SeriesId = "heater/this-computer/power";
const heaterId = HeaterId("this-computer");

/** A tick at `at`, with metered readings of that instant. */
export function tickAt(at: Instant, values: Readonly<Record<SeriesId, number>> = {}): TickRecord {
  const readings = Object.entries(values).map(([series, value]): Reading => ({
    series: series as SeriesId,
    at,
    value,
    provenance: "metered",
  }));
  return { at, readings, decisions: [], events: [], state: null };
}

/** Ticks every `stepMs` in [from, to), in which the power follows `watts`. */
function ticksOf(from: Instant, to: Instant, stepMs: number, watts: (at: Instant) => number): TickRecord[] {
  const ticks: TickRecord[] = [];
  for (let at: number = from; at < to; at += stepMs) {
    ticks.push(tickAt(Instant(at), { [power]: watts(Instant(at)) }));
  }
  return ticks;
}

/** Forgets everything, for tests that share a database. */
async function emptyTables({ db }: Database): Promise<void> {
  await sql`truncate source, tick, chunk, mean, controller_state, event, decision restart identity`.execute(
    db,
  );
  await db.updateTable("horizon").set({ since: 0 }).execute();
}

const event = (at: Instant, message: string): SiteEvent => ({
  at,
  level: "info",
  code: "site/test",
  subject: "site",
  message,
});
const decision = (at: Instant, reason: string): DecisionRecord => ({
  at,
  heaterId,
  setpointWatts: 60,
  workload: "mining",
  reason,
});

/** What every store does, whatever keeps it. `open` connects to a database whose schema is up to date. */
export function describeStore(name: string, open: () => Promise<Database>): void {
  describe(`a store in ${name}`, () => {
    let database: Database;
    let store: Store;
    beforeAll(async () => {
      database = await open();
    });
    beforeEach(async () => {
      await emptyTables(database);
      store = storeOf(database);
    });
    afterAll(() => database.db.destroy());

    const raw = async (series: SeriesId, from: Instant, to: Instant) => {
      const history = await store.history([series], from, to);
      expect(history.resolution).toBe("raw");
      return history.series[0];
    };
    const condenseAll = async (now: Instant) => {
      while ((await store.condense(now)) === "more");
    };

    describe("a tick", () => {
      it("comes back as it was recorded", async () => {
        const state = { integral: 0.1, list: [1, null, "ü\u0000\ud800"], deep: { on: true } };
        await store.recordTick({
          ...tickAt(start, { [temperature]: 20.25, [power]: 61.12345678901234 }),
          decisions: [decision(start, "holding 60 W: 0.4 °C below target")],
          events: [event(start, "Up")],
          state,
        });
        expect(await store.history([power, temperature], start, after(1))).toEqual({
          resolution: "raw",
          series: [
            { id: power, at: [start], values: [61.12345678901234] },
            { id: temperature, at: [start], values: [20.25] },
          ],
        });
        expect(await store.latestState()).toEqual({ at: start, state });
        expect(await store.events({ limit: 5 })).toEqual([event(start, "Up")]);
        expect(await store.decisions({ limit: 5 })).toEqual([
          decision(start, "holding 60 W: 0.4 °C below target"),
        ]);
      });

      it("is kept not at all when a part of it cannot be kept", async () => {
        await store.recordTick(tickAt(start, { [power]: 1 }));
        const circular: Record<string, Json> = {};
        circular["self"] = circular;
        const tick = { ...tickAt(after(1), { [power]: 2 }), events: [event(after(1), "x")], state: circular };
        await expect(store.recordTick(tick)).rejects.toMatchObject({ code: "store/failed" });
        expect(await raw(power, start, after(10))).toEqual({ id: power, at: [start], values: [1] });
        expect(await store.events({ limit: 1 })).toEqual([]);
        expect(await store.latestState()).toEqual({ at: start, state: null });
      });

      it.each([
        ["a reading that is no number", { value: NaN, at: start }],
        ["a reading without bounds", { value: -Infinity, at: start }],
        ["a time no clock shows", { value: 1, at: 8.64e15 as Instant }],
      ])("is refused with %s", async (_, part) => {
        const reading: Reading = { series: power, provenance: "metered", ...part };
        await expect(store.recordTick({ ...tickAt(start), readings: [reading] })).rejects.toMatchObject({
          code: "store/bad-tick",
          retry: "never",
        });
        expect(await store.latestState()).toBeUndefined();
      });

      it("may hold texts with characters that PostgreSQL refuses", async () => {
        await store.recordTick({ ...tickAt(start), events: [event(start, "no\0such 🔥\ud800")] });
        expect((await store.events({ limit: 1 }))[0]?.message).toBe("no\ufffdsuch 🔥\ufffd");
      });

      it("that is recorded again changes nothing", async () => {
        const tick = {
          ...tickAt(start, { [power]: 5 }),
          events: [event(start, "x".repeat(5000)), event(start, "y")],
          decisions: [decision(start, "r")],
        };
        for (const once of [tick, tick]) await store.recordTick(once);
        await store.recordHistory([tick, tickAt(after(1), { [power]: 6 })]);
        await condenseAll(after(2 * hour));
        await store.recordTick(tick);
        expect((await raw(power, start, after(hour)))?.values).toEqual([5, 6]);
        expect(await store.events({ limit: 9 })).toHaveLength(2);
        expect(await store.decisions({ limit: 9 })).toHaveLength(1);
      });

      it("whose state is garbage is told apart from none", async () => {
        await store.recordTick(tickAt(start));
        await database.db.updateTable("controller_state").set({ state: "{garbage" }).execute();
        await expect(store.latestState()).rejects.toMatchObject({
          code: "store/bad-state",
          message: expect.stringContaining("controller_state"),
        });
      });

      it("may hold ids and texts that look like SQL", async () => {
        const odd = `sink/x'); drop table tick; --/temperature` as SeriesId;
        await store.recordTick({
          ...tickAt(start, { [odd]: 3 }),
          events: [event(start, `'); drop table event; --`)],
        });
        expect((await store.events({ limit: 1 }))[0]?.message).toBe(`'); drop table event; --`);
        expect((await raw(odd, start, after(1)))?.values).toEqual([3]);
      });

      it("is kept when the clock went back, and its state is the latest", async () => {
        await store.recordTick({ ...tickAt(after(hour), { [power]: 1 }), state: 1 });
        await store.recordTick({ ...tickAt(start, { [power]: 2 }), state: 2 });
        expect(await store.latestState()).toEqual({ at: start, state: 2 });
        expect((await raw(power, start, after(2 * hour)))?.values).toEqual([2, null, 1]);
      });

      it("counts fractions of a millisecond as the nearest", async () => {
        await store.recordTick(tickAt(after(0.4), { [power]: 1 }));
        await store.recordTick(tickAt(after(10_000.6), { [power]: 2 }));
        expect((await raw(power, start, after(20_000)))?.at).toEqual([start, after(10_001)]);
      });

      it("may be one of many at once", async () => {
        await Promise.all(
          Array.from({ length: 40 }, (_, i) =>
            store.recordTick(tickAt(after(i * 1000), { [power]: i, [`heater/h${i}/power`]: i })),
          ),
        );
        expect((await raw(power, start, after(hour)))?.values).toEqual(
          Array.from({ length: 40 }, (_, i) => i),
        );
        expect((await raw("heater/h39/power", start, after(hour)))?.values).toEqual([39]);
      });
    });

    describe("the journal", () => {
      it("is read in pages, newest first, and skips nothing where several share an instant", async () => {
        const instants = [0, 0, 1, 2, 2, 2, 3].map(after);
        for (const [i, at] of instants.entries()) {
          await store.recordTick({
            ...tickAt(at),
            events: [event(at, String(i))],
            decisions: [decision(at, String(i))],
          });
        }
        const seen: string[] = [];
        for (let before: Instant | undefined; ;) {
          const page = await store.events({ limit: 2, ...(before === undefined ? {} : { before }) });
          seen.push(...page.map(({ message }) => message));
          before = page.at(-1)?.at;
          if (before === undefined) break;
        }
        expect(seen).toEqual(["6", "5", "4", "3", "2", "1", "0"]);
        const decisions = await store.decisions({ before: after(2), limit: 500 });
        expect(decisions.map(({ reason }) => reason)).toEqual(["2", "1", "0"]);
      });

      it("keeps the newest 200,000 entries", async () => {
        const record = (ms: number) =>
          store.recordTick({
            ...tickAt(after(ms)),
            events: [event(after(ms), String(ms))],
            decisions: [decision(after(ms), String(ms))],
          });
        await record(1);
        await sql`alter table event alter column id restart with 200001`.execute(database.db);
        await sql`alter table decision alter column id restart with 200001`.execute(database.db);
        await record(2);
        await condenseAll(start);
        expect((await store.events({ limit: 5 })).map(({ message }) => message)).toEqual(["2"]);
        expect((await store.decisions({ limit: 5 })).map(({ reason }) => reason)).toEqual(["2"]);
      });

      it.each([0, -1, 1.5, 501, NaN])("has no page of %s entries", async (limit) => {
        await expect(store.events({ limit })).rejects.toMatchObject({ code: "store/bad-page" });
        await expect(store.decisions({ limit })).rejects.toMatchObject({ code: "store/bad-page" });
      });
    });

    describe("history", () => {
      it("of what was never recorded is empty", async () => {
        expect(await store.history([power], start, after(day))).toEqual({
          resolution: "raw",
          series: [{ id: power, at: [], values: [] }],
        });
        expect(await store.history([], start, after(day))).toEqual({ resolution: "raw", series: [] });
      });

      it("has a begin that belongs to it and an end that does not", async () => {
        for (const ms of [0, 10_000, 20_000]) await store.recordTick(tickAt(after(ms), { [power]: ms }));
        expect((await raw(power, start, after(20_000)))?.values).toEqual([0, 10_000]);
        expect((await raw(power, after(1), after(20_001)))?.values).toEqual([10_000, 20_000]);
        expect((await raw(power, after(20_001), start))?.values).toEqual([]);
      });

      it("takes any span of time", async () => {
        await store.recordTick(tickAt(start, { [power]: 7 }));
        expect((await raw(power, Instant(-8.64e15), Instant(8.64e15)))?.values).toEqual([7]);
      });

      it("shows a gap as null, and none where readings are merely slow", async () => {
        const ms = [0, 10_000, 20_000, 200_000, 210_000];
        for (const at of ms) {
          await store.recordTick(
            tickAt(after(at), at % 200_000 ? { [power]: at } : { [power]: at, [temperature]: at }),
          );
        }
        expect(await raw(power, start, after(hour))).toEqual({
          id: power,
          at: [0, 10_000, 20_000, 50_000, 200_000, 210_000].map(after),
          values: [0, 10_000, 20_000, null, 200_000, 210_000],
        });
        expect((await raw(temperature, start, after(hour)))?.values).toEqual([0, 200_000]);
      });

      it("joins the provenances of a series", async () => {
        const reading = (ms: number, provenance: Reading["provenance"]): Reading => ({
          series: power,
          at: after(ms),
          value: ms,
          provenance,
        });
        const readings = [reading(0, "metered"), reading(10_000, "estimated"), reading(20_000, "reported")];
        await store.recordTick({ ...tickAt(start), readings });
        expect((await raw(power, start, after(hour)))?.values).toEqual([0, 10_000, 20_000]);
      });

      it("is the same before and after it is packed", async () => {
        const ticks = ticksOf(start, after(2 * hour + 100_000), 10_000, (at) => at % 977);
        for (const tick of ticks.slice(0, 5)) await store.recordTick(tick);
        await store.recordHistory(ticks.slice(5));
        const before = await store.history([power], start, after(day));
        await condenseAll(after(3 * hour + minute));
        expect(await store.history([power], start, after(day))).toEqual(before);
        expect(before.series[0]?.values).toEqual(ticks.map(({ readings }) => readings[0]?.value));
      });

      it("has at most 2,000 points, whatever was recorded", async () => {
        await store.recordHistory(ticksOf(start, after(day), 30_000, () => 60));
        for (const [span, resolution] of [
          [16 * hour, "raw"],
          [17 * hour, "5min"],
        ] as const) {
          const history = await store.history([power], start, after(span));
          expect(history.resolution).toBe(resolution);
          expect(history.series[0]?.at.length).toBeLessThanOrEqual(2000);
          expect(history.series[0]?.at.length).toBeGreaterThan(200);
        }
      });

      it("counts the marks of gaps among the points", async () => {
        const pairs = Array.from({ length: 900 }, (_, i) => [i * 60_000, i * 60_000 + 1000]).flat();
        await store.recordHistory(pairs.map((ms) => tickAt(after(ms), { [power]: 1 })));
        const { resolution, series } = await store.history([power], start, after(day));
        expect(resolution).toBe("5min");
        expect(series[0]?.at).toHaveLength(180);
      });
    });

    describe("means", () => {
      const twoDays = () =>
        ticksOf(start, after(2 * day), minute, (at) => ((at - start) % (2 * hour) < hour ? 100 : 0));

      it("times what they cover are the energy of the readings", async () => {
        await store.recordHistory(twoDays());
        await condenseAll(after(3 * day));
        const readings = await raw(power, start, after(2 * day)).catch(() => undefined);
        expect(readings).toBeUndefined();
        const rows = await database.db.selectFrom("mean").selectAll().execute();
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
        await store.recordHistory(
          ticksOf(start, after(100 * day), 10 * minute, (at) => Math.floor((at - start) / day)),
        );
        await condenseAll(after(100 * day));
        const eightDays = await store.history([power], start, after(8 * day));
        expect(eightDays.resolution).toBe("hour");
        expect(eightDays.series[0]?.at).toHaveLength(8 * 24);
        const all = await store.history([power], start, after(100 * day));
        expect(all.series[0]?.at).toHaveLength(100 * 12);
        expect(all.series[0]?.values.at(30 * 12)).toBeCloseTo(30, 1);
      });

      it("stand at the beginning of their intervals and go up to now", async () => {
        await store.recordHistory(twoDays());
        for (const [i, ms] of [0, 60_000, 120_000].entries()) {
          await store.recordTick(tickAt(after(2 * day + ms), { [power]: 500 + i }));
        }
        const { series } = await store.history([power], after(hour + 1), after(3 * day));
        expect(series[0]?.at[0]).toBe(after(hour + 5 * minute));
        expect(series[0]?.at.at(-1)).toBe(after(2 * day));
        expect(series[0]?.values.at(-1)).toBeCloseTo(501);
      });

      it("leave a gap a gap", async () => {
        const ticks = twoDays().filter(({ at }) => at < after(20 * hour) || at >= after(30 * hour));
        await store.recordHistory(ticks);
        await condenseAll(after(3 * day));
        const { resolution, series } = await store.history([power], start, after(2 * day));
        expect(resolution).toBe("5min");
        const gap = series[0]?.values.indexOf(null) ?? -1;
        expect(series[0]?.at[gap - 1]).toBe(after(20 * hour - 5 * minute));
        expect(series[0]?.at[gap]).toBe(after(20 * hour));
        expect(series[0]?.at[gap + 1]).toBe(after(30 * hour));
        expect(series[0]?.values.filter((value) => value === null)).toHaveLength(1);
      });

      it("are made of complete hours only, once", async () => {
        for (const tick of ticksOf(start, after(2 * hour), minute, () => 10)) await store.recordTick(tick);
        const rows = () => database.db.selectFrom("mean").select(["step", "count"]).orderBy("step").execute();
        expect(await store.condense(after(hour - 1))).toBe("done");
        expect(await rows()).toEqual([]);
        expect(await store.condense(after(hour + minute))).toBe("done");
        const once = [
          { step: 300, count: 12 },
          { step: 3600, count: 1 },
        ];
        expect(await rows()).toEqual(once);
        await store.condense(after(hour + minute));
        expect(await rows()).toEqual(once);
      });

      it("are made once when two programs make them at once", async () => {
        for (const tick of ticksOf(start, after(3 * hour), minute, () => 10)) await store.recordTick(tick);
        const other = storeOf(database);
        await Promise.all([store, other, store, other].map((each) => each.condense(after(4 * hour))));
        const rows = await database.db.selectFrom("mean").select(["step", "count"]).orderBy("step").execute();
        expect(rows).toEqual([
          { step: 300, count: 36 },
          { step: 3600, count: 3 },
        ]);
        expect((await raw(power, start, after(3 * hour)))?.values).toEqual(Array(180).fill(10));
      });

      it("are caught up a few hours a call", async () => {
        for (let i = 0; i < 20; i += 1) await store.recordTick(tickAt(after(i * hour), { [power]: i }));
        const calls: string[] = [];
        do calls.push(await store.condense(after(30 * hour)));
        while (calls.at(-1) === "more");
        expect(calls).toEqual(["more", "more", "more", "done"]);
        expect(await database.db.selectFrom("tick").selectAll().execute()).toEqual([]);
      });

      it("take in what comes late", async () => {
        const ticks = ticksOf(start, after(hour), minute, () => 10);
        await store.recordHistory(ticks.filter((_, i) => i < 20 || i >= 40));
        await condenseAll(after(2 * hour));
        await store.recordHistory(ticks.slice(20, 40));
        await condenseAll(after(2 * hour));
        const [mean] = await database.db.selectFrom("mean").selectAll().where("step", "=", 3600).execute();
        expect(mean).toMatchObject({ count: 1, means: [10], covered: [59 * 60] });
        expect((await raw(power, start, after(hour)))?.values).toEqual(Array(60).fill(10));
      });

      it("survive the largest numbers", async () => {
        await store.recordHistory(
          ticksOf(start, after(2 * hour), minute, (at) => (at % 120_000 ? 1e308 : -1e308)),
        );
        await condenseAll(after(4 * hour));
        expect((await raw(power, start, after(minute)))?.values).toEqual([-1e308]);
      });
    });

    describe("what is past its keep", () => {
      const now = after(9 * day);
      const tenDays = () => ticksOf(start, after(10 * day), 10 * minute, (at) => (at - start) / day);

      it("goes: readings after seven days, and their means stay", async () => {
        await store.recordHistory(tenDays());
        await condenseAll(now);
        const old = await store.history([power], after(0.5 * day), after(day));
        expect(old.resolution).toBe("5min");
        expect(old.series[0]?.values[0]).toBeCloseTo(0.5, 1);
        expect((await raw(power, after(3 * day), after(4 * day)))?.values).toHaveLength(144);
        expect(
          await database.db
            .selectFrom("chunk")
            .select("hour")
            .where("hour", "<", (start + 2 * day) / hour)
            .execute(),
        ).toEqual([]);
      });

      it("does not go because the clock jumped ahead", async () => {
        await store.recordHistory(tenDays());
        await store.recordTick(tickAt(after(5000 * day), { [power]: 1 }));
        await condenseAll(after(5001 * day));
        expect((await raw(power, after(4 * day), after(5 * day)))?.values).toHaveLength(144);
        const old = await store.history([power], start, after(day));
        expect(old.resolution).toBe("5min");
      });

      it("goes after two years where it is a 5-min mean, and the hourly means stay", async () => {
        await store.recordHistory(ticksOf(start, after(800 * day), 6 * hour, () => 5));
        await condenseAll(after(800 * day));
        const old = await store.history([power], after(10 * day), after(11 * day));
        expect(old).toMatchObject({ resolution: "hour", series: [{ id: power }] });
        expect(old.series[0]?.values.filter((value) => value === 5)).toHaveLength(4);
        expect((await store.history([power], after(700 * day), after(701 * day))).resolution).toBe("5min");
        const whole = await store.history([power], start, after(800 * day));
        expect(whole.series[0]?.at.length).toBeLessThanOrEqual(2000);
      });
    });
  });
}
