import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { isSignedBy, newKey, signingKey } from "../../agent/index.ts";
import { type FromExchange, fromExchangeSchema, leasesText, leaseText } from "../../wire/index.ts";
import { Outbox } from "./outbox.ts";

const key = signingKey(newKey());
const door = new WebSocketServer({ noServer: true });
const server = createServer();
const lines: WebSocket[] = [];

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterEach(() => {
  for (const line of lines.splice(0)) line.terminate();
});
afterAll(() => server.close());

/** An outbox of a connection, and what its other end hears. */
async function connect() {
  const upgraded = once(server, "upgrade");
  const line = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  lines.push(line);
  const heard: FromExchange[] = [];
  line.on("message", (data) =>
    heard.push(fromExchangeSchema.parse(JSON.parse((data as Buffer).toString()) as unknown)),
  );
  const [request, wire, head] = (await upgraded) as Parameters<typeof door.handleUpgrade>;
  const socket = await new Promise<WebSocket>((resolve) =>
    door.handleUpgrade(request, wire, head, (opened) => resolve(opened)),
  );
  const outbox = new Outbox(socket, wire, key);
  const hears = (messages: number) => expect.poll(() => heard.length, { timeout: 20_000 }).toBe(messages);
  return { outbox, heard, hears };
}

it("tells what is settled and leased in one turn by one message each, what makes room first", async () => {
  const { outbox, heard, hears } = await connect();
  outbox.begin("p1", 2);
  outbox.lease('{"lease":3}');
  outbox.settled(1);
  outbox.lease('{"lease":4}');
  outbox.settled(2);
  await hears(2);
  expect(heard[0]).toEqual({ type: "settlements", leases: [1, 2] });
  const [, leases] = heard;
  if (leases?.type !== "leases") throw new Error("no leases");
  expect(leases.leases).toEqual(['{"lease":3}', '{"lease":4}']);
  expect(isSignedBy(key.publicKey, leasesText("p1", leases.leases), leases.signature)).toBe(true);
  expect(isSignedBy(key.publicKey, leasesText("p2", leases.leases), leases.signature)).toBe(false);
  expect(isSignedBy(key.publicKey, leasesText("p1", leases.leases.toReversed()), leases.signature)).toBe(
    false,
  );
});

it("tells a provider of the first version each by itself", async () => {
  const { outbox, heard, hears } = await connect();
  outbox.begin("p1", 1);
  for (const lease of [3, 4]) outbox.lease(`{"lease":${lease}}`);
  for (const lease of [1, 2]) outbox.settled(lease);
  await hears(4);
  expect(heard.map(({ type }) => type)).toEqual(["settled", "settled", "lease", "lease"]);
  const [lease] = heard.flatMap((message) => (message.type === "lease" ? [message] : []));
  expect(isSignedBy(key.publicKey, leaseText("p1", lease?.terms ?? ""), lease?.signature ?? "")).toBe(true);
});

it("keeps the order of what is told at once, and splits what is too long for a message", async () => {
  const { outbox, heard, hears } = await connect();
  outbox.begin("p1", 2);
  for (let lease = 0; lease < 50; lease += 1) outbox.lease("x".repeat(4096));
  outbox.say({ type: "revoke", lease: 1, why: "its job ended" });
  await hears(4);
  expect(heard.map((message) => (message.type === "leases" ? message.leases.length : message.type))).toEqual([
    24,
    24,
    2,
    "revoke",
  ]);
});
