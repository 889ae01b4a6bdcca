import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get as plainGet } from "node:http";
import { Agent, request } from "node:https";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { selfSignedCertificate } from "../../test/selfSignedCertificate.ts";
import { hostClock, Instant, Seconds, type SimulatedClock, simulatedClock } from "../domain/index.ts";
import { Access } from "./access/access.ts";
import { type FrontDoor, openFrontDoor } from "./frontDoor.ts";
import { createServer } from "./server.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-tls-door-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const files = { certificate: join(folder, "cert.pem"), key: join(folder, "key.pem") };
const password = "four warm ducks glow";

let identity: ReturnType<typeof selfSignedCertificate>;
let clock: SimulatedClock;
let app: FastifyInstance;
let door: FrontDoor;

function renew(): void {
  identity = selfSignedCertificate();
  writeFileSync(files.certificate, identity.certificate);
  writeFileSync(files.key, identity.key);
}

beforeEach(async () => {
  renew();
  clock = simulatedClock(Instant(Date.UTC(2026, 0, 15)));
  door = await openFrontDoor({ host: "0.0.0.0", port: 0, tls: files, clock });
  const access = new Access({ clock: hostClock(globalThis) });
  await access.setPassword(password);
  app = await createServer({ title: "Test", description: "", version: "1", cookie: "site", access });
  app.get("/read", async () => ({ read: true }));
  app.put("/change", async () => ({ changed: true }));
  await door.open(app);
});
afterEach(async () => {
  await door.close();
  await app.close();
});

interface Asked {
  readonly host?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: object;
}

/** Over TLS, believing this certificate alone. */
function ask(path: string, { host = "localhost", method = "GET", headers = {}, body }: Asked = {}) {
  return new Promise<{ status: number | undefined; cookies: string[]; body: string }>((resolve, reject) => {
    const asked = request(
      {
        host,
        servername: "localhost",
        port: new URL(door.url).port,
        path,
        method,
        agent: new Agent({ ca: identity.certificate }),
        headers: { ...headers, ...(body ? { "content-type": "application/json" } : {}) },
      },
      (reply) => {
        const cookies = reply.headers["set-cookie"] ?? [];
        text(reply).then((words) => resolve({ status: reply.statusCode, cookies, body: words }), reject);
      },
    );
    asked.once("error", reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const origin = () => `https://localhost:${new URL(door.url).port}`;
const logIn = () =>
  ask("/api/v1/session", { method: "POST", headers: { origin: origin() }, body: { password } });

describe("a door with TLS", () => {
  it("logs in over https, with a cookie that browsers hold to be this host's and secure", async () => {
    expect((await ask("/read")).status).toBe(401);
    const { status, cookies } = await logIn();
    expect(status).toBe(200);
    expect(cookies).toEqual([
      expect.stringMatching(
        /^__Host-site=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict; Secure$/,
      ),
    ]);
    const cookie = cookies[0]?.split("; ")[0] ?? "";
    expect((await ask("/read", { headers: { cookie } })).status).toBe(200);
    const change = (from: string) =>
      ask("/change", { method: "PUT", headers: { cookie, origin: from } }).then(({ status }) => status);
    expect(await change(origin())).toBe(200);
    expect(await change(origin().replace("https", "http"))).toBe(403);
    const withoutPrefix = cookie.replace("__Host-", "");
    expect((await ask("/read", { headers: { cookie: withoutPrefix } })).status).toBe(401);
  });

  it("answers to the address that it was reached by, and to no name that was rebound to it", async () => {
    expect((await ask("/read", { host: "127.0.0.1" })).status).toBe(401);
    expect((await ask("/read", { headers: { host: "evil.example" } })).status).toBe(403);
    expect((await ask("/read", { headers: { host: "203.0.113.9" } })).status).toBe(403);
  });

  it("speaks no plain HTTP there", async () => {
    await expect(fetch(door.url.replace("https", "http").replace("0.0.0.0", "127.0.0.1"))).rejects.toThrow();
  });

  it("speaks plain HTTP to this machine alone, for its owner's commands", async () => {
    expect(door.localUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${door.localUrl}/read`)).status).toBe(401);
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ family, internal }) => family === "IPv4" && !internal);
    if (!outside) return;
    const { port } = new URL(door.localUrl);
    const refused = new Promise((resolve, reject) => {
      plainGet(`http://${outside.address}:${port}/read`, resolve).once("error", reject);
    });
    await expect(refused).rejects.toThrow(/ECONNREFUSED/);
  });

  it("shows a renewed certificate without a restart", async () => {
    renew();
    await expect(ask("/read")).rejects.toThrow(/self-signed/);
    await clock.advance(Seconds(61));
    expect((await ask("/read")).status).toBe(401);
  });
});

it("a certificate that cannot be used opens no door", async () => {
  writeFileSync(files.key, "");
  const opening = openFrontDoor({ host: "127.0.0.1", port: 0, tls: files, clock });
  await expect(opening).rejects.toMatchObject({ code: "access/bad-certificate" });
});
