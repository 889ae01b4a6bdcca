import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Seconds } from "../../../domain/index.ts";
import { eventually, openAlarm, outletBench, viewWith } from "../outletBench.suite.ts";
import { type AlarmOutlet, openAlarmOutlet } from "./alarmOutlet.ts";
import { webhook } from "./webhook.ts";

interface Post {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

let server: Server;
let posts: Post[];
let answer: (response: ServerResponse, post: Post) => void;
let port = 0;
const outlets: AlarmOutlet[] = [];

async function listen() {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { method, url, headers } = request;
      const post = { method, url, headers, body: Buffer.concat(parts).toString() };
      posts.push(post);
      answer(response, post);
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as AddressInfo);
}
const hangUp = async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
};
const bodies = () => posts.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
const kinds = () =>
  bodies().map(({ kind, alarm }) => `${String(kind)} ${(alarm as { subject: string }).subject}`);

beforeEach(async () => {
  posts = [];
  port = 0;
  answer = (response) => response.writeHead(204).end();
  await listen();
});
afterEach(async () => {
  for (const outlet of outlets.splice(0)) await outlet.close();
  if (server.listening) await hangUp();
});

type Bench = ReturnType<typeof outletBench>;
async function open({ context }: Bench, credentials?: string): Promise<AlarmOutlet> {
  const config = { url: `http://127.0.0.1:${port}/hooks/alarm?room=1`, credentials };
  const way = () => webhook(config, "Home", context);
  const outlet = await openAlarmOutlet({ name: "webhook", level: "alarm", way, context });
  outlets.push(outlet);
  return outlet;
}

describe("the webhook", () => {
  it("posts what is raised and what is over, signed by the secret", async () => {
    const bench = outletBench({ login: { password: "key of the house" } });
    const outlet = await open(bench, "known");
    outlet.update(viewWith(openAlarm("study"), openAlarm("attic", "warning")));
    await eventually(kinds).toEqual(["raised study"]);
    await bench.clock.advance(Seconds(61));
    outlet.update(viewWith());
    await eventually(kinds).toEqual(["raised study", "cleared study"]);
    const [first] = posts;
    expect(first).toMatchObject({ method: "POST", url: "/hooks/alarm?room=1" });
    expect(first?.headers).toMatchObject({
      "content-type": expect.stringMatching(/^application\/json/),
      "user-agent": "hearthwork/1.2.3",
      "hearthwork-timestamp": "1768392000",
    });
    const signed = createHmac("sha256", "key of the house").update(`1768392000.${first?.body}`).digest("hex");
    expect(first?.headers["hearthwork-signature"]).toBe(`v1=${signed}`);
    expect(bodies()[0]).toEqual({
      site: "Home",
      id: "raised room/too-hot study 2026-01-14T11:59:00.000Z",
      kind: "raised",
      at: "2026-01-14T11:59:00.000Z",
      alarm: openAlarm("study"),
    });
    expect(outlet.trouble()).toBeUndefined();
    expect(bench.events).toEqual([]);
  });

  it("signs nothing without a secret, and says so when the one it names is missing", async () => {
    const bench = outletBench();
    expect(await (await open(bench)).test(AbortSignal.timeout(5000))).toEqual({ outcome: "delivered" });
    expect(posts[0]?.headers).not.toHaveProperty("hearthwork-signature");
    expect(bodies()[0]).toMatchObject({ kind: "test" });
    expect(await (await open(bench, "lost")).test(AbortSignal.timeout(5000))).toMatchObject({
      outcome: "later",
      why: expect.stringContaining("credentials set lost"),
    });
    expect(posts).toHaveLength(1);
  });

  it("loses nothing while nobody answers, and keeps the order", async () => {
    const bench = outletBench();
    const outlet = await open(bench);
    await hangUp();
    outlet.update(viewWith(openAlarm("study")));
    await eventually(() => outlet.trouble()).toContain("cannot be reached");
    await bench.clock.advance(Seconds(100));
    outlet.update(viewWith(openAlarm("study"), openAlarm("bath")));
    await bench.clock.advance(Seconds(100));
    outlet.update(viewWith(openAlarm("bath")));
    expect(posts).toEqual([]);
    await listen();
    await bench.until(() => posts.length === 3, Seconds(30));
    expect(kinds()).toEqual(["raised study", "raised bath", "cleared study"]);
    expect(outlet.trouble()).toBeUndefined();
  });

  it.each([500, 503, 429, 408, 401])(
    "tries again, at growing intervals, what is answered with %i",
    async (status) => {
      const bench = outletBench();
      let left = 3;
      answer = (response) => response.writeHead(left-- > 0 ? status : 200).end("words");
      const outlet = await open(bench);
      outlet.update(viewWith(openAlarm("study")));
      await eventually(() => posts.length).toBe(1);
      await eventually(() => outlet.trouble()).toContain(String(status));
      await bench.until(() => posts.length === 4);
      await eventually(() => outlet.trouble()).toBeUndefined();
      expect(new Set(bodies().map(({ id }) => id)).size).toBe(1);
      expect(bench.clock.monotonic()).toBeGreaterThan(0.75 * (5 + 10 + 20));
    },
  );

  it.each([
    ["404", (response: ServerResponse) => response.writeHead(404).end()],
    ["a redirect", (response: ServerResponse) => response.writeHead(302, { location: "/elsewhere" }).end()],
    ["a reply without end", (response: ServerResponse) => response.writeHead(200).end("x".repeat(100_000))],
  ])("gives up at %s and tells so", async (_case, refuse) => {
    const bench = outletBench();
    answer = (response) => refuse(response);
    const outlet = await open(bench);
    outlet.update(viewWith(openAlarm("study")));
    await eventually(() => bench.events.length).toBe(1);
    expect(bench.events[0]).toMatchObject({ level: "warning", code: "alarm/undelivered" });
    await bench.clock.advance(Seconds(3600));
    expect(posts).toHaveLength(1);
  });

  it("gives up what it could not deliver for a day", async () => {
    const bench = outletBench();
    answer = (response) => response.writeHead(500).end();
    const outlet = await open(bench);
    outlet.update(viewWith(openAlarm("study")));
    await bench.until(() => bench.events.length > 0, Seconds(900));
    expect(posts.length).toBeGreaterThan(20);
    expect(posts.length).toBeLessThan(250);
    expect(bench.clock.monotonic()).toBeGreaterThan(86_400);
  });

  it("holds at most 200 notices and tells of those that gave way", async () => {
    const bench = outletBench();
    const outlet = await open(bench);
    await hangUp();
    const alarms = Array.from({ length: 60 }, (_, index) => openAlarm(`room-${index}`));
    for (let round = 0; round < 5; round++) {
      outlet.update(round % 2 === 0 ? viewWith(...alarms) : viewWith());
      await bench.clock.advance(Seconds(1200));
    }
    expect(bench.events.length).toBe(100);
    expect(bench.events[0]?.message).toContain("more than 200 notices wait");
    expect(bench.faults).toEqual([]);
  });

  it("knows after a restart what it told, and tells then what it could not before", async () => {
    const bench = outletBench();
    const outlet = await open(bench);
    outlet.update(viewWith(openAlarm("study"), openAlarm("bath")));
    await eventually(() => (bench.kept.get("webhook") ?? "").split('"sure":true').length).toBe(3);
    await hangUp();
    outlet.update(viewWith(openAlarm("study"), openAlarm("bath"), openAlarm("attic")));
    await outlet.close();
    await listen();
    posts = [];
    const again = await open(bench);
    again.update(viewWith(openAlarm("study"), openAlarm("attic")));
    await eventually(kinds).toEqual(["raised attic", "cleared bath"]);
  });

  it("tells again what arrived perhaps, and that it is over where it is over", async () => {
    const bench = outletBench();
    answer = (response) => response.destroy();
    const outlet = await open(bench);
    outlet.update(viewWith(openAlarm("study"), openAlarm("bath")));
    await eventually(() => posts.length).toBe(1);
    await bench.until(() => posts.length > 1);
    await outlet.close();
    posts = [];
    answer = (response) => response.writeHead(204).end();
    const again = await open(bench);
    again.update(viewWith(openAlarm("bath")));
    await eventually(kinds).toEqual(["raised bath", "cleared study"]);
  });

  it("ends at once though the other side holds the line", async () => {
    const bench = outletBench();
    answer = () => {};
    const outlet = await open(bench);
    outlet.update(viewWith(openAlarm("study")));
    await eventually(() => posts.length).toBe(1);
    const began = performance.now();
    await outlet.close();
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it("waits no longer than ten seconds for an answer", { timeout: 30_000 }, async () => {
    answer = () => {};
    const outlet = await open(outletBench());
    const began = performance.now();
    expect(await outlet.test(AbortSignal.timeout(25_000))).toMatchObject({ outcome: "later" });
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});
