import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HearthProcess } from "../e2e/hearthProcess.ts";
import { startQuietHearth } from "./quietHearth.ts";
import { runHere } from "../runHere.ts";

let folder = "";
let bitaxe: Server;
let port = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hearthwork-device-"));
  bitaxe = createServer(({ url }, response) => {
    const isAsked = url === "/api/system/info";
    response.writeHead(isAsked ? 200 : 404, { "content-type": "application/json" });
    response.end(isAsked ? '{"ASICModel":"BM1370","version":"v2.14.0"}' : "{}");
  });
  await new Promise<void>((resolve) => bitaxe.listen(0, "127.0.0.1", resolve));
  port = (bitaxe.address() as AddressInfo).port;
});
afterAll(async () => {
  await new Promise((resolve) => bitaxe.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});
const run = (...args: string[]) => runHere(args);

describe("device commands", () => {
  it("find a device", { timeout: 60_000 }, async () => {
    const { code, stdout } = await run("device", "scan", "127.0.0.1", "--ports", String(port), "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      subnets: ["127.0.0.1/32"],
      found: [{ address: `127.0.0.1:${port}`, driver: "axeos" }],
    });
  });

  it.each([
    ["a public network", ["device", "scan", "8.8.8.0/24"], 1, /only private addresses/],
    ["ports that are none", ["device", "scan", "127.0.0.1", "--ports", "0"], 2, /whole number from 1/],
    ["a power that is none", ["device", "set", "x", "--watts", "lots"], 2, /number of watts/],
    ["no power", ["device", "set", "x"], 2, /--watts/],
    ["a duration that is none", ["device", "set", "x", "--watts", "5", "--for", "long"], 2, /like 90s/],
  ])("refuse %s", { timeout: 60_000 }, async (_case, args, exit, words) => {
    const { code, stderr } = await run(...args);
    expect(stderr).toMatch(words);
    expect(code).toBe(exit);
  });

  it("say what to do where no hearth runs", { timeout: 60_000 }, async () => {
    const { code, stderr } = await run("status", "--data", join(folder, "none"));
    expect(code).toBe(1);
    expect(stderr).toMatch(/no hearth runs on .*none; start one with hearthwork hearth/);
  });

  it("read a device that no hearth runs", { timeout: 60_000 }, async () => {
    const path = join(folder, "alone.yaml");
    const entry = `{ id: axe, driver: axeos, sink: room, address: "127.0.0.1:${port}", unattendedWatts: 20 }`;
    writeFileSync(path, `heaters: [${entry}]\n`);
    const args = ["--config", path, "--data", join(folder, "none")];
    expect((await run("device", "read", "oven", ...args)).stderr).toMatch(
      /names no device "oven"; there are axe/,
    );
    // The stand-in says too little to be read, and that is told.
    const { code, stderr } = await run("device", "read", "axe", ...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/axe: /);
  });
});

describe("device commands through a hearth", () => {
  let hearth: HearthProcess;
  beforeAll(async () => {
    ({ hearth } = await startQuietHearth(folder));
  }, 120_000);
  afterAll(() => hearth.kill());

  it("list, stop, resume and set a heater, and say what bounds it", { timeout: 120_000 }, async () => {
    const data = ["--data", join(folder, "data"), "--json"];
    const told = async (...args: string[]) => {
      const { stdout, stderr } = await run(...args, ...data);
      expect(stderr).toBe("");
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    expect(await told("status")).toMatchObject({ sinks: [{ id: "closet" }] });
    expect(await told("device", "list")).toMatchObject({ heaters: [{ id: "this-computer" }] });
    expect(await told("device", "stop", "this-computer")).toMatchObject({ stoppedByOwner: true });
    expect(await told("device", "resume", "this-computer")).toMatchObject({ stoppedByOwner: false });
    expect(await told("device", "set", "this-computer", "--watts", "40", "--for", "5m")).toMatchObject({
      ownerPower: { watts: 40 },
      setpointWatts: 0,
      reason: expect.stringMatching(/\w/),
    });
    const { stderr: advice } = await run("device", "set", "this-computer", "--watts", "3", ...data);
    const [, lowest = ""] = /between ([\d.]+) and/.exec(advice) ?? [];
    expect(await told("device", "set", "this-computer", "--watts", lowest)).toMatchObject({
      ownerPower: { watts: Number(lowest) },
    });
    expect(await told("device", "auto", "this-computer")).toMatchObject({ ownerPower: null });
    expect((await run("device", "stop", "oven", ...data)).stderr).toMatch(/no heater "oven"/);
  });
});
