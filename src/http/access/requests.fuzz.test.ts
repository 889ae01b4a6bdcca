import * as fc from "fast-check";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Instant, simulatedClock } from "../../domain/index.ts";
import { createServer } from "../server.ts";
import { Access } from "./access.ts";

const numRuns = Number(process.env["HEARTHWORK_FUZZ"] ?? 5000);
const password = "four warm ducks glow";
let app: FastifyInstance;
let token: string;
let session: string;
beforeAll(async () => {
  const access = new Access({ clock: simulatedClock(Instant(Date.UTC(2026, 0, 15))) });
  await access.setPassword(password);
  token = access.createToken("t", "read");
  session = access.beginSession();
  const hostNames = ["hearth.example.org"];
  const proxies = ["192.0.2.2"];
  app = await createServer({
    title: "Test",
    description: "",
    version: "1",
    cookie: "site",
    access,
    hostNames,
    proxies,
  });
  app.get("/read", async ({ caller }) => ({ caller }));
  app.put("/change", async () => ({ changed: true }));
});
afterAll(() => app.close());

/** What node:http lets through as the value of a header. */
const header = (...usual: string[]) =>
  fc.option(
    fc.oneof(
      fc.constantFrom("", ...usual),
      fc.stringMatching(/^[\t -~\u0080-\u00ff]{0,40}$/),
      fc
        .array(fc.constantFrom(",", ":", "[", "]", "%", "=", ";", ".", "f", "1", "//", ...usual), {
          maxLength: 12,
        })
        .map((parts) => parts.join("")),
    ),
    { nil: undefined },
  );
const headers = () =>
  fc.record({
    host: header("127.0.0.1", "localhost:7420", "[::1]:1", "hearth.example.org", "evil.example"),
    origin: header("http://127.0.0.1", "https://hearth.example.org", "null", "http://evil.example"),
    cookie: header(`site=${session}x`, "__Host-site=x", "site="),
    authorization: header(`Bearer ${token}x`, "Bearer ", "Basic eDp5", "bearer x"),
    "x-forwarded-for": header("127.0.0.1", "198.51.100.1", "::ffff:127.0.0.1", "unknown"),
    "x-forwarded-proto": header("https", "http"),
    forwarded: header("for=127.0.0.1"),
    "sec-fetch-site": header("same-origin", "cross-site", "none"),
    "sec-fetch-mode": header("navigate", "cors"),
  });
const peer = fc.constantFrom("127.0.0.1", "::1", "192.0.2.2", "::ffff:192.0.2.2", "203.0.113.9", "");
const given = (all: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));

it(
  "whatever a stranger's headers say, nothing is read, nothing changed and nothing fails",
  { timeout: 0 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        headers(),
        peer,
        fc.constantFrom("/read", "/change"),
        async (all, remoteAddress, url) => {
          const method = url === "/read" ? "GET" : "PUT";
          const reply = await app.inject({ method, url, remoteAddress, headers: given(all) });
          expect([401, 403]).toContain(reply.statusCode);
          expect(reply.headers["content-security-policy"]).toBeDefined();
        },
      ),
      { numRuns },
    );
  },
);

it("whatever is sent as a login, nobody is let in by it and nothing fails", { timeout: 0 }, async () => {
  const json = fc.oneof(
    fc.json(),
    fc
      .record({ password: fc.oneof(fc.string({ unit: "binary" }), fc.jsonValue()) })
      .map((body) => JSON.stringify(body)),
    fc.string({ unit: "binary" }),
    fc.constantFrom('{"__proto__":{"password":1}}', `{"password":"${"x".repeat(2000)}"}`, "[".repeat(5000)),
  );
  await fc.assert(
    fc.asyncProperty(json, fc.constantFrom("127.0.0.1", "192.0.2.2"), async (body, remoteAddress) => {
      const reply = await app.inject({
        method: "POST",
        url: "/api/v1/session",
        remoteAddress,
        headers: {
          host: "hearth.example.org",
          "content-type": "application/json",
          ...(remoteAddress === "192.0.2.2"
            ? { "x-forwarded-for": "198.51.100.1", "x-forwarded-proto": "https" }
            : {}),
        },
        body,
      });
      expect([400, 401, 413, 429]).toContain(reply.statusCode);
      expect(reply.headers["set-cookie"]).toBeUndefined();
    }),
    { numRuns: Math.ceil(numRuns / 5) },
  );
});
