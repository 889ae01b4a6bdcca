import { createServer as createPlainServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostClock } from "../../domain/index.ts";
import { type FrontDoor, openFrontDoor } from "../frontDoor.ts";
import { createServer } from "../server.ts";
import { Access } from "./access.ts";

const password = "four warm ducks glow";
const proxy = "192.0.2.2";
let access: Access;
let app: FastifyInstance;
beforeAll(async () => {
  access = new Access({ clock: hostClock(globalThis) });
  await access.setPassword(password);
  app = await createServer({
    title: "Test",
    description: "",
    version: "1",
    cookie: "site",
    access,
    proxies: [proxy, "127.0.0.1"],
    hostNames: ["hearth.example.org"],
  });
  app.get("/open", { config: { scope: "open" } }, async ({ caller }) => caller);
  app.get("/metrics", { config: { isOpenLocally: true } }, async () => "metrics");
});
afterAll(() => app.close());

const host = "hearth.example.org";
const https = { "x-forwarded-proto": "https" };

describe("who asks, behind a proxy that is trusted", () => {
  it.each([
    ["the proxy's own word", proxy, { ...https, "x-forwarded-for": "198.51.100.7" }, "198.51.100.7"],
    [
      "the last word, which is the proxy's",
      proxy,
      { ...https, "x-forwarded-for": "127.0.0.1, 198.51.100.7" },
      "198.51.100.7",
    ],
    ["an address with its port", proxy, { ...https, "x-forwarded-for": "198.51.100.7:4711" }, "198.51.100.7"],
    [
      "an IPv6 address in brackets",
      proxy,
      { ...https, "x-forwarded-for": "[2001:DB8::7]:4711" },
      "2001:db8::7",
    ],
    [
      "a proxy that is reached by IPv6's form of IPv4",
      `::ffff:${proxy}`,
      { ...https, "x-forwarded-for": "198.51.100.7" },
      "198.51.100.7",
    ],
  ])("is told by %s", async (_case, remoteAddress, headers, address) => {
    const reply = await app.inject({ url: "/open", remoteAddress, headers: { host, ...headers } });
    expect(reply.json()).toEqual({ address, scheme: "https", isLocal: false });
  });

  it.each([
    ["a proxy that says nothing", proxy, {}],
    [
      "a proxy that was reached in the clear",
      proxy,
      { "x-forwarded-for": "198.51.100.7", "x-forwarded-proto": "http" },
    ],
    ["a proxy that does not say how it was reached", proxy, { "x-forwarded-for": "198.51.100.7" }],
    ["a proxy that does not say who asks", proxy, https],
    ["a proxy that says no address", proxy, { ...https, "x-forwarded-for": "198.51.100.7, unknown" }],
    ["who is no proxy and says to be one", "198.51.100.9", { ...https, "x-forwarded-for": "127.0.0.1" }],
    ["who is no proxy, in the clear", "198.51.100.9", {}],
  ])("%s is refused", async (_case, remoteAddress, headers) => {
    const reply = await app.inject({ url: "/open", remoteAddress, headers: { host, ...headers } });
    expect(reply.statusCode).toBe(403);
    expect(reply.json()).toMatchObject({ code: "api/forbidden" });
  });

  it("is nobody of this machine when the proxy on it does not say who asks", async () => {
    const local = { remoteAddress: "127.0.0.1", headers: { host: "localhost" } };
    expect((await app.inject({ url: "/open", ...local })).json()).toMatchObject({ isLocal: false });
    expect((await app.inject({ url: "/metrics", ...local })).statusCode).toBe(401);
  });
});

describe("through a real proxy", () => {
  let door: FrontDoor;
  let front: Server;
  beforeAll(async () => {
    door = await openFrontDoor({ host: "127.0.0.1", port: 0 });
    await door.open(app);
    front = createPlainServer((incoming, reply) => {
      const { port } = new URL(door.url);
      const headers = {
        ...incoming.headers,
        host,
        "x-forwarded-for": [incoming.headers["x-forwarded-for"], incoming.headers["x-test-address"]].join(
          ", ",
        ),
        "x-forwarded-proto": "https",
      };
      const onward = request(
        { host: "127.0.0.1", port, path: incoming.url, method: incoming.method, headers },
        (answer) => {
          reply.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(reply);
        },
      );
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    front.closeAllConnections();
    await new Promise((resolve) => front.close(resolve));
    await door.close();
  });

  const logIn = (tried: string, address: string, forged = "127.0.0.1") =>
    fetch(`http://127.0.0.1:${(front.address() as AddressInfo).port}/api/v1/session`, {
      method: "POST",
      headers: {
        origin: `https://${host}`,
        "content-type": "application/json",
        "x-forwarded-for": forged,
        "x-test-address": address,
      },
      body: JSON.stringify({ password: tried }),
    });

  it("the cookie is secure, and guesses count by who is behind it, whatever they say of themselves", async () => {
    for (let guess = 0; guess < 5; guess++) {
      expect((await logIn("wrong", "198.51.100.1", `10.0.0.${guess}`)).status).toBe(401);
    }
    expect((await logIn(password, "198.51.100.1", "10.0.0.77")).status).toBe(429);
    const reply = await logIn(password, "198.51.100.2");
    expect(reply.status).toBe(200);
    expect(reply.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-site=.*; Secure$/)]);
  });
});
