import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HearthworkError } from "../../domain/index.ts";
import type { ConfigView, DriverList } from "../../wire/index.ts";
import { configDesk } from "../config/configDesk.ts";
import { configFile } from "../config/configFile.ts";
import type { SiteConfig } from "../config/siteConfig.ts";
import { listDrivers } from "../devices/listDrivers.ts";
import type { SiteDesk } from "../siteDesk.ts";
import type { SiteService } from "../siteService.ts";
import { createSiteServer } from "./siteServer.ts";

const example = readFileSync(new URL("../../../docs/guide/hearth.example.yaml", import.meta.url), "utf8");
const secretive = example.replace("user: hearth", "user: hearth\n        password: hunter2 # ours");
const quietSite = { onChange: () => () => {} } as unknown as SiteService;

let folder = "";
let path = "";
let app: FastifyInstance;
let adopted: SiteConfig[];
let running: string | undefined;
/** What keeps the site from going on by a new configuration. */
let obstacle: HearthworkError | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "hearthwork-config-"));
  path = join(folder, "hearth.yaml");
  writeFileSync(path, example, { mode: 0o640 });
  adopted = [];
  running = undefined;
  obstacle = undefined;
  const config = configDesk({
    file: configFile(path),
    running: () => running,
    async adopt(next, etag) {
      if (obstacle) throw obstacle;
      adopted.push(next);
      running = etag;
    },
  });
  const desk = { config, drivers: listDrivers } as unknown as SiteDesk;
  app = await createSiteServer(quietSite, desk, { version: "0" });
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(method: "GET" | "PUT" | "POST" | "DELETE", url: string, body?: object, etag?: string) {
  const reply = await app.inject({
    method,
    url: `/api/v1/config${url}`,
    headers: { host: "127.0.0.1", ...(etag === undefined ? {} : { "if-match": etag }) },
    ...(body ? { payload: body } : {}),
  });
  return { status: reply.statusCode, body: reply.json<ConfigView & { code: string; message: string }>() };
}
const onDisk = () => readFileSync(path, "utf8");
const bitaxe = { driver: "axeos", address: "127.0.0.1:1", sink: "living-room" };
const comfort = {
  setBackC: 16,
  week: [{ days: ["mon"], from: "07:00", to: "09:00", targetC: 20 }],
};

it("the kinds of devices are listed, each with its keys", async () => {
  const reply = await app.inject({ method: "GET", url: "/api/v1/drivers", headers: { host: "127.0.0.1" } });
  const { drivers } = reply.json<DriverList>();
  const keysOf = (kind: string, name: string) =>
    drivers.find((one) => one.kind === kind && one.name === name)?.fields.map(({ key }) => key);
  expect(keysOf("heater", "axeos")).toContain("address");
  expect(keysOf("plug", "shelly-gen2")).toContain("address");
  expect(keysOf("meter", "shelly")).toContain("address");
  expect(keysOf("sensor", "mqtt")).toContain("topic");
});

describe("the configuration over HTTP", () => {
  it("is shown as it stands in the file", async () => {
    const { body } = await ask("GET", "");
    expect(body).toMatchObject({ file: path, exists: true, text: example, problems: [], canUndo: false });
    expect(body.settings).toMatchObject({ site: { timezone: "Europe/Berlin" } });
  });

  it("names what is wrong with a file, by line and key", async () => {
    writeFileSync(path, example.replace("perKwh: 0.31", "perKwh: cheap"));
    const { body } = await ask("GET", "");
    expect(body.problems).toEqual([
      { line: 9, key: "site.tariff.perKwh", message: expect.stringContaining("cheap") },
    ]);
  });

  it("checks a text without keeping it", async () => {
    const { body } = await ask("POST", "/check", { text: "site: [" });
    expect(body.problems[0]?.message).toMatch(/not valid YAML/);
    expect(onDisk()).toBe(example);
  });

  it.each([
    ["a comfort schedule", "PUT", "/sinks/living-room/comfort", comfort, "setBackC: 16"],
    ["a setting of the site", "PUT", "/site", { feeder: { maxWatts: 2300 } }, "maxWatts: 2300"],
    ["a key of a sink", "PUT", "/sinks/living-room", { limits: { maxC: 25 } }, "maxC: 25"],
    ["a key of a heater", "PUT", "/heaters/this-computer", { name: "The old tower" }, "name: The old tower"],
  ] as const)("%s is changed, and only its lines in the file", async (_case, method, url, body, line) => {
    const answer = await ask(method, url, body);
    expect(answer).toMatchObject({ status: 200, body: { running: "this", canUndo: true } });
    expect(onDisk()).toContain(line);
    expect(onDisk()).toContain("# One room, heated by the computer that Hearthwork runs on.");
    expect(adopted).toHaveLength(1);
  });

  it("offers heaters to an exchange, changes a limit, and offers them to nobody again", async () => {
    const address = `http://127.0.0.1:7421/#${"0".repeat(32)}`;
    expect((await ask("DELETE", "/exchange")).status).toBe(200);
    expect((await ask("PUT", "/exchange", { address, maxWatts: 300 })).status).toBe(200);
    expect(adopted.at(-1)?.exchange).toMatchObject({ maxWatts: 300, memoryMiB: 256 });
    expect((await ask("PUT", "/exchange", { maxWatts: null, warmerK: 1 })).status).toBe(200);
    expect(adopted.at(-1)?.exchange).toMatchObject({ address: { fingerprint: "0".repeat(32) }, warmerK: 1 });
    expect(adopted.at(-1)?.exchange?.maxWatts).toBeUndefined();
    expect(await ask("PUT", "/exchange", { address: "http://elsewhere:1/#1" })).toMatchObject({
      status: 400,
    });
    expect((await ask("DELETE", "/exchange")).status).toBe(200);
    expect(onDisk()).toBe(example);
  });

  it("gets another heater and loses it again", async () => {
    const second = { ...bitaxe, unattendedWatts: 25 };
    const added = await ask("PUT", "/heaters/second", { ...second, id: "second" });
    expect(added.status).toBe(200);
    expect(adopted.at(-1)?.heaters.map(({ ours }) => ours.id)).toEqual(["this-computer", "second"]);
    expect((await ask("DELETE", "/heaters/second")).status).toBe(200);
    expect(onDisk()).toBe(example);
  });

  it.each([
    [
      "a value out of bounds",
      "PUT",
      "/site",
      { feeder: { maxWatts: -1 } },
      400,
      "config/invalid",
      /:6: site\.feeder/,
    ],
    ["a sink that is heated", "DELETE", "/sinks/living-room", undefined, 400, "config/invalid", /sinks/],
    ["a sink that is not there", "PUT", "/sinks/attic/comfort", comfort, 404, "api/not-found", /living-room/],
    ["a heater that is not there", "DELETE", "/heaters/x", undefined, 404, "api/not-found", /this-computer/],
    [
      "a first file where there is one",
      "POST",
      "",
      { site: {}, sinks: [{}], heaters: [] },
      409,
      "config/changed",
      /exists/,
    ],
    [
      "a heater that nobody would stop",
      "PUT",
      "/heaters/second",
      bitaxe,
      400,
      "site/unsafe",
      /hearth\.yaml:\d+: heaters\[1\]\.plug: second \(axeos\) .*put it behind a plug/,
    ],
    ["to go back to nothing", "POST", "/undo", undefined, 409, "config/changed", /no version/],
  ] as const)("refuses %s and changes nothing", async (_case, method, url, body, status, code, words) => {
    const answer = await ask(method, url, body);
    expect(answer).toMatchObject({ status, body: { code, message: expect.stringMatching(words) } });
    expect(onDisk()).toBe(example);
    expect(adopted).toEqual([]);
    expect(readdirSync(folder)).toEqual(["hearth.yaml"]);
  });

  it("changes nothing when the site cannot go on by it", async () => {
    obstacle = new HearthworkError({ code: "driver/unsafe", message: "nobody would stop it" });
    const answer = await ask("PUT", "/site", { name: "Flat" });
    expect(answer).toMatchObject({ status: 400, body: { code: "driver/unsafe" } });
    expect(onDisk()).toBe(example);
    expect(readdirSync(folder)).toEqual(["hearth.yaml"]);
  });

  it("refuses a change of a version that is not there any more", async () => {
    const seen = (await ask("GET", "")).body.etag;
    const byHand = example.replace("name: Home", "name: Hut");
    writeFileSync(path, byHand);
    const late = await ask("PUT", "", { text: example }, seen);
    expect(late).toMatchObject({ status: 409, body: { code: "config/changed" } });
    expect(onDisk()).toBe(byHand);
    const quoted = `"${(await ask("GET", "")).body.etag}"`;
    expect(await ask("PUT", "/site", { name: "House" }, quoted)).toMatchObject({ status: 200 });
  });

  it("is written whole, with its rights, and can be undone", async () => {
    await ask("PUT", "", { text: `# mine\n${example}` });
    expect(onDisk()).toBe(`# mine\n${example}`);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).toSorted()).toEqual(["hearth.yaml", "hearth.yaml.bak"]);
    await ask("POST", "/undo");
    expect(onDisk()).toBe(example);
    await ask("POST", "/undo");
    expect(onDisk()).toBe(`# mine\n${example}`);
  });

  it("never tells a password, and keeps it when the text comes back", async () => {
    writeFileSync(path, secretive);
    const { body } = await ask("GET", "");
    expect(JSON.stringify(body)).not.toContain("hunter2");
    expect(body.text).toContain("password: (withheld) # ours");
    const named = body.text.replace("name: Home", "name: Hut");
    expect((await ask("PUT", "", { text: named }, body.etag)).body.text).toBe(named);
    expect(onDisk()).toBe(secretive.replace("name: Home", "name: Hut"));
    expect(adopted[0]?.heaters[0]?.driverConfig).toMatchObject({ pools: [{ password: "hunter2" }] });
    const wrong = await ask("PUT", "/sinks/living-room", { sensor: { driver: "none" } });
    expect(wrong.body.code).toBe("config/invalid");
    expect(wrong.body.message).not.toContain("hunter2");
  });

  it("begins where there is no file yet", async () => {
    rmSync(path);
    expect((await ask("GET", "")).body).toMatchObject({
      exists: false,
      text: "",
      problems: [],
      running: "nothing",
    });
    expect((await ask("PUT", "/site", { name: "x" })).body).toMatchObject({ code: "config/missing" });
    const first = {
      site: {
        timezone: "Europe/Berlin",
        feeder: { maxWatts: 2000 },
        tariff: { currency: "EUR", perKwh: "0.31" },
      },
      sinks: [{ id: "room", sensor: { driver: "mqtt", broker: "mqtt://127.0.0.1", topic: "t" }, comfort }],
      heaters: [
        {
          id: "pc",
          driver: "this-computer",
          sink: "room",
          idleWatts: 30,
          fullWatts: 120,
          pools: [{ url: "stratum+tcp://127.0.0.1:3333", user: "hearth" }],
        },
      ],
    };
    expect(await ask("POST", "", first)).toMatchObject({
      status: 200,
      body: { running: "this", exists: true },
    });
    expect(onDisk()).toContain('- { days: [mon], from: "07:00", to: "09:00", targetC: 20 }');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("says what to do where the folder cannot be written", async () => {
    if (process.getuid?.() === 0) {
      path = join(folder, "gone", "hearth.yaml");
      const file = configFile(path);
      await expect(file.stage("x")).rejects.toMatchObject({ code: "config/unwritable" });
      return;
    }
    chmodSync(folder, 0o500);
    expect((await ask("PUT", "/site", { name: "x" })).body).toMatchObject({ code: "config/unwritable" });
    chmodSync(folder, 0o700);
  });
});
