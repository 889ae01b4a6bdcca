import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { newKey, parseExchangeAddress, signingKey, startAgent } from "../../src/agent/index.ts";
import { hostClock, ProviderId, Seconds, seededRandom } from "../../src/domain/index.ts";
import { apiClient } from "../../src/client/index.ts";
import { maxArtefactBytes } from "../../src/jobs/index.ts";
import { artefactUrl, jobRoutes, maxMessageBytes, operatorRoutes } from "../../src/wire/index.ts";
import { openTestExchange, type TestExchange } from "./openTestExchange.ts";
import { RawProvider } from "./rawProvider.ts";
import { tinyModule } from "./tinyModule.ts";

let exchange: TestExchange;
const raw: RawProvider[] = [];
const connect = (options = {}) => {
  const provider = new RawProvider(exchange.url, options);
  raw.push(provider);
  return provider;
};
const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const module = tinyModule({});
const operator = () => apiClient({ url: exchange.url, token: exchange.token });
const put = (digest: string, query: string, body: Uint8Array, token = exchange.token) =>
  fetch(`${exchange.url}${artefactUrl(digest)}?${query}`, {
    method: "PUT",
    headers: { "content-type": "application/octet-stream", authorization: `Bearer ${token}` },
    body: Buffer.from(body),
  });
const job = (tasks: number) => ({
  name: "job",
  kind: "wasm" as const,
  module: digestOf(module),
  tasks,
  classSeconds: 3600,
  bid: "0.02",
  deadline: new Date(Date.now() + 3_600_000).toISOString(),
});

beforeAll(async () => {
  exchange = await openTestExchange();
  expect((await put(digestOf(module), `offset=0&total=${module.length}`, module)).status).toBe(200);
});
afterEach(() => {
  for (const provider of raw.splice(0)) provider.close();
});
afterAll(() => exchange.close());

describe("a provider that lies about who it is", () => {
  it("is refused when it has not the key that it shows", async () => {
    const provider = connect();
    provider.say(await provider.hello({ key: signingKey(newKey()).publicKey }));
    expect(await provider.hears("refused")).toMatchObject({ code: "provider/not-proven" });
    expect(await provider.ended()).toBe(1008);
  });

  it("is refused when it says again what it said on another connection", async () => {
    const [first, second] = [connect(), connect()];
    const hello = await first.hello();
    first.say(hello);
    await first.hears("welcome");
    await second.hears("challenge");
    second.say(hello);
    expect(await second.hears("refused")).toMatchObject({ code: "provider/not-proven" });
  });

  it("is refused once its key is revoked, on every connection", async () => {
    const provider = connect();
    const id = await provider.join();
    await operator().call(operatorRoutes.revokeProvider, { params: { id } });
    expect(await provider.hears("refused")).toMatchObject({ code: "provider/revoked" });
    expect((await exchange.store.providers()).find((one) => one.id === ProviderId(id))?.isRevoked).toBe(true);
  });

  it("gets no artefact by a token that was made up", async () => {
    const reply = await fetch(`${exchange.url}${artefactUrl(digestOf(module))}`, {
      headers: { authorization: `Bearer ${"x".repeat(43)}` },
    });
    expect(reply.status).toBe(401);
  });
});

describe("a provider that says what it should not", () => {
  it.each([
    ["no JSON", "{"],
    ["something that there is not", { type: "pay", amount: 1 }],
    ["a number that is none", { type: "beat", leases: [{ lease: -1, done: 2 }] }],
  ])("is refused at %s", async (_what, message) => {
    const provider = connect();
    await provider.join();
    provider.say(message);
    expect(await provider.hears("refused")).toMatchObject({ code: "provider/not-understood" });
  });

  it("is refused when it does not begin with a hello", async () => {
    const provider = connect();
    await provider.hears("challenge");
    provider.say({ type: "beat", leases: [] });
    expect(await provider.hears("refused")).toMatchObject({ code: "provider/not-understood" });
  });

  it("is cut off at a frame that is too long", async () => {
    const provider = connect();
    await provider.join();
    provider.say("x".repeat(maxMessageBytes + 1));
    expect(await provider.ended()).toBe(1009);
  });

  it("is cut off when it floods", async () => {
    const provider = connect();
    await provider.join();
    for (let i = 0; i < 3000; i += 1) provider.say({ type: "beat", leases: [] });
    expect(await provider.hears("refused")).toMatchObject({ code: "provider/flood" });
  });

  it("is paid nothing for a result that nobody asked of it", async () => {
    const provider = connect();
    const id = await provider.join();
    provider.say({ type: "result", lease: 1, output: "", seconds: 1 });
    expect(await provider.hears("settled")).toMatchObject({ lease: 1 });
    expect((await exchange.store.balances()).get(`provider/${id}`)).toBeUndefined();
  });

  it("comes to nothing by a result of garbage, which no other machine confirms", async () => {
    await operator().call(operatorRoutes.deposit, {
      params: { id: "operator", reference: "garbage" },
      body: { amount: "1" },
    });
    const [liar, honest, third] = [connect(), connect(), connect()];
    const taken = await operator().call(jobRoutes.submitJob, { body: job(1) });
    const ids: string[] = [];
    for (const [provider, output] of [
      [liar, "Z2FyYmFnZQ=="],
      [honest, ""],
      [third, ""],
    ] as const) {
      ids.push(await provider.join());
      const { terms } = await provider.hears("lease");
      const { lease } = JSON.parse(terms) as { lease: number };
      provider.say({ type: "result", lease, output, seconds: 1 });
      await provider.hears("settled");
    }
    const ended = await operator().call(jobRoutes.job, { params: { id: taken.id } });
    expect(ended).toMatchObject({ state: "done", cost: { amount: "0.040000" } });
    const balances = await exchange.store.balances();
    expect(ids.map((id) => balances.get(`provider/${id}`))).toEqual([undefined, 10_000n, 10_000n]);
  });
});

describe("the way in for providers", () => {
  it("is closed to pages of other origins, and to other names of the host", async () => {
    for (const options of [{ origin: "http://evil.example" }, { headers: { host: "evil.example" } }]) {
      const provider = connect(options);
      expect(await provider.ended()).toBe(1006);
      expect(provider.heard).toEqual([]);
    }
  });
});

describe("a provider", () => {
  it("leaves an exchange that has another key than its address names", async () => {
    const address = parseExchangeAddress(`${exchange.url}/#${"0".repeat(32)}`);
    const agent = startAgent({
      exchange: address,
      key: signingKey(newKey()),
      kind: "datacenter",
      name: "careful",
      offer: { steps: [{ slots: 1, perClassHour: "0.02" }], memoryMiB: 64 },
      runner: { run: () => Promise.reject(new Error("nothing may run")), close: async () => {} },
      clock: hostClock(globalThis),
      random: seededRandom(1),
      onToken: () => {},
      onEvent: () => {},
    });
    expect(await agent.ended).toMatchObject({ code: "provider/another-exchange" });
    await agent.close(Seconds(0));
  });

  it.each([
    ["http://exchange.example:7421/#0123456789abcdef0123456789abcdef", /https alone/],
    ["https://exchange.example:7421/", /fingerprint/],
    ["https://me:secret@exchange.example/#0123456789abcdef0123456789abcdef", /more than it should/],
    ["exchange", /no URL/],
  ])("does not go to %s", (address, why) => {
    expect(() => parseExchangeAddress(address)).toThrow(why);
  });
});

describe("a consumer", () => {
  it("without a key gets nothing", async () => {
    const stranger = apiClient({ url: exchange.url, token: `hwc_${"x".repeat(43)}` });
    await expect(stranger.call(jobRoutes.submitJob, { body: job(1) })).rejects.toMatchObject({
      code: "access/login-needed",
    });
    await expect(stranger.call(operatorRoutes.balances, {})).rejects.toMatchObject({
      code: "access/login-needed",
    });
  });

  it("cannot flood: it pays for all of a job before the job begins, and sees no other's", async () => {
    const { key } = await operator().call(operatorRoutes.createConsumer, { body: { id: "flood" } });
    const consumer = apiClient({ url: exchange.url, token: key });
    await expect(consumer.call(jobRoutes.submitJob, { body: job(100_000) })).rejects.toMatchObject({
      code: "market/too-little",
    });
    await expect(consumer.call(jobRoutes.submitJob, { body: job(100_001) })).rejects.toMatchObject({
      code: "api/bad-request",
    });
    const { jobs } = await operator().call(jobRoutes.listJobs, {});
    const others = { params: { id: jobs[0]?.id ?? "" } };
    await expect(consumer.call(jobRoutes.job, others)).rejects.toMatchObject({ code: "api/not-found" });
    await expect(consumer.call(jobRoutes.cancelJob, others)).rejects.toMatchObject({ code: "api/not-found" });
  });

  it("cannot send another artefact than it says, or one that is too large, and may go on where it stopped", async () => {
    const bytes = new TextEncoder().encode("an artefact in two parts");
    const digest = digestOf(bytes);
    const part = (from: number, to: number) =>
      put(digest, `offset=${from}&total=${bytes.length}`, bytes.slice(from, to));
    expect(await (await part(0, 10)).json()).toEqual({ isWhole: false, bytes: 10 });
    expect(await (await part(0, 10)).json()).toEqual({ isWhole: false, bytes: 10 });
    expect(await (await part(10, bytes.length)).json()).toEqual({ isWhole: true, bytes: bytes.length });
    const wrong = await put(digestOf(new Uint8Array([1])), "offset=0&total=1", new Uint8Array([2]));
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { code: "artefact/wrong" }]);
    const huge = await put("a".repeat(64), `offset=0&total=${maxArtefactBytes + 1}`, new Uint8Array([2]));
    expect(huge.status).toBe(400);
    const past = await put("b".repeat(64), "offset=0&total=1", new Uint8Array(2));
    expect(past.status).toBe(400);
  });

  it("cannot submit a module that may not run, or one that nobody sent", async () => {
    const bad = tinyModule({ imports: [{ module: "wasi_snapshot_preview1", name: "fd_write" }] });
    await put(digestOf(bad), `offset=0&total=${bad.length}`, bad);
    const submit = (of: string) => operator().call(jobRoutes.submitJob, { body: { ...job(1), module: of } });
    await expect(submit(digestOf(bad))).rejects.toMatchObject({ code: "job/bad-module" });
    await expect(submit("c".repeat(64))).rejects.toMatchObject({ code: "job/unknown-artefact" });
  });
});
