import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { HeaterId, type Instant, type Reading, type SeriesId } from "../domain/index.ts";
import {
  after,
  type Bench,
  decision,
  event,
  hour,
  power,
  start,
  temperature,
  tickAt,
} from "./bench.suite.ts";
import type { EventPage, Json } from "./store.ts";

/** Ticks and the journal: what goes in comes out. */
export function describeTicks(bench: Bench): void {
  describe("a tick", () => {
    it("comes back as it was recorded", async () => {
      const state = { integral: 0.1, list: [1, null, "ü\u0000\ud800"], deep: { on: true } };
      await bench.store.recordTick({
        ...tickAt(start, { [temperature]: 20.25, [power]: 61.12345678901234 }),
        decisions: [decision(start, "holding 60 W: 0.4 °C below target")],
        events: [event(start, "Up")],
        state,
      });
      expect(await bench.store.history([power, temperature], start, after(1))).toEqual({
        resolution: "raw",
        series: [
          { id: power, at: [start], values: [61.12345678901234] },
          { id: temperature, at: [start], values: [20.25] },
        ],
      });
      expect(await bench.store.latestState()).toEqual({ at: start, state });
      expect(await bench.store.events({ limit: 5 })).toEqual([event(start, "Up")]);
      expect(await bench.store.decisions({ limit: 5 })).toEqual([
        decision(start, "holding 60 W: 0.4 °C below target"),
      ]);
    });

    it("is kept not at all when a part of it cannot be kept", async () => {
      await bench.store.recordTick(tickAt(start, { [power]: 1 }));
      const circular: Record<string, Json> = {};
      circular["self"] = circular;
      const tick = { ...tickAt(after(1), { [power]: 2 }), events: [event(after(1), "x")], state: circular };
      await expect(bench.store.recordTick(tick)).rejects.toMatchObject({ code: "store/failed" });
      expect(await bench.raw(power, start, after(10))).toEqual({ id: power, at: [start], values: [1] });
      expect(await bench.store.events({ limit: 1 })).toEqual([]);
      expect(await bench.store.latestState()).toEqual({ at: start, state: null });
    });

    it.each([
      ["a reading that is no number", { value: NaN, at: start }],
      ["a reading without bounds", { value: -Infinity, at: start }],
      ["a time no clock shows", { value: 1, at: 8.64e15 as Instant }],
    ])("is refused with %s", async (_, part) => {
      const reading: Reading = { series: power, provenance: "metered", ...part };
      await expect(bench.store.recordTick({ ...tickAt(start), readings: [reading] })).rejects.toMatchObject({
        code: "store/bad-tick",
        retry: "never",
      });
      expect(await bench.store.latestState()).toBeUndefined();
    });

    it("may hold texts with characters that PostgreSQL refuses", async () => {
      await bench.store.recordTick({ ...tickAt(start), events: [event(start, "no\0such 🔥\ud800")] });
      expect((await bench.store.events({ limit: 1 }))[0]?.message).toBe("no\ufffdsuch 🔥\ufffd");
    });

    it("that is recorded again changes nothing", async () => {
      const tick = {
        ...tickAt(start, { [power]: 5 }),
        events: [event(start, "x".repeat(5000)), event(start, "y")],
        decisions: [decision(start, "r")],
      };
      for (const once of [tick, tick]) await bench.store.recordTick(once);
      await bench.store.recordHistory([tick, tickAt(after(1), { [power]: 6 })]);
      await bench.condenseAll(after(2 * hour));
      await bench.store.recordTick(tick);
      expect((await bench.raw(power, start, after(hour)))?.values).toEqual([5, 6]);
      expect(await bench.store.events({ limit: 9 })).toHaveLength(2);
      expect(await bench.store.decisions({ limit: 9 })).toHaveLength(1);
    });

    it("whose state is garbage is told apart from none", async () => {
      await bench.store.recordTick(tickAt(start));
      await bench.database.db.updateTable("controller_state").set({ state: "{garbage" }).execute();
      await expect(bench.store.latestState()).rejects.toMatchObject({
        code: "store/bad-state",
        message: expect.stringContaining("controller_state"),
      });
    });

    it("may hold ids and texts that look like SQL", async () => {
      const odd = `sink/x'); drop table tick; --/temperature` as SeriesId;
      await bench.store.recordTick({
        ...tickAt(start, { [odd]: 3 }),
        events: [event(start, `'); drop table event; --`)],
      });
      expect((await bench.store.events({ limit: 1 }))[0]?.message).toBe(`'); drop table event; --`);
      expect((await bench.raw(odd, start, after(1)))?.values).toEqual([3]);
    });

    it("is kept when the clock went back, and its state is the latest", async () => {
      await bench.store.recordTick({ ...tickAt(after(hour), { [power]: 1 }), state: 1 });
      await bench.store.recordTick({ ...tickAt(start, { [power]: 2 }), state: 2 });
      expect(await bench.store.latestState()).toEqual({ at: start, state: 2 });
      expect((await bench.raw(power, start, after(2 * hour)))?.values).toEqual([2, null, 1]);
    });

    it("counts fractions of a millisecond as the nearest", async () => {
      await bench.store.recordTick(tickAt(after(0.4), { [power]: 1 }));
      await bench.store.recordTick(tickAt(after(10_000.6), { [power]: 2 }));
      expect((await bench.raw(power, start, after(20_000)))?.at).toEqual([start, after(10_001)]);
    });

    it("may be one of many at once", async () => {
      await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          bench.store.recordTick(tickAt(after(i * 1000), { [power]: i, [`heater/h${i}/power`]: i })),
        ),
      );
      expect((await bench.raw(power, start, after(hour)))?.values).toEqual(
        Array.from({ length: 40 }, (_, i) => i),
      );
      expect((await bench.raw("heater/h39/power", start, after(hour)))?.values).toEqual([39]);
    });
  });

  describe("the journal", () => {
    it("is read in pages, newest first, and skips nothing where several share an instant", async () => {
      const instants = [0, 0, 1, 2, 2, 2, 3].map(after);
      for (const [i, at] of instants.entries()) {
        await bench.store.recordTick({
          ...tickAt(at),
          events: [event(at, String(i))],
          decisions: [decision(at, String(i))],
        });
      }
      const seen: string[] = [];
      for (let before: Instant | undefined; ;) {
        const page = await bench.store.events({ limit: 2, ...(before === undefined ? {} : { before }) });
        seen.push(...page.map(({ message }) => message));
        before = page.at(-1)?.at;
        if (before === undefined) break;
      }
      expect(seen).toEqual(["6", "5", "4", "3", "2", "1", "0"]);
      const decisions = await bench.store.decisions({ before: after(2), limit: 500 });
      expect(decisions.map(({ reason }) => reason)).toEqual(["2", "1", "0"]);
    });

    it("is filtered by level, subject and words, in capitals or not, page by page", async () => {
      const told = [
        { level: "info", subject: "site", message: "The hearth began" },
        { level: "warning", subject: "study", message: "The sensor is late: 50% of its words_miss" },
        { level: "alarm", subject: "study", message: "SENSOR lost\0" },
        { level: "warning", subject: "living-room", message: "The sensor is late" },
      ] as const;
      for (const [i, one] of told.entries()) {
        const at = after(i);
        const reason = decision(at, one.message);
        await bench.store.recordTick({
          ...tickAt(at),
          events: [{ ...event(at, one.message), ...one }],
          decisions: [{ ...reason, heaterId: HeaterId(one.subject) }],
        });
      }
      const indexes = async (page: Omit<EventPage, "limit">, limit = 9) =>
        (await bench.store.events({ ...page, limit })).map(({ at }) => at - start);
      expect(await indexes({ levels: ["warning", "alarm"] })).toEqual([3, 2, 1]);
      expect(await indexes({ levels: [] })).toEqual([]);
      expect(await indexes({ subject: "study" })).toEqual([2, 1]);
      expect(await indexes({ text: "sensor" })).toEqual([3, 2, 1]);
      expect(await indexes({ text: "Sensor", levels: ["warning"], subject: "study" })).toEqual([1]);
      expect(await indexes({ text: "sensor" }, 2)).toEqual([3, 2]);
      expect(await indexes({ text: "sensor", before: after(2) }, 2)).toEqual([1]);
      expect(await indexes({ text: "0% of its words_" })).toEqual([1]);
      expect(await indexes({ text: "%" })).toEqual([1]);
      expect(await indexes({ text: "lost\0" })).toEqual([2]);
      const decided = await bench.store.decisions({ subject: "study", text: "LATE", limit: 9 });
      expect(decided.map(({ at }) => at - start)).toEqual([1]);
    });

    it("keeps the newest 200,000 entries", async () => {
      const record = (ms: number) =>
        bench.store.recordTick({
          ...tickAt(after(ms)),
          events: [event(after(ms), String(ms))],
          decisions: [decision(after(ms), String(ms))],
        });
      await record(1);
      await sql`alter table event alter column id restart with 200001`.execute(bench.database.db);
      await sql`alter table decision alter column id restart with 200001`.execute(bench.database.db);
      await record(2);
      await bench.condenseAll(start);
      expect((await bench.store.events({ limit: 5 })).map(({ message }) => message)).toEqual(["2"]);
      expect((await bench.store.decisions({ limit: 5 })).map(({ reason }) => reason)).toEqual(["2"]);
    });

    it.each([0, -1, 1.5, 501, NaN])("has no page of %s entries", async (limit) => {
      await expect(bench.store.events({ limit })).rejects.toMatchObject({ code: "store/bad-page" });
      await expect(bench.store.decisions({ limit })).rejects.toMatchObject({ code: "store/bad-page" });
    });
  });
}
