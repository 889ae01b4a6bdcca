import { type ChildProcess, spawn } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer as createHttp, type RequestListener, type Server } from "node:http";
import {
  type AddressInfo,
  connect,
  createServer as createTcp,
  type Server as TcpServer,
  type Socket,
} from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type FoundDevice, mostSockets, scanNetwork } from "./scanNetwork.ts";
import { parseSubnet } from "./subnet.ts";

const servers: (Server | TcpServer)[] = [];
const sockets = new Set<Socket>();
let sleeper: ChildProcess | undefined;
/** What was asked of any server, as method and path or as the line that came. */
let asked: string[] = [];
let port = 0;

afterEach(async () => {
  sleeper?.kill("SIGKILL");
  sleeper = undefined;
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  asked = [];
  port = 0;
});

async function listen(server: Server | TcpServer, host: string): Promise<void> {
  servers.push(server);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  port = (server.address() as AddressInfo).port;
}

/** A device's web server; paths that are not named are not there. */
const web = (host: string, pages: Readonly<Record<string, unknown>>, status = 200) => {
  const answer: RequestListener = ({ method, url = "" }, response) => {
    asked.push(`${method} ${url}`);
    const page = pages[url];
    response.writeHead(page === undefined ? 404 : status, { "content-type": "application/json" });
    response.end(page === undefined ? "{}" : typeof page === "string" ? page : JSON.stringify(page));
  };
  return listen(createHttp(answer), host);
};
/** What answers to a line, as the cgminer family does, and nothing else. */
const line = (host: string, reply: object) =>
  listen(
    createTcp((socket) => {
      socket.on("data", (bytes) => {
        const text = bytes.toString();
        if (!text.startsWith("{")) return socket.destroy();
        asked.push(text);
        return socket.end(`${JSON.stringify(reply)}\0`);
      });
    }),
    host,
  );

async function scan(subnet: string, signal = new AbortController().signal) {
  const found: FoundDevice[] = [];
  const shares: number[] = [];
  await scanNetwork({
    subnets: [parseSubnet(subnet)],
    ports: [port],
    signal,
    onProgress: (share) => shares.push(share),
    onFound: (device) => found.push(device),
  });
  return { found, shares };
}
const oneOf = async (host: string) => (await scan(`${host}/32`)).found[0];
const status = [{ STATUS: "S", Msg: "CGMiner versions" }];

describe("what a device is", () => {
  it.each<[string, Record<string, unknown>, object]>([
    [
      "a Shelly with a meter",
      {
        "/shelly": {
          name: "Heater",
          id: "shellyplusplugs-a1",
          mac: "A1",
          gen: 2,
          app: "PlusPlugS",
          auth_en: false,
        },
        "/rpc/Switch.GetStatus?id=0": { id: 0, output: true, apower: 12.5 },
      },
      { kind: "plug", title: "Shelly Heater", driver: "shelly-gen2", needsCredentials: false },
    ],
    [
      "a Shelly behind a password",
      { "/shelly": { name: null, mac: "A1", gen: 3, app: "PlugSG3", auth_en: true } },
      { kind: "plug", title: "Shelly PlugSG3", driver: "shelly-gen2", needsCredentials: true },
    ],
    [
      "a Shelly without a meter",
      {
        "/shelly": { mac: "A1", gen: 2, app: "Plus1" },
        "/rpc/Switch.GetStatus?id=0": { id: 0, output: true },
      },
      { kind: "plug", title: "Shelly Plus1", note: "has no metered switch" },
    ],
    [
      "a Shelly of the first generation",
      { "/shelly": { type: "SHPLG-S", mac: "A1", auth: false, fw: "1" } },
      { kind: "plug", title: "Shelly SHPLG-S", note: expect.stringContaining("first generation") },
    ],
    [
      "a Tasmota",
      {
        "/cm?cmnd=Status%200": {
          Status: { Module: 0, DeviceName: "Nous A1T", Topic: "tasmota_1" },
          StatusSNS: { Time: "", ENERGY: { Power: 3 } },
        },
      },
      { kind: "plug", title: "Tasmota Nous A1T", driver: "tasmota-http" },
    ],
    [
      "a Tasmota behind a password",
      { "/cm?cmnd=Status%200": { WARNING: "Need user=<username>&password=<password>" } },
      { kind: "plug", driver: "tasmota-http", needsCredentials: true },
    ],
    [
      "a Bitaxe with old firmware",
      { "/api/system/info": { ASICModel: "BM1368", asicCount: 1, hostname: "bitaxe", version: "v2.4.0" } },
      {
        kind: "heater",
        title: "Bitaxe supra (bitaxe)",
        driver: "axeos",
        keys: { model: "supra", canPause: false },
        note: expect.stringContaining("2.14"),
      },
    ],
    [
      "a board of four chips with new firmware",
      { "/api/system/info": { ASICModel: "BM1370", asicCount: 4, version: "v2.14.1" } },
      { kind: "heater", driver: "axeos", keys: { model: "gamma-turbo" } },
    ],
    [
      "a miner on Braiins OS",
      { "/api/v1/version/": { major: 1, minor: 1, patch: 0 } },
      { kind: "heater", title: "A miner on Braiins OS", driver: "braiins", needsCredentials: true },
    ],
  ])("%s is recognized by its web server", async (_case, pages, what) => {
    await web("127.0.0.2", pages);
    expect(await oneOf("127.0.0.2")).toMatchObject({ address: `127.0.0.2:${port}`, ...what });
  });

  it.each<[string, object, object]>([
    [
      "an Avalon",
      { STATUS: status, VERSION: [{ API: "3.7", MODEL: "Q", PROD: "Avalon Q", CGMiner: "4.11.1" }] },
      { kind: "heater", title: "Avalon Q", driver: "avalon", keys: { model: "q" } },
    ],
    [
      "a miner on Braiins OS",
      { STATUS: status, VERSION: [{ API: "3.7", "BOSminer+": "25.11", Type: "Antminer S19" }] },
      { kind: "heater", title: "Antminer S19 on Braiins OS", driver: "braiins" },
    ],
    [
      "an Antminer as it comes",
      { STATUS: status, VERSION: [{ API: "3.1", BMMiner: "1.0.0", Type: "Antminer S19 Pro" }] },
      { kind: "heater", title: "Antminer S19 Pro", note: expect.stringContaining("plug") },
    ],
    [
      "a miner on LuxOS",
      { STATUS: status, VERSION: [{ API: "3.7", LUXminer: "2024.5", Type: "Antminer S19k Pro" }] },
      { kind: "heater", title: "Antminer S19k Pro on LuxOS", note: expect.stringContaining("plug") },
    ],
    ["a miner of another make", { STATUS: "E", Msg: "invalid cmd" }, { kind: "heater", title: "A miner" }],
  ])("%s is recognized by its report", async (_case, reply, what) => {
    await line("127.0.0.3", reply);
    const found = await oneOf("127.0.0.3");
    expect(found).toMatchObject(what);
    if (!("driver" in what)) expect(found).not.toHaveProperty("driver");
  });

  it.each([
    ["a router", { "/": "<html>login</html>" }],
    ["what speaks JSON about something else", { "/api/system/info": { cpu: 3 }, "/shelly": { hello: 1 } }],
    ["what answers endlessly", { "/shelly": "[".repeat(200_000) }],
  ])("%s is none of ours", async (_case, pages) => {
    await web("127.0.0.2", pages);
    expect(await oneOf("127.0.0.2")).toBeUndefined();
  });
});

describe("a search", () => {
  it("finds what is there, on its address, and only asks", { timeout: 60_000 }, async () => {
    await web("127.0.0.9", { "/api/system/info": { ASICModel: "BM1370", version: "v2.14.0" } });
    await web("127.0.0.40", { "/api/v1/version/": { major: 1, minor: 1, patch: 0 } });
    await web("127.0.0.250", { "/": "a printer" });
    await line("127.0.0.200", { STATUS: status, VERSION: [{ MODEL: "Nano3S" }] });
    const { found, shares } = await scan("127.0.0.0/24");
    expect(Object.fromEntries(found.map(({ address, driver }) => [address.split(":")[0], driver]))).toEqual({
      "127.0.0.9": "axeos",
      "127.0.0.40": "braiins",
      "127.0.0.200": "avalon",
    });
    expect(shares.at(-1)).toBe(1);
    expect(asked.filter((request) => !/^GET |^\{"command":"version"\}$/.test(request))).toEqual([]);
  });

  it(
    "holds no more sockets than it may, and ends in time where nobody answers",
    { timeout: 60_000 },
    async () => {
      port = await sleepOn();
      const began = performance.now();
      let [open, most] = [0, 0];
      const count = (message: unknown) => {
        most = Math.max(most, (open += 1));
        (message as { socket: Socket }).socket.once("close", () => (open -= 1));
      };
      subscribe("net.client.socket", count);
      await scan("127.0.0.0/24");
      unsubscribe("net.client.socket", count);
      // One silent port of three; a home where every host is silent on both usual ports takes twice as long.
      expect((performance.now() - began) / 1000).toBeLessThan(7.5);
      expect(most).toBe(mostSockets);
    },
  );

  it("ends at once when it is told to", async () => {
    port = await sleepOn();
    const aborter = new AbortController();
    const scanning = scan("127.0.0.0/24", aborter.signal);
    setTimeout(() => aborter.abort(), 200);
    const began = performance.now();
    await scanning;
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

/** A port on which every address of this computer is silent: its queue is full, and who would empty it sleeps. */
async function sleepOn(): Promise<number> {
  const script =
    'const s=require("net").createServer().listen({port:0,host:"0.0.0.0",backlog:1},()=>console.log(s.address().port))';
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  sleeper = child;
  const silent = await new Promise<number>((resolve) =>
    child.stdout.once("data", (text) => resolve(Number(text))),
  );
  child.kill("SIGSTOP");
  for (let filling = 0; filling < 4; filling++) {
    const socket = connect(silent, "127.0.0.1");
    socket.on("error", () => {});
    sockets.add(socket);
  }
  return silent;
}
