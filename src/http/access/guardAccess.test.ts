import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hostClock } from "../../domain/index.ts";
import { type FrontDoor, openFrontDoor } from "../frontDoor.ts";
import { liveStreams, type LiveStreams } from "../liveStream.ts";
import { createServer } from "../server.ts";
import { Access } from "./access.ts";

const password = "four warm ducks glow";
let access: Access;
let app: FastifyInstance;
let door: FrontDoor;
let streams: LiveStreams;
const lines: string[] = [];

beforeEach(async () => {
  access = new Access({ clock: hostClock(globalThis), processToken: "of-this-process" });
  const { pino } = await import("pino");
  const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  app = await createServer({
    title: "Test",
    description: "",
    version: "1",
    cookie: "test-site",
    access,
    log,
  });
  app.get("/read", async () => ({ read: true }));
  app.put("/control", { config: { scope: "control" } }, async () => ({ controlled: true }));
  app.put("/change", async () => ({ changed: true }));
  app.get("/open", { config: { scope: "open" } }, async () => ({ open: true }));
  app.get("/metrics", { config: { isOpenLocally: true } }, async () => "metrics");
  streams = liveStreams(() => [{ event: "site", data: {} }]);
  app.get("/live", (request, reply) => streams.open(request, reply));
  door = await openFrontDoor({ host: "127.0.0.1", port: 0 });
  await door.open(app);
});
afterEach(async () => {
  streams.close();
  await door.close();
  await app.close();
  lines.splice(0);
});

const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: object) =>
  fetch(door.url + path, {
    method,
    headers: { ...headers, ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
const statusOf = async (...asked: Parameters<typeof ask>) => {
  const reply = await ask(...asked);
  await reply.arrayBuffer();
  return reply.status;
};
const logIn = (tried = password, headers: Record<string, string> = {}) =>
  ask("POST", "/api/v1/session", { origin: door.url, ...headers }, { password: tried });
/** What a browser would send back. */
const cookieOf = (reply: Response) => reply.headers.getSetCookie()[0]?.split("; ")[0] ?? "";

describe("without a password", () => {
  it("this machine may do everything", async () => {
    expect(await statusOf("PUT", "/change")).toBe(200);
    expect(await (await ask("GET", "/api/v1/session")).json()).toEqual({
      passwordSet: false,
      grant: { scope: "owner", by: "open" },
    });
  });

  it.each(["x-forwarded-for", "forwarded", "x-real-ip"])(
    "nobody behind a proxy may, who is told by %s",
    async (name) => {
      const reply = await ask("GET", "/read", { [name]: "for=192.0.2.1" });
      expect(reply.status).toBe(403);
      expect(await reply.json()).toMatchObject({
        message: expect.stringContaining("hearthwork password set"),
      });
    },
  );

  it("what was opened ends when one is set", async () => {
    const live = await ask("GET", "/live");
    const watching = live.text();
    await access.setPassword(password);
    streams.send("site", { tick: 1 });
    expect(await watching).not.toContain('{"tick":1}');
  });

  it("nobody elsewhere may", async () => {
    const reply = await app.inject({
      url: "/read",
      headers: { host: "localhost" },
      remoteAddress: "192.0.2.1",
    });
    expect(reply.statusCode).toBe(403);
    expect(reply.json()).toMatchObject({ message: expect.stringContaining("use https") });
  });

  it("a token that is none is told so, and a token that is one counts", async () => {
    const read = access.createToken("t", "read");
    expect(await statusOf("GET", "/read", { authorization: "Bearer wrong" })).toBe(401);
    expect(await statusOf("PUT", "/change", { authorization: `Bearer ${read}` })).toBe(403);
  });
});

describe("with a password", () => {
  beforeEach(() => access.setPassword(password));

  it.each<[string, string, number, number, number, number]>([
    ["GET", "/open", 200, 200, 200, 200],
    ["GET", "/nothing", 404, 404, 404, 404],
    ["GET", "/read", 401, 200, 200, 200],
    ["HEAD", "/read", 401, 200, 200, 200],
    ["GET", "//read", 404, 404, 404, 404],
    ["GET", "/%72ead", 401, 200, 200, 200],
    ["PUT", "/control", 401, 403, 200, 200],
    ["PUT", "/change", 401, 403, 403, 200],
    ["GET", "/metrics", 200, 200, 200, 200],
    ["GET", "/api/openapi.json", 401, 200, 200, 200],
    ["GET", "/api/v1/tokens", 401, 403, 403, 200],
  ])(
    "%s %s answers nobody %d, a reader %d, who controls %d, the owner %d",
    async (method, path, ...statuses) => {
      const tokens = [
        "wrong",
        access.createToken("r", "read"),
        access.createToken("c", "control"),
        "of-this-process",
      ];
      const [nobody, ...others] = statuses;
      expect(await statusOf(method, path)).toBe(nobody);
      const asked = tokens
        .slice(1)
        .map((token) => statusOf(method, path, { authorization: `bearer ${token}` }));
      expect(await Promise.all(asked)).toEqual(others);
    },
  );

  it("a session's cookie is strict, and no cache keeps what it opens", async () => {
    const reply = await logIn();
    expect(reply.status).toBe(200);
    expect(reply.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^test-site=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/),
    ]);
    const read = await ask("GET", "/read", { cookie: cookieOf(reply) });
    expect(read.status).toBe(200);
    expect(read.headers.get("cache-control")).toBe("no-store");
  });

  it("a write by a session must come from our own page, and say so", async () => {
    const cookie = cookieOf(await logIn());
    expect(await statusOf("PUT", "/change", { cookie, origin: door.url })).toBe(200);
    expect(await statusOf("PUT", "/change", { cookie })).toBe(403);
    for (const origin of [
      "http://evil.example",
      "null",
      door.url.replace("http", "https"),
      "http://127.0.0.1:1",
    ]) {
      expect(await statusOf("PUT", "/change", { cookie, origin })).toBe(403);
    }
    const crossSite = { cookie, origin: door.url, "sec-fetch-site": "cross-site" };
    expect(await statusOf("PUT", "/change", crossSite)).toBe(403);
  });

  it("a login by another page is refused before the password is looked at", async () => {
    expect((await logIn(password, { origin: "http://evil.example" })).status).toBe(403);
    expect((await logIn(password, { "sec-fetch-site": "same-site" })).status).toBe(403);
  });

  it("a session that was planted is none, and one that was had before ends at the next login", async () => {
    const planted = `test-site=${"A".repeat(43)}`;
    const first = cookieOf(await logIn(password, { cookie: planted }));
    expect(first).not.toBe(planted);
    expect(await statusOf("GET", "/read", { cookie: planted })).toBe(401);
    const second = cookieOf(await logIn(password, { cookie: first }));
    expect(await statusOf("GET", "/read", { cookie: first })).toBe(401);
    expect(await statusOf("GET", "/read", { cookie: second })).toBe(200);
  });

  it("a logout ends the session, and takes the cookie away", async () => {
    const cookie = cookieOf(await logIn());
    const reply = await ask("DELETE", "/api/v1/session", { cookie, origin: door.url });
    expect(reply.headers.getSetCookie()).toEqual([expect.stringMatching(/^test-site=; .*Max-Age=0/)]);
    expect(await reply.json()).toEqual({ passwordSet: true, grant: null });
    expect(await statusOf("GET", "/read", { cookie })).toBe(401);
  });

  it("a new password takes the old one from a session, and none from the owner's own commands", async () => {
    const cookie = cookieOf(await logIn());
    const next = "another pair of socks";
    const own = { cookie, origin: door.url };
    expect(await statusOf("PUT", "/api/v1/password", own, { password: next })).toBe(401);
    expect(await statusOf("PUT", "/api/v1/password", own, { password: next, current: "wrong" })).toBe(401);
    expect(await statusOf("PUT", "/api/v1/password", own, { password: "short", current: password })).toBe(
      400,
    );
    const changed = await ask("PUT", "/api/v1/password", own, { password: next, current: password });
    expect(changed.status).toBe(200);
    expect(await statusOf("GET", "/read", { cookie })).toBe(401);
    expect(await statusOf("GET", "/read", { cookie: cookieOf(changed) })).toBe(200);

    const command = { authorization: "Bearer of-this-process" };
    expect(await statusOf("PUT", "/api/v1/password", command, { password })).toBe(200);
    expect(await statusOf("GET", "/read", { cookie: cookieOf(changed) })).toBe(401);
    expect((await logIn()).status).toBe(200);
  });

  it("guesses are slowed down, and cost what is bounded", async () => {
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_one, guess) => logIn(`a wrong guess ${guess}`)),
    );
    const statuses = replies.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(20);
    const told = replies.find(({ status }) => status === 429);
    expect(Number(told?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await told?.json()).toMatchObject({ code: "access/too-many-tries" });
  });

  it("live updates need a session and end with it", async () => {
    expect(await statusOf("GET", "/live")).toBe(401);
    const cookie = cookieOf(await logIn());
    const token = access.createToken("t", "read");
    const [live, other] = await Promise.all([
      ask("GET", "/live", { cookie }),
      ask("GET", "/live", { authorization: `Bearer ${token}` }),
    ]);
    const [watching, elsewhere] = [live.text(), other.text()];
    streams.send("site", { tick: 1 });
    await ask("DELETE", "/api/v1/session", { cookie, origin: door.url });
    streams.send("site", { tick: 2 });
    expect(await watching).toContain('{"tick":1}');
    expect(await watching).not.toContain('{"tick":2}');
    access.tokens.revoke("t");
    expect(await elsewhere).toContain('{"tick":2}');
  });

  it("the log tells of logins, and no secret", async () => {
    await logIn("a wrong guess");
    const cookie = cookieOf(await logIn());
    await ask("GET", "/read", { cookie, authorization: "Bearer not-a-token" });
    await ask("POST", "/api/v1/session", { origin: door.url }, { password: { nested: "hunter2" } });
    const log = lines.join("");
    expect(log).toContain("a wrong password was tried");
    expect(log).toContain("the owner logged in");
    for (const secret of [password, "a wrong guess", "not-a-token", "hunter2", cookie.split("=")[1] ?? "?"]) {
      expect(log).not.toContain(secret);
    }
  });
});
