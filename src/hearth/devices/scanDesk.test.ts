import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Entry, ScanView } from "../../wire/index.ts";
import { scanDesk } from "./scanDesk.ts";

let server: Server;
let port = 0;
let settings: Entry | null = null;
const desk = scanDesk(async () => settings);

beforeEach(async () => {
  settings = null;
  server = createServer(({ url }, response) => {
    const isAsked = url === "/api/system/info";
    response.writeHead(isAsked ? 200 : 404, { "content-type": "application/json" });
    response.end(isAsked ? '{"ASICModel":"BM1370","version":"v2.14.0","hostname":"study"}' : "{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

async function searched(): Promise<ScanView> {
  let view = await desk.start({ subnet: "127.0.0.1", ports: [port] });
  while (view.state === "running") {
    await new Promise((resolve) => setTimeout(resolve, 10));
    view = await desk.view();
  }
  return view;
}

describe("a search for devices", () => {
  it("begins with none, tells how far it is, and ends with what it found", async () => {
    expect(await desk.view()).toMatchObject({ state: "none", found: [] });
    expect(await searched()).toMatchObject({
      state: "done",
      progress: 1,
      subnets: ["127.0.0.1/32"],
      found: [
        {
          address: `127.0.0.1:${port}`,
          kind: "heater",
          title: "Bitaxe gamma (study)",
          entry: {
            id: "bitaxe-gamma",
            name: "Bitaxe gamma (study)",
            driver: "axeos",
            address: `127.0.0.1:${port}`,
            model: "gamma",
          },
          configuredAs: null,
        },
      ],
    });
  });

  it("suggests no id that is taken, and knows what is configured already", async () => {
    settings = { heaters: [{ id: "bitaxe-gamma" }, { id: "bitaxe-gamma-2", plug: { address: "10.0.0.1" } }] };
    expect((await searched()).found[0]).toMatchObject({
      entry: { id: "bitaxe-gamma-3" },
      configuredAs: null,
    });
    settings = { heaters: [{ id: "old", driver: "axeos", address: `http://127.0.0.1:${port}` }] };
    expect((await desk.view()).found[0]?.configuredAs).toBe("old");
  });

  it.each([
    ["8.8.8.0/24", "scan/public"],
    ["10.0.0.0/8", "scan/too-large"],
    ["home", "scan/not-a-subnet"],
  ])("is refused for %s", async (subnet, code) => {
    await expect(desk.start({ subnet })).rejects.toMatchObject({ code });
  });

  it("ends when it is told to, and keeps what it found", async () => {
    await desk.start({ subnet: "127.0.0.0/24", ports: [port] });
    expect(await desk.stop()).toMatchObject({ state: "stopped" });
  });
});
