import { createServer as createPlainServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { HearthworkError, hostClock } from "../../src/domain/index.ts";
import { Access } from "../../src/http/index.ts";
import { apiClient } from "../../src/client/index.ts";
import { openFrontDoor } from "../../src/http/index.ts";
import { createServer } from "../../src/http/index.ts";

const room = {
  method: "PUT",
  url: "/rooms/:id/target",
  schema: {
    params: z.object({ id: z.string() }),
    querystring: z.object({ note: z.string().optional() }),
    body: z.object({ celsius: z.number() }),
    response: { 200: z.object({ id: z.string(), celsius: z.number(), note: z.string().optional() }) },
  },
} as const;
const target = { params: { id: "a/b" }, querystring: {}, body: { celsius: 20 } };

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serving(): Promise<string> {
  const access = new Access({ clock: hostClock(globalThis), processToken: "t" });
  const app = await createServer({ title: "Test", description: "", version: "1", cookie: "test", access });
  app.withTypeProvider<ZodTypeProvider>().route({
    ...room,
    handler: async ({ params, query, body, headers }) => {
      if (body.celsius > 30) {
        throw new HearthworkError({ code: "api/conflict", message: "too hot", data: { maxC: 30 } });
      }
      return { ...params, ...body, note: query.note ?? headers.authorization };
    },
  });
  const door = await openFrontDoor({ host: "127.0.0.1", port: 0 });
  await door.open(app);
  closing.push(
    () => door.close(),
    () => app.close(),
  );
  return door.url;
}

async function answering(answer: RequestListener): Promise<string> {
  const server = createPlainServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("a client of our API", () => {
  it("asks what a route takes and gives what it promises", async () => {
    const client = apiClient({ url: await serving(), token: "t" });
    expect(await client.call(room, target)).toEqual({ id: "a/b", celsius: 20, note: "Bearer t" });
    const noted = { ...target, querystring: { note: "ü & more" } };
    expect(await client.call(room, noted)).toMatchObject({ note: "ü & more" });
  });

  it("throws what the server refuses, as the server said it", async () => {
    const client = apiClient({ url: await serving() });
    await expect(client.call(room, { ...target, body: { celsius: 31 } })).rejects.toMatchObject({
      code: "api/conflict",
      message: "too hot",
      data: { maxC: 30 },
    });
  });

  it.each<[string, RequestListener, string]>([
    ["another answer", (_q, reply) => reply.end('{"id":7}'), "api/not-understood"],
    ["no JSON", (_q, reply) => reply.end("<html>"), "api/not-understood"],
    ["a refusal of another kind", (_q, reply) => reply.writeHead(502).end("gone"), "api/not-understood"],
    ["another place", (_q, reply) => reply.writeHead(307, { location: "/x" }).end(), "api/unreachable"],
    [
      "half an answer",
      (_q, reply) => reply.writeHead(200, { "content-length": 9 }).end("{"),
      "api/unreachable",
    ],
    ["silence", () => {}, "api/unreachable"],
  ])("does not believe %s", async (_case, answer, code) => {
    const client = apiClient({ url: await answering(answer), answerWithinMs: 1000 });
    await expect(client.call(room, target)).rejects.toMatchObject({ code });
  });

  it("reads no answer without end", async () => {
    const url = await answering((_request, reply) => {
      const more = () => void reply.write("x".repeat(1024 * 1024), more);
      reply.on("error", () => {});
      more();
    });
    await expect(apiClient({ url }).call(room, target)).rejects.toThrow(/33554432 bytes/);
  });

  it("says that nobody is there", async () => {
    const call = apiClient({ url: "http://127.0.0.1:1" }).call(room, target);
    await expect(call).rejects.toMatchObject({ code: "api/unreachable", retry: "later" });
  });
});
