import { afterEach, expect, it } from "vitest";
import type { FaultyServer, WireFault } from "./faultyServer.ts";
import { startHttpTwin, type TwinReply } from "./httpTwin.ts";

let twin: FaultyServer | undefined;
afterEach(() => twin?.close());

const asked: unknown[] = [];
async function start(reply: TwinReply) {
  asked.length = 0;
  twin = await startHttpTwin({
    slowMs: 200,
    answer: ({ method, path, query, body }) => {
      asked.push([method, path, query.get("q"), body]);
      return reply;
    },
  });
  return twin;
}
const ask = ({ port }: FaultyServer, ms = 2000) =>
  fetch(`http://127.0.0.1:${port}/api?q=1`, {
    method: "PUT",
    body: '{"watt":5}',
    signal: AbortSignal.timeout(ms),
  });

it("answers as its device does", async () => {
  const reply = await ask(await start({ status: 422, headers: { "x-model": "Q" }, body: { no: "°" } }));
  expect(reply.status).toBe(422);
  expect(reply.headers.get("x-model")).toBe("Q");
  expect(await reply.json()).toEqual({ no: "°" });
  expect(asked).toEqual([["PUT", "/api", "1", { watt: 5 }]]);
});

it.each<WireFault>(["silent", "half-open", "slow", "dripping", "oversized"])(
  "gives no whole answer in time while it is %s, and is well again afterwards",
  async (fault) => {
    const twin = await start({ body: { watts: 5 } });
    await twin.suffer(fault);
    await expect(ask(twin, 150).then((reply) => reply.text())).rejects.toMatchObject({
      name: "TimeoutError",
    });
    expect(asked.length).toBe(fault === "silent" ? 0 : 1);
    await twin.suffer(undefined);
    expect(await (await ask(twin)).json()).toEqual({ watts: 5 });
  },
);

it("talks nonsense of every kind, and does as asked all the same", async () => {
  const twin = await start({ body: { watts: 5 } });
  await twin.suffer("garbage");
  for (let time = 0; time < 6; time++) {
    const said = await ask(twin)
      .then((reply) => reply.json() as Promise<{ watts?: unknown }>)
      .catch(() => undefined);
    expect(said?.watts).toBeUndefined();
  }
  expect(asked.length).toBe(6);
});

it("is not there while it is unplugged, and comes back at the same port", async () => {
  const twin = await start({ body: 1 });
  await twin.suffer("unplugged");
  await expect(ask(twin)).rejects.toThrow("fetch failed");
  await twin.suffer(undefined);
  expect(await (await ask(twin)).json()).toBe(1);
});

it("is slow, not lost", async () => {
  const twin = await start({ body: 1 });
  await twin.suffer("slow");
  const started = performance.now();
  expect(await (await ask(twin)).json()).toBe(1);
  expect(performance.now() - started).toBeGreaterThan(190);
});
