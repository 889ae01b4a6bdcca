import { Agent, get } from "node:http";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FrontDoor, openFrontDoor } from "./frontDoor.ts";
import { createServer } from "./server.ts";

let door: FrontDoor;
beforeEach(async () => {
  door = await openFrontDoor({ host: "127.0.0.1", port: 0 });
});
afterEach(() => door.close());

const ask = (agent: Agent): Promise<number> =>
  new Promise((resolve, reject) => {
    get(door.url, { agent }, (answer) => {
      answer.resume().once("end", () => resolve(answer.statusCode ?? 0));
    }).once("error", reject);
  });
const portOf = ({ url }: FrontDoor) => Number(new URL(url).port);

describe("before the server is ready", () => {
  it("serves people a page that loads itself again and says how far it is", async () => {
    door.say("Computing <a week>: 40 %");
    const reply = await fetch(door.url, { headers: { accept: "text/html,*/*" } });
    expect(reply.status).toBe(503);
    expect(reply.headers.get("retry-after")).toBe("2");
    expect(reply.headers.get("content-security-policy")).toContain("default-src 'self'");
    const page = await reply.text();
    expect(page).toContain('http-equiv="refresh" content="2"');
    expect(page).toContain("Computing &lt;a week&gt;: 40 % …");
  });

  it.each(["GET", "PUT"])("answers programs that %s with a problem", async (method) => {
    const reply = await fetch(`${door.url}/api/v1/site`, { method });
    expect(reply.status).toBe(503);
    expect(reply.headers.get("retry-after")).toBe("2");
    expect(await reply.json()).toEqual({
      code: "api/unavailable",
      message: "Hearthwork is starting; ask again in a moment",
    });
  });
});

it("then lets the server answer, on connections that came before too", async () => {
  await (await fetch(door.url)).text();
  const app = await createServer({ title: "Test", description: "", version: "1", cookie: "test" });
  app.get("/read", async () => ({ read: true }));
  await door.open(app);
  const reply = await fetch(`${door.url}/read`);
  expect(await reply.json()).toEqual({ read: true });
  await app.close();
});

it("says at once which port is taken, and what to do", async () => {
  const port = portOf(door);
  await expect(openFrontDoor({ host: "127.0.0.1", port })).rejects.toMatchObject({
    code: "http/port-taken",
    message: expect.stringMatching(new RegExp(`port ${port} of 127.0.0.1 .*--port`)),
  });
});

it("frees the port when it closes, whoever is still connected", async () => {
  const port = portOf(door);
  const guest = connect(port, "127.0.0.1");
  guest.on("error", () => {});
  guest.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  await new Promise((resolve) => guest.once("data", resolve));
  await door.close();
  door = await openFrontDoor({ host: "127.0.0.1", port });
});

it.each([
  ["is no HTTP", "good morning\r\n\r\n", 400],
  ["has endless headers", `GET / HTTP/1.1\r\nhost: x\r\nx: ${"x".repeat(20_000)}\r\n\r\n`, 431],
])("answers what %s with a problem", async (_case, said, status) => {
  const guest = connect(portOf(door), "127.0.0.1");
  guest.write(said);
  const [head = "", body = ""] = (await text(guest)).split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(JSON.parse(body)).toMatchObject({ code: "api/broken-request" });
});

it("lets one address have 64 connections, so that others come in too", async () => {
  const outcome = (guest: Socket) =>
    new Promise<"answered" | "closed">((resolve) => {
      guest.once("data", () => resolve("answered"));
      guest.once("close", () => resolve("closed"));
      guest.on("error", () => {});
    });
  const come = () => {
    const guest = connect(portOf(door), "127.0.0.1");
    guest.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
    return guest;
  };
  const guests = Array.from({ length: 70 }, come);
  const outcomes = await Promise.all(guests.map(outcome));
  expect(outcomes.filter((one) => one === "answered")).toHaveLength(64);
  const elsewhere = connect({ port: portOf(door), host: "127.0.0.1", localAddress: "127.0.0.2" });
  elsewhere.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  expect(await outcome(elsewhere)).toBe("answered");
  const leaving = guests.find((_guest, index) => outcomes[index] === "answered");
  const left = new Promise((resolve) => leaving?.once("close", resolve));
  leaving?.end();
  await left;
  await expect.poll(() => outcome(come())).toBe("answered");
  for (const guest of [...guests, elsewhere]) guest.destroy();
});

it("lets others of an address in that keeps asking on all its connections", async () => {
  const crowd = new Agent({ keepAlive: true, maxSockets: 64 });
  const over = new AbortController();
  const asking = Array.from({ length: 64 }, async () => {
    while (!over.signal.aborted) await ask(crowd).catch(() => {});
  });
  for (let time = 0; time < 5; time++) await Promise.all(Array.from({ length: 64 }, () => ask(crowd)));
  const other = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers: number[] = [];
  for (let time = 0; time < 20; time++) answers.push(await ask(other).catch(() => 0));
  expect(answers.filter((status) => status === 503).length).toBeGreaterThanOrEqual(19);
  over.abort();
  await Promise.all(asking);
  crowd.destroy();
  other.destroy();
});

it("ends a connection on which nothing is asked", { timeout: 20_000 }, async () => {
  const guest = connect(portOf(door), "127.0.0.1");
  await new Promise((resolve) => guest.once("close", resolve));
});
