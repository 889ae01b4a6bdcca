import { pino } from "pino";
import { z } from "zod";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { plus, type SimulatedClock, Seconds, seededRandom, simulatedClock } from "../domain/index.ts";
import type { Store } from "../store/index.ts";
import { openReadyStore } from "../../test/readyData.ts";
import { type LiveSite, openLiveSite } from "./liveSite.ts";
import { noon, testHome, type TestPlug } from "./testHome.suite.ts";

let clock: SimulatedClock;
let store: Store;
let home: ReturnType<typeof testHome>;
let site: LiveSite;

let began = noon;

beforeAll(async () => {
  store = await openReadyStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  began = plus(began, Seconds(10 * 86_400));
  clock = simulatedClock(began);
  await store.recordTick({ at: began, readings: [], decisions: [], events: [], state: null });
  home = testHome(clock);
  site = await openLiveSite({
    config: home.config({ one: "s19", two: "avalon" }),
    store,
    clock,
    random: seededRandom(1),
    log: pino({ enabled: false }),
    version: "0",
    startMiner: () => Promise.reject(new Error("no miner here")),
  });
  for (const id of ["one", "two"]) await through(site.hearth.trustHeater(id));
  await pass(180);
  home.told.splice(0);
});
afterEach(async () => {
  const closed = site.close().then(() => "closed" as const);
  while ((await Promise.race([closed, pass(1)])) !== "closed");
});

/** Lets simulated time pass no faster than the real database writes. */
async function pass(seconds: number) {
  for (let left = seconds; left > 0; left -= 10) {
    await clock.advance(Seconds(Math.min(10, left)));
    await store.latestState();
  }
}
/** Waits for work that takes simulated time. */
async function through<T>(work: Promise<T>): Promise<T> {
  const over = work.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([over, pass(1)])));
  return await work;
}
const plugAt = (host: string): TestPlug => ({
  ours: {
    driver: "test",
    ratedWatts: 2000,
    timerSeconds: 180,
    cutWhenIdle: false,
    bootSeconds: 120,
    pauseSeconds: 60,
  },
  definition: { name: "test", summary: "", config: z.unknown(), open: () => Promise.reject(new Error()) },
  driverConfig: { address: new URL(`http://${host}`) },
});
const shown = () => site.hearth.view().heaters.map(({ id, state }) => `${id} ${state}`);

describe("a site that is changed while it runs", () => {
  it("heats with both before", () => {
    expect(shown()).toEqual(["one heating", "two heating"]);
  });

  it("leaves alone what stays: not stopped, not let go of, not opened anew", async () => {
    await through(site.reconfigure(home.config({ one: "s19", two: "avalon", three: "bitaxe" })));
    await pass(60);
    expect(
      home.told.filter((line) => /^(s19|avalon|thermometer) (open|close|leave|apply 0)/.test(line)),
    ).toEqual([]);
    expect(["s19", "avalon"].map((name) => home.watts.get(name) ?? 0).every((watts) => watts >= 300)).toBe(
      true,
    );
    expect(shown()).toHaveLength(3);
  });

  it("goes on where it was: the day's energy, what the owner stopped, the time it knows", async () => {
    await through(site.hearth.stopHeater("two"));
    await pass(60);
    const before = site.hearth.view();
    await through(site.reconfigure(home.config({ one: "s19", two: "avalon", three: "bitaxe" })));
    const after = site.hearth.view();
    expect(before.today.energyKwh).toBeGreaterThan(0.03);
    expect(after.today.energyKwh).toBeGreaterThanOrEqual(before.today.energyKwh);
    expect(after.heaters[1]?.state).toBe("stopped-by-owner");
    expect(after.tick).toBe(before.tick + 1);
    expect(after.sinks[0]?.temperatureC).toBeCloseTo(before.sinks[0]?.temperatureC ?? 0, 1);
  });

  it("brings what goes to its safe state before it forgets it, and the feeder keeps its share until then", async () => {
    let closed = () => {};
    home.closing.set("avalon", new Promise((resolve) => (closed = resolve)));
    const change = site.reconfigure(home.config({ one: "s19", three: "bitaxe" }));
    await pass(5);
    expect(home.told).toEqual(["bitaxe open", "avalon close"]);
    expect(shown()).toHaveLength(2);
    closed();
    await through(change);
    await pass(20);
    expect(home.watts.get("avalon")).toBe(5);
    const [closedAt, askedAt] = [/^avalon closed/, /^bitaxe apply/].map((line) =>
      home.told.findIndex((one) => line.test(one)),
    );
    expect(closedAt).toBe(2);
    expect(askedAt).toBeGreaterThan(2);
    expect(shown().map((line) => line.split(" ")[0])).toEqual(["one", "three"]);
  });

  it("watches the others while one hangs in its closing", async () => {
    home.closing.set("avalon", new Promise(() => {}));
    const change = site.reconfigure(home.config({ one: "s19" }));
    await pass(2);
    home.room.value = 27;
    await pass(12);
    expect(home.watts.get("s19")).toBe(5);
    await through(change);
    expect(shown().map((line) => line.split(" ")[0])).toEqual(["one"]);
  });

  it("tries the heater that is another one now, and leaves the other trusted", async () => {
    await through(site.reconfigure(home.config({ one: "s21", two: "avalon" })));
    expect(site.hearth.view().heaters.map(({ trial }) => trial.status)).toEqual(["waiting", "skipped"]);
  });

  it("begins its costs anew in another currency, and mixes no two; energies go on", async () => {
    const before = site.hearth.view();
    expect(Number(before.total.cost.amount)).toBeGreaterThan(0);
    const config = home.config({ one: "s19", two: "avalon" });
    const tariff = { ...config.site.tariff, currency: "CHF" as const };
    const recording = site.reconfigure({ ...config, site: { ...config.site, tariff } });
    const costs = () => {
      const { today, total, heaters } = site.hearth.view();
      return [today.cost, total.cost, ...heaters.map((heater) => heater.total.cost)];
    };
    const seen: ReturnType<typeof costs> = [];
    const leave = site.hearth.onChange(() => seen.push(...costs()));
    await through(recording);
    leave();
    const inFrancs = [...seen, ...costs()].filter(({ currency }) => currency === "CHF");
    expect(inFrancs.length).toBeGreaterThanOrEqual(8);
    for (const { amount } of inFrancs) expect(Number(amount)).toBeLessThan(0.002);
    expect(site.hearth.view().total.energyKwh).toBeGreaterThanOrEqual(before.total.energyKwh);
  });

  it("closes a heater that is another one now, and only then asks the new one for anything", async () => {
    await through(site.reconfigure(home.config({ one: "s21", two: "avalon" })));
    await pass(40);
    expect(home.told.filter((line) => !/^(s21|avalon) apply/.test(line))).toEqual([
      "s21 open",
      "s19 close",
      "s19 closed",
    ]);
    expect(home.told.findIndex((line) => line.startsWith("s21 apply"))).toBeGreaterThan(
      home.told.indexOf("s19 closed"),
    );
  });

  it.each([
    ["another address", () => home.config({ one: new URL("http://10.0.0.2"), two: "avalon" })],
    ["a plug", () => home.config({ one: "s19", two: "avalon" }, "thermometer", plugAt("10.0.0.3"))],
    ["another plug", () => home.config({ one: "s19", two: "avalon" }, "thermometer", plugAt("10.0.0.4"))],
  ])("takes up anew what has %s", async (_case, next) => {
    const before = home.config(
      { one: new URL("http://10.0.0.1"), two: "avalon" },
      "thermometer",
      _case === "another plug" ? plugAt("10.0.0.3") : undefined,
    );
    await through(site.reconfigure(before));
    home.told.splice(0);
    await through(site.reconfigure(next()));
    expect(home.told).toContain("another close");
  });

  it("heats by a new sensor only after it spoke", async () => {
    await through(site.reconfigure(home.config({ one: "s19", two: "avalon" }, "mute")));
    await pass(30);
    expect(home.told).toContain("thermometer close");
    expect(home.watts).toEqual(
      new Map([
        ["s19", 5],
        ["avalon", 5],
      ]),
    );
  });

  it("changes nothing when a device cannot be opened", async () => {
    home.broken.add("broken");
    const change = site.reconfigure(home.config({ one: "s21", two: "avalon", three: "broken" }));
    await expect(through(change)).rejects.toThrow("broken cannot be opened");
    await pass(60);
    expect(home.told).toEqual(["s21 open", "broken open", "s21 leave"]);
    expect(shown()).toEqual(["one heating", "two heating"]);
  });

  it("changes nothing when the loop could not run so", async () => {
    const wrong = home.config({ one: "s19" });
    const change = site.reconfigure({ ...wrong, site: { ...wrong.site, timezone: "Mars/Base" } });
    await expect(through(change)).rejects.toMatchObject({ code: "time/unknown-zone" });
    await pass(60);
    expect(home.told).toEqual([]);
    expect(shown()).toEqual(["one heating", "two heating"]);
  });

  it("heats nothing with no heaters, and begins again with one", async () => {
    await through(site.reconfigure(home.config({})));
    await pass(30);
    expect(home.told).toEqual(expect.arrayContaining(["s19 closed", "avalon closed"]));
    expect(shown()).toEqual([]);
    await through(site.reconfigure(home.config({ one: "s19" })));
    await pass(300);
    expect(shown()).toEqual(["one heating"]);
  });
});
