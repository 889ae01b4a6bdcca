import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostClock } from "../../domain/index.ts";
import { openSiteAccess } from "../siteAccess.ts";
import type { SiteDesk } from "../siteDesk.ts";
import type { SiteService } from "../siteService.ts";
import { openApiDocument } from "./openApiDocument.ts";
import { createSiteServer } from "./siteServer.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-site-access-"));
const host = "127.0.0.1:7420";
const open = new Set([
  "get /healthz",
  "get /api/v1/session",
  "post /api/v1/session",
  "delete /api/v1/session",
]);
/** What the home page does; the rest of what changes something is the owner's. */
const controlled = new Set([
  "post /api/v1/plan/what-if",
  "put /api/v1/sinks/{id}/override",
  "delete /api/v1/sinks/{id}/override",
  "post /api/v1/heaters/{id}/stop",
  "post /api/v1/heaters/{id}/resume",
  "post /api/v1/heaters/{id}/try",
  "put /api/v1/heaters/{id}/power",
  "delete /api/v1/heaters/{id}/power",
  "put /api/v1/demo/speed",
]);
const ownersReads = new Set(["get /api/v1/tokens"]);

let app: FastifyInstance;
let routes: string[];
const tokens: Record<string, string> = {};
const site = new Proxy({} as SiteService, {
  get: (_target, property) => {
    if (property === "onChange") return () => () => {};
    if (property === "health") return () => ({ ok: false, lastTickAgeSeconds: 9, message: "a secret fault" });
    throw new Error("the site was asked");
  },
});
beforeAll(async () => {
  writeFileSync(join(folder, "index.html"), "<title>the page</title>");
  const access = openSiteAccess(folder, { clock: hostClock(globalThis) });
  await access.setPassword("four warm ducks glow");
  tokens["read"] = access.createToken("r", "read");
  tokens["control"] = access.createToken("c", "control");
  const dashboard = { folder, document: "index.html" };
  app = await createSiteServer(site, {} as SiteDesk, { version: "1", access: { access }, dashboard });
  const { paths } = (await openApiDocument()) as { paths: Record<string, object> };
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

async function statusOf(route: string, scope?: "read" | "control"): Promise<number> {
  const [method = "", path = ""] = route.split(" ");
  const headers = { host, ...(scope ? { authorization: `Bearer ${tokens[scope]}` } : {}) };
  const url = path.replaceAll(/\{\w+\}/g, "x");
  const reply = await app.inject({ method: method.toUpperCase() as "GET", url, headers });
  return reply.statusCode;
}

describe("the site's API behind a password", () => {
  it("answers nobody who did not log in, but for what is said to be open", async () => {
    expect(routes.length).toBeGreaterThan(15);
    for (const route of routes) {
      const status = await statusOf(route);
      if (open.has(route)) expect(status, route).not.toBe(401);
      else expect(status, route).toBe(401);
    }
  });

  it("lets tokens do what they are for, and no more", async () => {
    for (const route of routes.filter((one) => !open.has(one))) {
      const isRead = route.startsWith("get ") && !ownersReads.has(route);
      const [read, control] = [await statusOf(route, "read"), await statusOf(route, "control")];
      if (isRead) expect([read, control], route).not.toContain(403);
      else if (controlled.has(route)) {
        expect(read, route).toBe(403);
        expect(control, route).not.toBe(403);
      } else expect([read, control], route).toEqual([403, 403]);
    }
  });

  it("tells of its health who may read, and the rest only whether it lives", async () => {
    const [told, hidden] = [
      await app.inject({ url: "/healthz", headers: { host, authorization: `Bearer ${tokens["read"]}` } }),
      await app.inject({ url: "/healthz", headers: { host } }),
    ];
    expect(told.json()).toEqual({ ok: false, lastTickAgeSeconds: 9, message: "a secret fault" });
    expect(hidden.statusCode).toBe(503);
    expect(hidden.json()).toEqual({ ok: false, lastTickAgeSeconds: null, message: "the loop does not run" });
  });

  it("shows its page, which then asks to log in", async () => {
    const page = await app.inject({ url: "/rooms/living-room", headers: { host, accept: "text/html" } });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("the page");
  });
});
