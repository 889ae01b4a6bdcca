import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeAll, afterAll, beforeEach, describe, expect, it } from "vitest";
import {
  Hashes,
  HashesPerSecond,
  hostClock,
  plus,
  Seconds,
  seededRandom,
  type SimulatedClock,
  simulatedClock,
} from "../domain/index.ts";
import { type FrontDoor, openFrontDoor } from "../http/index.ts";
import type { Miner } from "../mining/index.ts";
import type { Store } from "../store/index.ts";
import { openReadyStore } from "../../test/readyData.ts";
import { configFile } from "./config/configFile.ts";
import { openSiteHost, type SiteHost } from "./siteHost.ts";
import { noon } from "./testHome.suite.ts";
import type { OpenVirtualHome } from "./virtualStage.ts";

const example = readFileSync(new URL("../../docs/guide/hearth.example.yaml", import.meta.url), "utf8")
  .replace("mqtt://127.0.0.1:1883", "mqtt://127.0.0.1:1")
  .replace("    idleWatts: 30", "    threads: 1\n    idleWatts: 30");

/** Threads that are never asked to hash. */
const idleMiner: Miner = {
  setDuty() {},
  stats: () => ({
    pool: undefined,
    connected: true,
    difficulty: 1,
    hashes: Hashes(0),
    hashrate: HashesPerSecond(0),
    duty: 0,
    busy: Seconds(0),
    accepted: 0,
    rejected: 0,
    stale: 0,
    bestShare: 0,
    networkDifficulty: undefined,
    trouble: undefined,
  }),
  close: async () => {},
};

let store: Store;
let began = noon;
let clock: SimulatedClock;
let folder = "";
let path = "";
let door: FrontDoor;
let host: SiteHost | undefined;

beforeAll(async () => {
  store = await openReadyStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  began = plus(began, Seconds(86_400));
  clock = simulatedClock(began);
  folder = mkdtempSync(join(tmpdir(), "hearthwork-host-"));
  path = join(folder, "hearth.yaml");
  door = await openFrontDoor({ host: "127.0.0.1", port: 0 });
});
afterEach(async () => {
  if (host) await through(host.close());
  host = undefined;
  await door.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(openVirtualHome?: OpenVirtualHome): Promise<SiteHost> {
  const opened = await through(
    openSiteHost({
      log: pino({ enabled: false }),
      version: "0",
      door,
      devices: { clock, random: seededRandom(1), startMiner: async () => idleMiner },
      real: { file: configFile(path), store, clock },
      ...(openVirtualHome ? { openVirtualHome } : {}),
    }),
  );
  host = opened;
  return opened;
}

/** Waits for work that takes simulated time, and real time for files and sockets. */
async function through<T>(work: Promise<T>): Promise<T> {
  const over = work.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([over, pass(1)])));
  return await work;
}
async function pass(seconds: number) {
  for (let left = seconds; left > 0; left -= 5) {
    await clock.advance(Seconds(Math.min(5, left)));
    await store.latestState();
    await hostClock(globalThis).sleep(Seconds(0.02));
  }
}

async function ask(method: string, url: string, body?: unknown) {
  const reply = await through(
    fetch(`${door.url}${url}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    }),
  );
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}
/** Lets time pass until something holds: files are read in real time. */
async function passUntil(holds: () => boolean) {
  for (let seconds = 0; !holds() && seconds < 300; seconds += 5) await pass(5);
  expect(holds()).toBe(true);
}
const isSetUp = () => host?.site.health().lastTickAgeSeconds !== null;
const alarms = () => host?.site.view().alarms.map(({ code }) => code) ?? [];

describe("before a site is set up", () => {
  it("says so, and lets it be set up", async () => {
    await open();
    expect(await ask("GET", "/api/v1/site")).toMatchObject({
      status: 409,
      body: { code: "site/not-set-up" },
    });
    expect(await ask("POST", "/api/v1/heaters/x/stop")).toMatchObject({ status: 409 });
    expect(await ask("GET", "/api/v1/live")).toMatchObject({ status: 409 });
    expect(await ask("GET", "/healthz")).toMatchObject({ status: 200, body: { lastTickAgeSeconds: null } });
    expect(await ask("GET", "/api/v1/drivers")).toMatchObject({ status: 200 });

    const heard: string[] = [];
    host?.site.onChange(({ name }) => heard.push(name));
    expect(await ask("PUT", "/api/v1/config", { text: example })).toMatchObject({ status: 200 });
    expect(await ask("GET", "/api/v1/site")).toMatchObject({ status: 200, body: { name: "Home" } });
    await pass(30);
    expect(heard).toContain("Home");
    expect(readFileSync(path, "utf8")).toBe(example);
  });

  it("begins by a file that is put there by hand", async () => {
    await open();
    writeFileSync(path, example);
    await passUntil(isSetUp);
    expect(await ask("GET", "/api/v1/site")).toMatchObject({ status: 200 });
  });
});

describe("a site that runs", () => {
  it("follows what is changed by hand, and tells it", async () => {
    writeFileSync(path, example);
    await open();
    writeFileSync(path, example.replace("name: Home", "name: Hut"));
    await passUntil(() => host?.site.view().name === "Hut");
    const events = await through(host?.site.events({ limit: 10 }) ?? Promise.resolve([]));
    expect(events.map(({ code }) => code)).toContain("config/in-force");
  });

  it.each([
    [
      "a wrong file",
      (text: string) => text.replace("maxWatts: 2000", "maxWatts: many"),
      /hearth\.yaml:6: site\.feeder/,
    ],
    ["more threads than there are", (text: string) => text.replace("threads: 1", "threads: 4000"), /threads/],
  ])(
    "goes on by the version before after %s, and raises an alarm until it is right",
    async (_case, spoil, words) => {
      writeFileSync(path, example);
      await open();
      writeFileSync(path, spoil(example));
      await passUntil(() => alarms().includes("config/wrong"));
      expect(host?.site.view().alarms.find(({ code }) => code === "config/wrong")?.message).toMatch(words);
      expect(host?.site.view().name).toBe("Home");
      expect(await ask("GET", "/api/v1/config")).toMatchObject({ body: { running: "earlier" } });
      writeFileSync(path, example);
      await passUntil(() => !alarms().includes("config/wrong"));
    },
  );

  it("looks at once when it is told to", async () => {
    writeFileSync(path, example);
    await open();
    writeFileSync(path, example.replace("name: Home", "name: Hut"));
    await through(host?.reload() ?? Promise.resolve());
    expect(host?.site.view().name).toBe("Hut");
  });

  it("refuses to begin by a wrong file, and lets go of everything", async () => {
    writeFileSync(path, example.replace("maxWatts: 2000", "maxWatts: many"));
    await expect(open()).rejects.toMatchObject({ code: "config/invalid" });
  });

  it("shows no virtual home beside it", async () => {
    writeFileSync(path, example);
    await open(() => Promise.reject(new Error("unasked")));
    expect(await ask("GET", "/api/v1/virtual-home")).toMatchObject({ body: { state: "unavailable" } });
    expect(await ask("POST", "/api/v1/virtual-home")).toMatchObject({ status: 409 });
  });
});

describe("a virtual home", () => {
  const virtual = () => {
    const calls: string[] = [];
    let finish = () => {};
    const opened = new Promise<void>((resolve) => (finish = resolve));
    const openVirtualHome: OpenVirtualHome = async ({ onProgress, signal }) => {
      onProgress(0.5);
      await Promise.race([opened, new Promise((resolve) => signal.addEventListener("abort", resolve))]);
      signal.throwIfAborted();
      const site = {
        view: () => ({ name: "Virtual" }),
        health: () => ({ ok: true, lastTickAgeSeconds: 1, message: "" }),
        onChange: () => () => {},
      };
      return { site, config: {}, close: async () => void calls.push("closed") } as never;
    };
    return { openVirtualHome, finish: () => finish(), calls };
  };

  it("is opened, shown and left", async () => {
    const { openVirtualHome, finish, calls } = virtual();
    await open(openVirtualHome);
    expect((await ask("GET", "/api/v1/virtual-home")).body["state"]).toBe("closed");
    expect((await ask("POST", "/api/v1/virtual-home")).body).toMatchObject({ state: "opening" });
    expect((await ask("GET", "/api/v1/virtual-home")).body).toMatchObject({
      state: "opening",
      progress: 0.5,
    });
    finish();
    await passUntil(isSetUp);
    expect(host?.site.view().name).toBe("Virtual");
    expect((await ask("DELETE", "/api/v1/virtual-home")).body).toMatchObject({ state: "closed" });
    expect(calls).toEqual(["closed"]);
    expect(await ask("GET", "/api/v1/site")).toMatchObject({ status: 409 });
  });

  it("can be left while it opens", async () => {
    await open(virtual().openVirtualHome);
    await ask("POST", "/api/v1/virtual-home");
    expect((await ask("DELETE", "/api/v1/virtual-home")).body).toMatchObject({
      state: "closed",
      message: "",
    });
  });

  it("tells why it could not be opened, and may be tried again", async () => {
    await open(() => Promise.reject(new Error("no memory left")));
    await ask("POST", "/api/v1/virtual-home");
    await pass(1);
    expect((await ask("GET", "/api/v1/virtual-home")).body).toMatchObject({
      state: "failed",
      message: "no memory left",
    });
    expect((await ask("POST", "/api/v1/virtual-home")).status).toBe(200);
  });

  it("makes room for the real one once that is set up", async () => {
    const { openVirtualHome, finish, calls } = virtual();
    await open(openVirtualHome);
    await ask("POST", "/api/v1/virtual-home");
    finish();
    await passUntil(isSetUp);
    writeFileSync(path, example);
    await passUntil(() => host?.site.view().name === "Home");
    expect(calls).toEqual(["closed"]);
  });
});
