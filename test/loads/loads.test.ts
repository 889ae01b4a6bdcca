import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  plus,
  Seconds,
  seededRandom,
  type SimulatedClock,
  simulatedClock,
  Watts,
} from "../../src/domain/index.ts";
import { loadsSchema } from "../../src/hearth/config/loadConfig.ts";
import { type LiveSite, openLiveSite, type SiteConfig } from "../../src/hearth/index.ts";
import { noon, testHome } from "../../src/hearth/testHome.suite.ts";
import { plainLoad, type ShellyTwin, startShellyTwin } from "../../src/lab/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";

const feeder = 2500;
let clock: SimulatedClock;
let store: Store;
let home: ReturnType<typeof testHome>;
let boiler: ShellyTwin;
let site: LiveSite;
let worst = 0;
/** Shortly before the boiler has to begin. */
let began = plus(noon, Seconds(4300));

/** A washing boiler of 2 kW that has to run for 5 min between 13:00 and 13:20; a heater of 600 W at a feeder of 2500 W. */
function config(): SiteConfig {
  const plain = home.config({ one: "s19" });
  return {
    ...plain,
    site: { ...plain.site, timezone: "UTC", feeder: { maxWatts: Watts(feeder), staggerSeconds: Seconds(0) } },
    loads: loadsSchema.parse([
      {
        id: "boiler",
        name: "Washing boiler",
        watts: 2000,
        minutes: 5,
        from: "13:00",
        to: "13:20",
        minOnMinutes: 1,
        plug: { driver: "shelly-gen2", address: boiler.url, ratedWatts: 2500, timerSeconds: 60 },
      },
    ]),
  };
}
async function open() {
  site = await openLiveSite({
    config: config(),
    store,
    clock,
    random: seededRandom(1),
    log: pino({ enabled: false }),
    version: "0",
    startMiner: () => Promise.reject(new Error("no miner here")),
  });
}
/** As many answers of the plug as a round asks of it. */
async function plugFollows() {
  for (let answers = 0; answers < 6; answers++) {
    await fetch(new URL("/rpc/Shelly.GetDeviceInfo", boiler.url)).then(
      (answer) => answer.text(),
      () => undefined,
    );
  }
}
/** Simulated time, no faster than sockets and the database follow. */
async function pass(seconds: number) {
  for (let left = seconds; left > 0; left -= 5) {
    await clock.advance(Seconds(Math.min(5, left)));
    await plugFollows();
    await store.latestState();
    worst = Math.max(worst, (home.watts.get("s19") ?? 0) + boiler.plug.watts());
  }
}
async function through<T>(work: Promise<T>): Promise<T> {
  const over = work.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([over, pass(1)])));
  return work;
}
const load = () => site.hearth.view().loads[0] ?? expect.unreachable();

beforeAll(async () => {
  store = await openStore({});
});
afterAll(() => store.close());
beforeEach(async () => {
  began = plus(began, Seconds(10 * 86_400));
  clock = simulatedClock(began);
  await store.recordTick({ at: began, readings: [], decisions: [], events: [], state: null });
  home = testHome(clock);
  home.room.value = 25;
  worst = 0;
  boiler = await startShellyTwin({ clock, load: plainLoad(Watts(2000)), isOn: false });
  await open();
});
afterEach(async () => {
  await through(site.close());
  await boiler.close();
});

describe("a deferrable load behind a plug, in the loop", () => {
  it("begins when it has to, without a plan, and is cut when it is done", async () => {
    await pass(60);
    expect(boiler.plug.isOn()).toBe(false);
    expect(load()).toMatchObject({ state: "waits", reason: "waits, at the latest until 13:12" });
    await pass(60);
    expect(boiler.plug.isOn()).toBe(true);
    expect(load()).toMatchObject({ state: "runs", watts: 2000, unit: "min", needed: 5 });
    await pass(340);
    expect(boiler.plug.isOn()).toBe(false);
    expect(load().state).toBe("done");
    expect(boiler.plug.energy()).toBeGreaterThan(2000 * 295);
    expect(boiler.plug.energy()).toBeLessThan(2000 * 340);
  });

  it("makes room for a heater that wants to heat, and is never above the feeder with it", async () => {
    await through(site.hearth.trustHeater("one"));
    await pass(120);
    expect(load().state).toBe("runs");
    home.room.value = 18;
    await pass(150);
    expect(home.watts.get("s19")).toBe(600);
    expect(boiler.plug.isOn()).toBe(false);
    expect(load().state).toBe("short");
    home.room.value = 25;
    await pass(180);
    expect(boiler.plug.isOn()).toBe(true);
    expect(worst).toBeLessThanOrEqual(feeder);
  });

  it("goes on after a restart where it was", async () => {
    await pass(120);
    const { done } = load();
    expect(done).toBeGreaterThan(0);
    await through(site.close());
    expect(boiler.plug.isOn()).toBe(false);
    await open();
    await pass(60);
    expect(load().done).toBeGreaterThanOrEqual(done);
    expect(boiler.plug.isOn()).toBe(true);
    await pass(300);
    expect(load().state).toBe("done");
    expect(boiler.plug.energy()).toBeLessThan(2000 * 360);
  });

  it("whose plug fails is told, and is cut by the plug's own timer", async () => {
    await pass(120);
    expect(boiler.plug.isOn()).toBe(true);
    await boiler.suffer("unplugged");
    await pass(150);
    expect(boiler.plug.isOn()).toBe(false);
    expect(load()).toMatchObject({ state: "unreachable", watts: null });
    expect(site.hearth.view().alarms.map(({ code, subject }) => `${code} ${subject}`)).toContain(
      "load/plug boiler",
    );
    await boiler.suffer(undefined);
    await pass(100);
    expect(load().state).not.toBe("unreachable");
  });
});
