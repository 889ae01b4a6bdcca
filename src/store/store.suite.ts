import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HeaterId, Instant, type Reading, type SeriesId } from "../domain/index.ts";
import type { Store, TickRecord } from "./store.ts";

const start = Instant(Date.UTC(2026, 0, 15, 12));
const temperature: SeriesId = "sink/living-room/temperature";
const power: SeriesId = "heater/this-computer/power";

export function tickAt(at: Instant, values: Readonly<Record<SeriesId, number>> = {}): TickRecord {
  const readings = Object.entries(values).map(([series, value]): Reading => ({
    series: series as SeriesId,
    at,
    value,
    provenance: "metered",
  }));
  return { at, readings, decisions: [], events: [], state: { at } };
}

/** What every store does, whatever keeps it. */
export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`store in ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it("returns what was recorded", async () => {
      await store.recordTick({
        ...tickAt(start, { [temperature]: 20.25, [power]: 61.5 }),
        decisions: [
          {
            at: start,
            heaterId: HeaterId("this-computer"),
            setpointWatts: 60,
            workload: "mining",
            reason: "r",
          },
        ],
        events: [{ at: start, level: "info", code: "site/up", subject: "site", message: "Up" }],
        state: { integral: 0.5, list: [1, null, "x"] },
      });
      const history = await store.history([temperature, power], start, Instant(start + 1));
      expect(history).toEqual({
        resolution: "raw",
        series: [
          { id: temperature, at: [start], values: [20.25] },
          { id: power, at: [start], values: [61.5] },
        ],
      });
      expect(await store.latestState()).toEqual({
        at: start,
        state: { integral: 0.5, list: [1, null, "x"] },
      });
      expect(await store.events({ limit: 5 })).toHaveLength(1);
      expect(await store.decisions({ limit: 5 })).toHaveLength(1);
    });
  });
}
