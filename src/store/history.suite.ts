import { describe, expect, it } from "vitest";
import { Instant, type Reading } from "../domain/index.ts";
import {
  after,
  type Bench,
  day,
  hour,
  minute,
  power,
  start,
  temperature,
  tickAt,
  ticksOf,
} from "./bench.suite.ts";
import type { Resolution } from "./store.ts";

/** History at the resolution that fits. */
export function describeHistory(bench: Bench): void {
  it("knows every series that was recorded", async () => {
    expect(await bench.store.series()).toEqual([]);
    await bench.store.recordTick(tickAt(start, { [power]: 1, [temperature]: 20 }));
    await bench.store.recordTick(tickAt(after(1000), { [power]: 1 }));
    expect(await bench.store.series()).toEqual([power, temperature]);
  });

  describe("history", () => {
    it("of what was never recorded is empty", async () => {
      expect(await bench.store.history([power], start, after(day))).toEqual({
        resolution: "raw",
        series: [{ id: power, at: [], values: [] }],
      });
      expect(await bench.store.history([], start, after(day))).toEqual({ resolution: "raw", series: [] });
    });

    it("has a begin that belongs to it and an end that does not", async () => {
      for (const ms of [0, 10_000, 20_000]) await bench.store.recordTick(tickAt(after(ms), { [power]: ms }));
      expect((await bench.raw(power, start, after(20_000)))?.values).toEqual([0, 10_000]);
      expect((await bench.raw(power, after(1), after(20_001)))?.values).toEqual([10_000, 20_000]);
      expect((await bench.raw(power, after(20_001), start))?.values).toEqual([]);
    });

    it("takes any span of time", async () => {
      await bench.store.recordTick(tickAt(start, { [power]: 7 }));
      expect((await bench.raw(power, Instant(-8.64e15), Instant(8.64e15)))?.values).toEqual([7]);
    });

    it("shows a gap as null, and none where readings are merely slow", async () => {
      const ms = [0, 10_000, 20_000, 200_000, 210_000];
      for (const at of ms) {
        await bench.store.recordTick(
          tickAt(after(at), at % 200_000 ? { [power]: at } : { [power]: at, [temperature]: at }),
        );
      }
      expect(await bench.raw(power, start, after(hour))).toEqual({
        id: power,
        at: [0, 10_000, 20_000, 50_000, 200_000, 210_000].map(after),
        values: [0, 10_000, 20_000, null, 200_000, 210_000],
      });
      expect((await bench.raw(temperature, start, after(hour)))?.values).toEqual([0, 200_000]);
    });

    it("joins the provenances of a series", async () => {
      const reading = (ms: number, provenance: Reading["provenance"]): Reading => ({
        series: power,
        at: after(ms),
        value: ms,
        provenance,
      });
      const readings = [reading(0, "metered"), reading(10_000, "estimated"), reading(20_000, "reported")];
      await bench.store.recordTick({ ...tickAt(start), readings });
      expect((await bench.raw(power, start, after(hour)))?.values).toEqual([0, 10_000, 20_000]);
    });

    it("is the same before and after it is packed", async () => {
      const ticks = ticksOf(start, after(2 * hour + 100_000), 10_000, (at) => at % 977);
      for (const tick of ticks.slice(0, 5)) await bench.store.recordTick(tick);
      await bench.store.recordHistory(ticks.slice(5));
      const before = await bench.store.history([power], start, after(day));
      await bench.condenseAll(after(3 * hour + minute));
      expect(await bench.store.history([power], start, after(day))).toEqual(before);
      expect(before.series[0]?.values).toEqual(ticks.map(({ readings }) => readings[0]?.value));
    });

    it("is given whole at the resolution that is asked for, packed or not", async () => {
      const ticks = ticksOf(start, after(6 * hour), 5_000, (at) => at - start);
      await bench.store.recordHistory(ticks);
      const recorded = async (resolution: Resolution) =>
        (await bench.store.recorded([power], start, after(4 * hour), resolution))[0]?.values;
      for (const _ of ["fresh", "packed"]) {
        expect(await recorded("raw")).toEqual(ticks.slice(0, 2880).map((_tick, i) => i * 5_000));
        expect(await recorded("5min")).toHaveLength(48);
        expect(await recorded("hour")).toHaveLength(4);
        await bench.condenseAll(after(day));
      }
    });

    it("has at most 2,000 points, whatever was recorded", async () => {
      await bench.store.recordHistory(ticksOf(start, after(day), 30_000, () => 60));
      for (const [span, resolution] of [
        [16 * hour, "raw"],
        [17 * hour, "5min"],
      ] as const) {
        const history = await bench.store.history([power], start, after(span));
        expect(history.resolution).toBe(resolution);
        expect(history.series[0]?.at.length).toBeLessThanOrEqual(2000);
        expect(history.series[0]?.at.length).toBeGreaterThan(200);
      }
    });

    it("counts the marks of gaps among the points", async () => {
      const pairs = Array.from({ length: 900 }, (_, i) => [i * 60_000, i * 60_000 + 1000]).flat();
      await bench.store.recordHistory(pairs.map((ms) => tickAt(after(ms), { [power]: 1 })));
      const { resolution, series } = await bench.store.history([power], start, after(day));
      expect(resolution).toBe("5min");
      expect(series[0]?.at).toHaveLength(180);
    });
  });
}
