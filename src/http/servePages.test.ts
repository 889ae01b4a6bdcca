import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { servePages } from "./servePages.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-pages-"));
const app = fastify();
const get = (url: string) => app.inject({ url });

beforeAll(async () => {
  mkdirSync(join(folder, "web", "assets"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "not for you");
  writeFileSync(join(folder, "web", "index.html"), '<script src="./assets/main.js"></script><p>./</p>');
  writeFileSync(join(folder, "web", "icon.svg"), "<svg/>");
  writeFileSync(join(folder, "web", "assets", "main.js"), "1");
  app.get("/api/v1/site", () => "the API");
  await servePages(app, { folder: join(folder, "web"), document: "index.html" });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

describe("the dashboard's addresses", () => {
  it.each([
    ["/", './assets/main.js"'],
    ["/?from=app", './assets/main.js"'],
    ["/history?range=7d", './assets/main.js"'],
    ["/history/", '../assets/main.js"'],
    ["/heaters/study-miner", '../assets/main.js"'],
    ["/a/b/c", '../../assets/main.js"'],
  ])("%s is the document, its files %s", async (url, source) => {
    const { statusCode, headers, body } = await get(url);
    expect([statusCode, headers["content-type"], headers["cache-control"]]).toEqual([
      200,
      "text/html; charset=utf-8",
      "no-cache",
    ]);
    expect(body).toBe(`<script src="${source}></script><p>./</p>`);
  });

  it("name files, of which those with a hash in their name are kept for ever", async () => {
    expect((await get("/icon.svg")).headers["cache-control"]).toBe("no-cache");
    const script = await get("/assets/main.js");
    expect([script.statusCode, script.body]).toEqual([200, "1"]);
    expect(script.headers["cache-control"]).toContain("immutable");
  });

  it.each([
    "/assets/none.js",
    "/robots.txt",
    "/index.html",
    "/api/v1/none",
    "/../secret.txt",
    "/%2e%2e/secret.txt",
  ])("%s leads nowhere", async (url) => {
    const { statusCode, body } = await get(url);
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect(statusCode).toBeLessThan(500);
    expect(body).not.toContain("not for you");
  });

  it("leave the API alone", async () => expect((await get("/api/v1/site")).body).toBe("the API"));
});
