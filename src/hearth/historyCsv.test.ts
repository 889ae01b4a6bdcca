import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Instant, plus, Seconds, type SeriesId } from "../domain/index.ts";
import type { Store, TickRecord } from "../store/index.ts";
import { openReadyStore } from "../../test/readyData.ts";
import { type CsvQuestion, headOf, historyCsv } from "./historyCsv.ts";

/** An hour and a half before Berlin's clocks go back. */
const start = Instant(Date.parse("2026-10-24T23:30:00Z"));
const after = (seconds: number) => plus(start, Seconds(seconds));

let store: Store;
beforeAll(async () => {
  store = await openReadyStore();
});
afterAll(() => store.close());

const tickAt = (seconds: number, values: Readonly<Record<SeriesId, number>>): TickRecord => ({
  at: after(seconds),
  readings: Object.entries(values).map(([series, value]) => ({
    series: series as SeriesId,
    at: after(seconds),
    value,
    provenance: "metered",
  })),
  decisions: [],
  events: [],
  state: null,
});

async function pieces(ids: readonly SeriesId[], changes: Partial<CsvQuestion> = {}): Promise<string[]> {
  const columns = ids.map((id) => ({ id, head: id }));
  const question = { columns, from: start, to: after(86_400), timezone: "Europe/Berlin", ...changes };
  const found: string[] = [];
  for await (const piece of historyCsv(store, question)) found.push(piece);
  return found;
}

describe("a history as a table", () => {
  it("has a line a time, in the site's zone, also when its clocks go back", async () => {
    const [power, warmth] = ["heater/miner/power", "sink/study/temperature"] as const;
    await store.recordHistory([
      tickAt(0, { [power]: 90, [warmth]: 20.25 }),
      tickAt(10.5, { [power]: 0 }),
      tickAt(2 * 3600, { [warmth]: 19 }),
    ]);
    const columns = [
      { id: warmth, head: 'The "small", study temperature (°C)' },
      { id: power, head: "=1+1 power (W)" },
    ];
    expect((await pieces([], { columns })).join("")).toBe(
      [
        `time,epoch,"The ""small"", study temperature (°C)",'=1+1 power (W)`,
        "2026-10-25T01:30:00+02:00,1792884600,20.25,90",
        "2026-10-25T01:30:10.500+02:00,1792884610.5,,0",
        "2026-10-25T02:30:00+01:00,1792891800,19,",
        "",
      ].join("\r\n"),
    );
  });

  it("tells each quantity with the decimals that it means", async () => {
    const values = {
      "sink/study/foreseen": 20.123456789,
      "heater/fine/power": 149.99749999,
      "heater/fine/hashrate": 104_000_000_000_000.4,
      "site/grid/price": 0.3123456789,
      "site/grid/carbon": 381.123456,
      "site/outdoor/irradiance": 412.0000001,
    } as const;
    await store.recordHistory([tickAt(20, values)]);
    const text = (await pieces(Object.keys(values) as SeriesId[], { from: after(20), to: after(21) })).join(
      "",
    );
    const [, line = ""] = text.split("\r\n");
    expect(line).toMatch(/,20\.123,150,104000000000000,0\.312346,381\.12,412$/);
  });

  it("is the head alone when nothing is recorded, and has an end that does not belong to it", async () => {
    const id = "heater/plain/power";
    expect(await pieces([id])).toEqual([`time,epoch,${id}\r\n`]);
    await store.recordHistory([tickAt(0, { [id]: 1 }), tickAt(60, { [id]: 2 })]);
    const text = (await pieces([id], { to: after(60) })).join("");
    expect(text.trimEnd().split("\r\n")).toHaveLength(2);
  });

  it("comes in pieces, with every reading, however many there are and however far apart", async () => {
    const id = "heater/busy/power";
    const year = 365 * 86_400;
    const seconds = Array.from({ length: 4000 }, (_, index) => year + index * 5);
    await store.recordHistory(seconds.map((second) => tickAt(second, { [id]: second - year })));
    const to = after(3 * year);
    const found = await pieces([id], { to });
    expect(found.length).toBeGreaterThan(2);
    expect(found.length).toBeLessThan(10);
    const lines = found.join("").trimEnd().split("\r\n");
    expect(lines).toHaveLength(4001);
    expect(lines.at(-1)).toMatch(/,19995$/);
    const means = (await pieces([id], { to, resolution: "hour" })).join("");
    expect(means.trimEnd().split("\r\n")).toHaveLength(8);
  });
});

describe("the head of a column", () => {
  const names = new Map([["sink/study", "Study"]]);
  it.each([
    ["sink/study/temperature" as const, "Study temperature (°C)"],
    ["heater/gone/power" as const, "heater/gone/power"],
  ])("of %s is %s", (id, head) => expect(headOf(id, names)).toBe(head));
});
