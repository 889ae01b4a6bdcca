import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  Instant,
  plus,
  Seconds,
  seededRandom,
  type SimulatedClock,
  simulatedClock,
} from "../../src/domain/index.ts";
import { carbonSchema, tariffSchema, weatherSchema } from "../../src/hearth/config/feedsConfig.ts";
import type { SiteConfig } from "../../src/hearth/index.ts";
import { type LiveSite, openLiveSite } from "../../src/hearth/index.ts";
import { testHome } from "../../src/hearth/testHome.suite.ts";
import type { Store } from "../../src/store/index.ts";
import { openReadyStore } from "../readyData.ts";
import { type FeedSource, startSource } from "../../src/drivers/feeds/feedBench.suite.ts";

// Answers written by hand from the documented shapes; none was recorded.

const tenOClock = Date.parse("2026-01-14T10:00:00Z");
const start = Instant(tenOClock + 40 * 60_000);
const hourly = Array.from({ length: 6 }, (_, index) => tenOClock + index * 3_600_000);
const market = JSON.stringify({
  data: hourly.map((ms, index) => ({
    start_timestamp: ms,
    end_timestamp: ms + 3_600_000,
    marketprice: 100 + 10 * index,
    unit: "Eur/MWh",
  })),
});
const weather = JSON.stringify({
  hourly: {
    time: hourly.map((ms) => ms / 1000),
    temperature_2m: hourly.map((_, index) => index),
    shortwave_radiation: hourly.map(() => 200),
    direct_normal_irradiance: hourly.map(() => 300),
    diffuse_radiation: hourly.map(() => 80),
  },
});
const carbon = JSON.stringify({
  data: hourly.map((ms, index) => ({
    from: new Date(ms).toISOString().replace(":00.000", ""),
    to: new Date(ms + 3_600_000).toISOString().replace(":00.000", ""),
    intensity: { forecast: 200 + index, actual: null, index: "moderate" },
  })),
});

let sources: readonly FeedSource[];
let store: Store;
let clock: SimulatedClock;
let home: ReturnType<typeof testHome>;
let site: LiveSite | undefined;

beforeEach(async () => {
  sources = await Promise.all(["http", "http", "http"].map(() => startSource("http")));
  [market, carbon, weather].forEach((text, index) => sources[index]?.give(text));
  store = await openReadyStore();
  clock = simulatedClock(start);
  home = testHome(clock);
});
afterEach(async () => {
  await closeSite();
  await store.close();
  await Promise.all(sources.map((source) => source.close()));
});

const place = (index: number) => sources[index]?.place ?? "";
function config(): SiteConfig {
  const plain = home.config({ one: "s19" });
  const tariff = tariffSchema.parse({
    currency: "EUR",
    perKwh: 0.5,
    market: {
      feed: { driver: "awattar", address: place(0), alarmAfterHours: 1 },
      surchargePerKwh: 0.1,
      vatPercent: 20,
    },
    feedIn: { kind: "spot", feePerKwh: 0.01 },
    capacity: { perKw: 4 },
  });
  return {
    ...plain,
    site: {
      ...plain.site,
      tariff,
      carbon: carbonSchema.parse({ gramsPerKwh: 400, feed: { driver: "uk-carbon", address: place(1) } }),
      weather: weatherSchema.parse({
        driver: "open-meteo",
        latitude: 52.5,
        longitude: 13.4,
        address: place(2),
      }),
    },
  };
}
const open = async () => {
  site = await openLiveSite({
    config: config(),
    store,
    clock,
    random: seededRandom(1),
    log: pino({ enabled: false }),
    version: "0",
    startMiner: () => Promise.reject(new Error("no miner here")),
  });
  return site;
};
async function closeSite() {
  if (!site) return;
  const closed = site.close().then(() => "closed" as const);
  while ((await Promise.race([closed, pass(1)])) !== "closed");
  site = undefined;
}
async function pass(seconds: number) {
  for (let left = seconds; left > 0; left -= 10) {
    await clock.advance(Seconds(Math.min(10, left)));
    await store.latestState();
  }
}
const viewOf = (live: LiveSite) => live.hearth.view();
const answered = (live: LiveSite) =>
  expect
    .poll(() => viewOf(live).feeds.map(({ trouble, fetchedAt }) => trouble === null && fetchedAt !== null), {
      timeout: 5000,
    })
    .toEqual([true, true, true]);

describe("a hearth with feeds", () => {
  it("runs at once on what it falls back to, and shows what they say once they answered", async () => {
    for (const source of sources) source.fail("hang");
    const live = await open();
    expect(viewOf(live).grid).toMatchObject({
      price: { amount: "0.500000" },
      priceFrom: "fixed",
      gramsPerKwh: 400,
    });
    expect(viewOf(live).outdoor).toBeNull();
    expect(viewOf(live).feeds.map(({ trouble }) => trouble)).toEqual(Array(3).fill("has not answered yet"));
    await closeSite();

    [market, carbon, weather].forEach((text, index) => sources[index]?.give(text));
    const next = await open();
    await answered(next);
    expect(viewOf(next)).toMatchObject({
      grid: {
        price: { amount: "0.240000", currency: "EUR" },
        priceFrom: "market",
        feedInPrice: { amount: "0.090000" },
        gramsPerKwh: 200,
      },
      outdoor: { temperatureC: 0.5, irradianceWm2: 200 },
    });
    expect(viewOf(next).feeds[0]).toMatchObject({
      name: "prices",
      driver: "awattar",
      fetchedAt: expect.stringMatching(/^2026-01-14T10:40/) as string,
      coveredUntil: "2026-01-14T16:00:00.000Z",
    });
  });

  it("tells the hours ahead, with the fixed price where the market's is not known", async () => {
    const live = await open();
    await answered(live);
    const { prices, feedIn, carbon: grams, weather: hours } = live.hearth.forecast(8);
    expect(prices.map(({ perKwh }) => perKwh)).toEqual([
      "0.240000",
      "0.252000",
      "0.264000",
      "0.276000",
      "0.288000",
      "0.300000",
      "0.500000",
    ]);
    expect(prices.at(-1)).toMatchObject({
      from: "2026-01-14T16:00:00.000Z",
      until: expect.stringMatching(/^2026-01-14T18:4/) as string,
    });
    expect(feedIn).toHaveLength(6);
    expect(grams.map(({ gramsPerKwh }) => gramsPerKwh)).toEqual([200, 201, 202, 203, 204, 205]);
    expect(hours[0]).toMatchObject({
      temperatureC: 0.5,
      irradianceWm2: 200,
      directNormalWm2: 300,
      diffuseWm2: 80,
    });
  });

  it("charges each hour its own price, to the millionth, and records what it was", async () => {
    home.room.value = 18;
    const live = await open();
    await answered(live);
    await through(live.hearth.trustHeater("one"));
    await pass(2400);
    const { today } = viewOf(live);
    const at = clock.now();
    const { series } = await live.hearth.history(
      ["site/grid/price", "site/grid/carbon", "site/outdoor/temperature", "heater/one/power"],
      start,
      plus(at, Seconds(1)),
    );
    const valuesOf = (index: number) => new Set(series[index]?.values.filter((value) => value !== null));
    expect([...valuesOf(0)]).toEqual(expect.arrayContaining([0.24, 0.252]));
    expect([...valuesOf(1)]).toEqual(expect.arrayContaining([200, 201]));
    expect([...valuesOf(2)]).toEqual(expect.arrayContaining([0.5, 1.5]));
    expect(series.map(({ unit }) => unit)).toEqual(["per kWh", "g/kWh", "°C", "W"]);
    expect(today.energyKwh).toBeGreaterThan(0.1);
    const perKwh = Number(today.cost.amount) / today.energyKwh;
    expect(perKwh).toBeGreaterThan(0.24);
    expect(perKwh).toBeLessThan(0.252);
    const { capacity } = viewOf(live).grid;
    expect(capacity).toMatchObject({ of: "heaters", peakWatts: expect.closeTo(600, -1) as number });
    expect(Number(capacity?.cost.amount)).toBeCloseTo(((capacity?.peakWatts ?? 0) / 1000) * 4, 3);
  });

  it("warns after hours without an answer, and goes on with what is known", async () => {
    const live = await open();
    await answered(live);
    sources[0]?.fail("down");
    await pass(3000);
    expect(viewOf(live).alarms.filter(({ code }) => code === "feed/stale")).toEqual([]);
    await pass(1200);
    expect(viewOf(live).alarms).toContainEqual(
      expect.objectContaining({
        level: "warning",
        code: "feed/stale",
        message: expect.stringMatching(
          /^The market's prices: awattar has given nothing new for 1 h: .*503/,
        ) as string,
      }),
    );
    expect(viewOf(live).grid.priceFrom).toBe("market");
  });

  it("knows after a restart what it knew, while nobody answers", async () => {
    await answered(await open());
    await closeSite();
    for (const source of sources) source.fail("down");
    const next = await open();
    await expect.poll(() => viewOf(next).feeds[0]?.trouble, { timeout: 5000 }).toMatch(/503/);
    expect(viewOf(next).grid.priceFrom).toBe("market");
    expect(viewOf(next).outdoor).not.toBeNull();
  });

  it("takes up other feeds while it runs, and lets go of those that are gone", async () => {
    const live = await open();
    await answered(live);
    const plain = home.config({ one: "s19" });
    await through(live.reconfigure(plain));
    expect(viewOf(live).feeds).toEqual([]);
    expect(viewOf(live).grid).toMatchObject({ priceFrom: "fixed", price: { amount: "0.310000" } });
    await through(live.reconfigure(config()));
    await answered(live);
    expect(viewOf(live).grid.priceFrom).toBe("market");
  });
});

async function through<T>(work: Promise<T>): Promise<T> {
  const over = work.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([over, pass(1)])));
  return await work;
}
