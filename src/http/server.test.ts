import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { HearthworkError } from "../domain/index.ts";
import { createServer } from "./server.ts";

let app: FastifyInstance;
beforeAll(async () => {
  app = await createServer({
    title: "Test",
    description: "",
    version: "1",
    cookie: "test",
    hostNames: ["hearth.local"],
  });
  app.get("/read/:id", async ({ params }) => params);
  app.get("/read", async () => ({ read: true }));
  app.post("/write", { schema: { body: z.object({ n: z.number() }) } }, async () => ({ written: true }));
  app.get("/missing", async () => {
    throw new HearthworkError({ code: "api/not-found", message: "no such thing", data: { id: "x" } });
  });
  app.get("/bug", async () => {
    throw new Error("secret detail");
  });
});
afterAll(() => app.close());

const host = "127.0.0.1:7420";

describe("a browser is held to its own origin", () => {
  it.each([
    ["loopback by address", { host }, 200],
    ["loopback by name", { host: "localhost:7420" }, 200],
    ["loopback in IPv6", { host: "[::1]:7420" }, 200],
    ["a name that is ours", { host: "Hearth.local" }, 200],
    ["a name that was rebound to us", { host: "evil.example:7420" }, 403],
    ["a name that begins like ours", { host: "127.0.0.1.evil.example" }, 403],
    ["our own page", { host, origin: `http://${host}` }, 200],
    ["another page", { host, origin: "http://evil.example" }, 403],
    ["a sandboxed page", { host, origin: "null" }, 403],
    ["another port of this host", { host, origin: "http://127.0.0.1:9999" }, 403],
    ["a link from another page", { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }, 200],
    ["an image on another page", { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }, 403],
  ])("%s", async (_case, headers, status) => {
    expect((await app.inject({ url: "/read", headers })).statusCode).toBe(status);
  });

  it("refuses a form that another page sends", async () => {
    const form = { host, "content-type": "text/plain" };
    const reply = await app.inject({ method: "POST", url: "/write", headers: form, body: '{"n":1}' });
    expect(reply.statusCode).toBe(415);
    expect(reply.json()).toMatchObject({ code: "api/unknown-media-type" });
  });

  it("lets no other page frame or script it", async () => {
    const { headers } = await app.inject({ url: "/read", headers: { host } });
    expect(headers["content-security-policy"]).toContain("default-src 'self'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });
});

describe("problems are JSON that says what to do", () => {
  const post = (body: string) =>
    app.inject({
      method: "POST",
      url: "/write",
      headers: { host, "content-type": "application/json" },
      body,
    });

  it("names the place of a wrong body", async () => {
    const reply = await post('{"n":"one"}');
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({ code: "api/bad-request", message: expect.stringContaining("/n") });
  });

  it.each([
    ["broken JSON", '{"n":', 400, "api/bad-json"],
    ["no JSON at all", "", 400, "api/bad-json"],
    ["a body past the bound", JSON.stringify({ n: 1, pad: "x".repeat(70_000) }), 413, "api/body-too-large"],
  ])("%s", async (_case, body, status, code) => {
    const reply = await post(body);
    expect(reply.statusCode).toBe(status);
    expect(reply.json()).toEqual({ code, message: expect.any(String) });
  });

  it.each([
    ["a broken escape", "/read/%zz", 400, "api/bad-address"],
    ["an escape that is no UTF-8", "/read/%ff", 400, "api/bad-address"],
    ["an id that is too long", `/read/${"x".repeat(100)}`, 414, "api/id-too-long"],
  ])("%s", async (_case, url, status, code) => {
    const reply = await app.inject({ url, headers: { host } });
    expect(reply.statusCode).toBe(status);
    expect(reply.json()).toEqual({ code, message: expect.any(String) });
  });

  it("carries a fault's code and data", async () => {
    const reply = await app.inject({ url: "/missing", headers: { host } });
    expect(reply.statusCode).toBe(404);
    expect(reply.json()).toEqual({ code: "api/not-found", message: "no such thing", data: { id: "x" } });
  });

  it("keeps the detail of a bug to the log", async () => {
    const reply = await app.inject({ url: "/bug", headers: { host } });
    expect(reply.statusCode).toBe(500);
    expect(reply.body).not.toContain("secret detail");
  });

  it("points to the document when there is no such route", async () => {
    const reply = await app.inject({ url: "/api/v1/nothing", headers: { host } });
    expect(reply.json()).toMatchObject({
      code: "api/not-found",
      message: expect.stringContaining("/api/docs"),
    });
  });
});
