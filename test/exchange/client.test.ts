import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newKey, parseExchangeAddress, signingKey, startAgent } from "../../src/agent/index.ts";
import { type ExchangeClient, exchangeClient, type TaskOutput } from "../../src/client/index.ts";
import { hostClock, Seconds, seededRandom } from "../../src/domain/index.ts";
import { wasmRunner } from "../../src/runtimes/index.ts";
import { jobRoutes, operatorRoutes } from "../../src/wire/index.ts";
import { until } from "../e2e/until.ts";
import { openTestExchange, type TestExchange } from "./openTestExchange.ts";
import { tinyModule } from "./tinyModule.ts";

let exchange: TestExchange;
let client: ExchangeClient;
const closing: (() => Promise<unknown>)[] = [];

/** Writes nothing. */
const module = tinyModule({});
const job = (tasks: number) => ({
  name: "from a program",
  kind: "wasm" as const,
  module,
  tasks,
  classSeconds: 1,
  bid: "0.001",
  deadline: new Date(Date.now() + 3_600_000).toISOString(),
});

async function all(results: AsyncIterable<TaskOutput>): Promise<TaskOutput[]> {
  const outputs: TaskOutput[] = [];
  for await (const output of results) outputs.push(output);
  return outputs;
}

beforeAll(async () => {
  exchange = await openTestExchange();
  client = exchangeClient({ url: exchange.url, token: exchange.token });
  await client.api.call(operatorRoutes.deposit, {
    params: { id: "operator", reference: "first" },
    body: { amount: "1" },
  });
  const runner = wasmRunner();
  const agent = startAgent({
    exchange: parseExchangeAddress(exchange.address),
    key: signingKey(newKey()),
    kind: "datacenter",
    name: "of the test",
    offer: { steps: [{ slots: 2, perClassHour: "0.02" }], memoryMiB: 64 },
    runner,
    clock: hostClock(globalThis),
    random: seededRandom(1),
    onToken: () => {},
    onEvent: () => {},
  });
  closing.push(
    () => agent.close(Seconds(0)),
    () => runner.close(),
    () => exchange.close(),
  );
  const [provider] = await until("a provider", 30_000, async () => {
    const { providers } = await client.api.call(operatorRoutes.providers, {});
    return providers.length > 0 ? providers : undefined;
  });
  await client.api.call(operatorRoutes.vouch, {
    params: { id: provider?.id ?? "" },
    body: { isVouched: true },
  });
});
afterAll(async () => {
  for (const close of closing) await close();
});

describe("a program that has something computed", () => {
  it("submits a job, follows it and reads what its tasks wrote", async () => {
    const seen: number[] = [];
    const { id, quote } = await client.submit(job(3));
    const ended = await client.follow(id, { onProgress: ({ tasks }) => seen.push(tasks.done) });
    expect(ended).toMatchObject({ state: "done", tasks: { count: 3, done: 3 } });
    expect(Number(ended.cost.amount)).toBeLessThanOrEqual(Number(quote.amount));
    expect(seen.every((done) => done < 3)).toBe(true);
    const outputs = await all(client.results(id));
    expect(outputs.map(({ index, output }) => ({ index, bytes: output.length }))).toEqual(
      [0, 1, 2].map((index) => ({ index, bytes: 0 })),
    );
  });

  it("sends an artefact once", async () => {
    const bytes = Buffer.from("what tasks read");
    const digest = await client.sendArtefact(bytes);
    expect(await client.sendArtefact(bytes)).toBe(digest);
  });

  it("is told what is wrong with what it sends", async () => {
    await expect(client.sendArtefact(new Uint8Array())).rejects.toMatchObject({ code: "job/no-artefact" });
    await expect(client.submit({ ...job(1), module: Buffer.from("no module") })).rejects.toMatchObject({
      code: "job/bad-module",
    });
  });

  it("may stop waiting, and the job goes on", async () => {
    const { id } = await client.submit({ ...job(1), bid: "0.000001" });
    const signal = AbortSignal.abort();
    await expect(client.follow(id, { signal })).rejects.toMatchObject({ name: "AbortError" });
    expect(await client.api.call(jobRoutes.job, { params: { id } })).toMatchObject({ state: "open" });
  });

  it("takes no output that is not what its digest says", async () => {
    const said = JSON.stringify({
      results: [
        {
          index: 0,
          digest: "0".repeat(64),
          output: "AAAA",
          provider: "p",
          price: { amount: "0.001000", currency: "USD" },
          seconds: 1,
          before: null,
        },
      ],
      next: null,
    });
    const liar = createServer((_request, reply) =>
      reply.setHeader("content-type", "application/json").end(said),
    ).listen(0, "127.0.0.1");
    await new Promise((resolve) => liar.once("listening", resolve));
    const { port } = liar.address() as AddressInfo;
    const lied = exchangeClient({ url: `http://127.0.0.1:${port}` });
    await expect(all(lied.results("job"))).rejects.toMatchObject({ code: "job/wrong-output" });
    liar.close();
  });

  it("is told that an exchange cannot be reached, and may try again", async () => {
    const nobody = exchangeClient({ url: "http://127.0.0.1:9" });
    await expect(nobody.submit(job(1))).rejects.toMatchObject({ code: "api/unreachable", retry: "later" });
  });
});
