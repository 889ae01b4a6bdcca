import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Agent,
  hostMeter,
  newKey,
  parseExchangeAddress,
  signingKey,
  startAgent,
  verifyReceipt,
} from "../../src/agent/index.ts";
import {
  canonicalJson,
  formatMicros,
  hostClock,
  Joules,
  Micros,
  parseMicros,
  ProviderId,
  Seconds,
  seededRandom,
} from "../../src/domain/index.ts";
import type { TaskMeter } from "../../src/energy/index.ts";
import { apiClient } from "../../src/client/index.ts";
import { wasmRunner } from "../../src/runtimes/index.ts";
import { artefactUrl, jobRoutes, operatorRoutes, receiptRoutes } from "../../src/wire/index.ts";
import { runHere } from "../runHere.ts";
import { until } from "../e2e/until.ts";
import { openTestExchange, type TestExchange } from "./openTestExchange.ts";
import { tinyModule } from "./tinyModule.ts";

const module = tinyModule({});
const digest = createHash("sha256").update(module).digest("hex");
const runner = wasmRunner();
const agents: Agent[] = [];
let exchange: TestExchange;
let fingerprint = "";
let folder = "";
const operator = () => apiClient({ url: exchange.url, token: exchange.token });

/** A heater of 10 J a task, of which 8 J warm a room that wants them and 1 J another that does not. */
const heater: TaskMeter = {
  begin: () => () => ({
    method: "meter",
    energy: { metered: 10, reported: 0, estimated: 0 },
    heat: [
      { sink: "living-room", kind: "room", joules: 8, usefulJoules: 8 },
      { sink: "hall", kind: "room", joules: 1, usefulJoules: 0 },
    ],
    boundary: { name: "the heater at its plug", joules: 10 },
    carbon: {
      gridGramsPerKwh: 360,
      marginalGramsPerKwh: 720,
      instead: { name: "a gas boiler", gramsPerKwh: 216, marginalGramsPerKwh: 216 },
      elsewhere: null,
    },
  }),
};
const counting = hostMeter({
  power: { idleWatts: 10_000, fullWatts: 50_000, cores: 1, slots: 1 },
  pue: 1.2,
  carbon: null,
  counter: undefined,
});
const impossible: TaskMeter = {
  begin: () => () => ({
    ...heater.begin()({ seconds: 0, cpuSeconds: 0 }),
    energy: { metered: 1e6, reported: 0, estimated: -1 },
  }),
};

/** A provider that the operator vouches for, of whose work nothing is checked. */
async function joined(meter: TaskMeter | undefined, signer = signingKey(newKey())): Promise<Agent> {
  const { promise: welcome, resolve } = Promise.withResolvers<string>();
  const agent = startAgent({
    exchange: parseExchangeAddress(exchange.address),
    key: signer,
    kind: "home",
    name: "provider",
    offer: { steps: [{ slots: 1, perClassHour: "0.02" }], memoryMiB: 64 },
    runner,
    ...(meter ? { meter } : {}),
    watts: 400,
    clock: hostClock(globalThis),
    random: seededRandom(1),
    onToken: () => {},
    onEvent: (event) => event.kind === "joined" && resolve(event.provider),
  });
  agents.push(agent);
  await exchange.store.vouchFor(ProviderId(await welcome), true);
  return agent;
}

/** Has a job done by one provider, who leaves after. */
async function done(tasks: number, meter: TaskMeter | undefined, signer = signingKey(newKey())) {
  const { id } = await operator().call(jobRoutes.submitJob, {
    body: {
      name: "job",
      kind: "wasm",
      module: digest,
      tasks,
      classSeconds: 3600,
      bid: "0.02",
      deadline: new Date(Date.now() + 3_600_000).toISOString(),
    },
  });
  const agent = await joined(meter, signer);
  await until("the job's end", 30_000, async () => {
    const { state } = await operator().call(jobRoutes.job, { params: { id } });
    return state === "done" ? true : undefined;
  });
  await agent.close(Seconds(0));
  return { id, receipts: await receiptsOf(id) };
}

const receiptsOf = async (id: string) =>
  (await operator().call(receiptRoutes.jobReceipts, { params: { id }, querystring: {} })).receipts;

beforeAll(async () => {
  exchange = await openTestExchange();
  fingerprint = new URL(exchange.address).hash.slice(1);
  folder = mkdtempSync(join(tmpdir(), "hearthwork-receipts-"));
  await fetch(`${exchange.url}${artefactUrl(digest)}?offset=0&total=${module.length}`, {
    method: "PUT",
    headers: { "content-type": "application/octet-stream", authorization: `Bearer ${exchange.token}` },
    body: Buffer.from(module),
  });
  await operator().call(operatorRoutes.deposit, {
    params: { id: "operator", reference: "all" },
    body: { amount: "10" },
  });
});
afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.close(Seconds(0))));
  await runner.close();
  await exchange.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a receipt", () => {
  it("tells of each task what was drawn, given as heat, emitted and paid, signed by both", async () => {
    const { id, receipts } = await done(3, heater);
    expect(receipts.map(({ receipt }) => receipt.index)).toEqual([0, 1, 2]);
    const [first] = receipts;
    expect(first?.receipt).toMatchObject({
      id: `${id}-${first?.receipt.lease}`,
      consumer: "operator",
      module: digest,
      output: createHash("sha256").digest("hex"),
      verdict: "accepted",
      price: { amount: "0.020000", currency: "USD" },
      watts: 400,
      flags: [],
      account: {
        energyJoules: 10,
        heatJoules: 9,
        usefulJoules: 8,
        pue: 1,
        erf: 0.8,
        ere: 0.2,
        carbonGrams: { used: 0.001, displaced: 0.00048, consequential: 0.00152 },
      },
    });
    for (const signed of receipts) {
      expect(await verifyReceipt(canonicalJson(signed), fingerprint)).toMatchObject({
        kind: "sound",
        fingerprint,
      });
    }
    const one = await operator().call(receiptRoutes.receipt, { params: { id: first?.receipt.id ?? "" } });
    expect(one).toEqual(first);
  });

  it("is the same whenever it is asked for, and is downloaded with its job's others", async () => {
    const { id, receipts } = await done(2, heater);
    expect(await receiptsOf(id)).toEqual(receipts);
    const reply = await fetch(`${exchange.url}/api/v1/jobs/${id}/receipts.jsonl`, {
      headers: { authorization: `Bearer ${exchange.token}` },
    });
    expect(reply.headers.get("content-disposition")).toBe(`attachment; filename="${id}-receipts.jsonl"`);
    expect(await reply.text()).toBe(receipts.map((signed) => `${canonicalJson(signed)}\n`).join(""));
  });

  it("estimates where nothing is measured, and says so", async () => {
    const { receipts } = await done(1, counting);
    const { work, account } = receipts[0]?.receipt ?? {};
    expect(work?.claim).toMatchObject({
      method: "declared-power",
      energy: { metered: 0, reported: 0 },
      heat: [],
    });
    expect(account?.energyJoules).toBeGreaterThan(0);
    expect(account).toMatchObject({ pue: expect.closeTo(1.2, 1) as number, erf: 0, carbonGrams: null });
  });

  it("counts nothing of a claim that cannot be true, and says why", async () => {
    const { receipts } = await done(1, impossible);
    expect(receipts[0]?.receipt).toMatchObject({
      account: null,
      flags: ["negative", "power-above-limit", "boundary-below-energy"],
      work: { claim: { energy: { metered: 1e6 } } },
    });
    expect(await verifyReceipt(canonicalJson(receipts[0]), fingerprint)).toMatchObject({ kind: "sound" });
  });

  it("says when its provider claimed nothing, or did not sign it", async () => {
    const { receipts: silent } = await done(1, undefined);
    const key = signingKey(newKey());
    const forging = { ...key, jws: (kind: Parameters<typeof key.jws>[0]) => key.jws(kind, "{}") };
    const { receipts: forged } = await done(1, heater, forging);
    for (const [signed, flag] of [
      [silent[0], "nothing-claimed"],
      [forged[0], "not-signed"],
    ] as const) {
      expect(signed).toMatchObject({
        receipt: { work: null, account: null, flags: [flag] },
        signatures: { provider: null },
      });
      expect(await verifyReceipt(canonicalJson(signed), fingerprint)).toMatchObject({ kind: "sound" });
    }
  });

  it("is its consumer's alone", async () => {
    const { receipts } = await done(1, heater);
    const { key } = await operator().call(operatorRoutes.createConsumer, { body: { id: "other" } });
    const other = apiClient({ url: exchange.url, token: key });
    await expect(
      other.call(receiptRoutes.receipt, { params: { id: receipts[0]?.receipt.id ?? "" } }),
    ).rejects.toMatchObject({ code: "api/not-found" });
  });
});

describe("a statement", () => {
  const statement = (path: string, token = exchange.token, from = "1970-01-01T00:00:00Z") =>
    fetch(
      `${exchange.url}/api/v1/${path}/statement.csv?${new URLSearchParams({ from, to: "2100-01-01T00:00:00Z" }).toString()}`,
      { headers: { authorization: `Bearer ${token}` } },
    );
  /** Millionths, of a statement's lines with an amount. */
  const amountsOf = (csv: string) =>
    csv
      .split("\r\n")
      .map((line) => line.split(",")[4] ?? "")
      .filter((amount) => /^-?\d/.test(amount))
      .map((amount) => parseMicros(amount));
  const sum = (amounts: readonly bigint[]) => amounts.reduce((all, one) => all + one, 0n);

  it("sums to the balance of each account, to the millionth", async () => {
    await done(2, heater);
    const balances = await exchange.store.balances();
    const ours = await (await statement("consumers/operator")).text();
    expect(sum(amountsOf(ours))).toBe(balances.get("consumer/operator"));
    expect(ours).toMatch(/^time,account,cause,other account,amount \(USD\),balance \(USD\)\r\n/);
    const [provider = ""] = [...balances.keys()].filter((id) => id.startsWith("provider/"));
    const id = provider.slice("provider/".length);
    const theirs = await (await statement(`providers/${id}`)).text();
    expect(sum(amountsOf(theirs))).toBe((balances.get(provider) ?? 0n) + (balances.get(`held/${id}`) ?? 0n));
    const after = await (
      await statement("consumers/operator", exchange.token, "2099-01-01T00:00:00Z")
    ).text();
    expect(amountsOf(after)).toEqual([]);
    const balance = formatMicros(Micros(balances.get("consumer/operator") ?? 0n));
    expect(after).toContain(`balance before,,,${balance}`);
  });

  it("is its consumer's and the operator's alone", async () => {
    const { key } = await operator().call(operatorRoutes.createConsumer, { body: { id: "stranger" } });
    expect((await statement("consumers/operator", key)).status).toBe(404);
    expect((await statement("consumers/stranger", key)).status).toBe(200);
    expect((await statement("providers/p1", key)).status).toBe(404);
    expect((await statement("consumers/nobody")).status).toBe(404);
  });
});

/** Where a value lies in a document. */
type Path = readonly (string | number)[];

const leavesOf = (value: unknown, path: Path = []): Path[] =>
  typeof value === "object" && value !== null && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([name, item]) => leavesOf(item, [...path, name]))
    : [path];

/** The same with another value there, of the same kind where it can be. */
function changed(document: unknown, path: Path): unknown {
  const [name, ...rest] = path;
  if (name !== undefined) {
    const copy = structuredClone(document) as Record<string, unknown>;
    copy[name] = changed(copy[name], rest);
    return copy;
  }
  if (typeof document === "number") return document + 1;
  if (typeof document !== "string") return document === null ? 1 : null;
  const at = Math.floor(document.length / 2);
  return `${document.slice(0, at)}${document[at] === "1" ? "2" : "1"}${document.slice(at + 1)}`;
}

describe("a receipt that was changed", () => {
  it("is refused, whichever field it was", async () => {
    const { receipts } = await done(1, heater);
    const leaves = leavesOf(receipts[0]);
    expect(leaves.length).toBeGreaterThan(60);
    const passed = [];
    for (const path of leaves) {
      const check = await verifyReceipt(canonicalJson(changed(receipts[0], path)), undefined);
      if (check.kind !== "refused") passed.push(path.join("."));
    }
    expect(passed).toEqual([]);
  });

  it("is refused with a white space more, another key than is trusted, and sums that its issuer signed wrong", async () => {
    const { receipts } = await done(1, heater);
    const text = canonicalJson(receipts[0]);
    expect(await verifyReceipt(text.replace(":", ": "), fingerprint)).toMatchObject({ why: /canonical/ });
    expect(await verifyReceipt(text, "0".repeat(32))).toMatchObject({ why: /issued by/ });
    const forger = signingKey(newKey());
    const { receipt, signatures } = receipts[0]!;
    const wrong = {
      ...receipt,
      issuer: { key: forger.publicKey },
      account: { ...receipt.account, energyJoules: 9 },
    };
    const issuer = await forger.jws("hearthwork-receipt+json", canonicalJson(wrong));
    const forged = canonicalJson({ receipt: wrong, signatures: { ...signatures, issuer } });
    expect(await verifyReceipt(forged, undefined)).toMatchObject({ why: /another exchange's work/ });
  });

  it("is told by the command, which needs no exchange: exit 1, and why", { timeout: 60_000 }, async () => {
    const { receipts } = await done(2, heater);
    const text = receipts.map((signed) => `${canonicalJson(signed)}\n`).join("");
    writeFileSync(join(folder, "sound.jsonl"), text);
    writeFileSync(join(folder, "changed.jsonl"), text.replaceAll('"metered":10', '"metered":11'));
    const verify = (file: string) =>
      runHere(["receipt", "verify", file, "--trust", fingerprint, "--json"], folder);
    const [sound, bad] = await Promise.all([verify("sound.jsonl"), verify("changed.jsonl")]);
    expect(sound.code).toBe(0);
    expect(JSON.parse(sound.stdout)).toMatchObject({
      receipts: 2,
      issuers: [fingerprint],
      sum: { energyJoules: Joules(20), price: "0.040000" },
    });
    expect(bad).toMatchObject({ code: 1, stdout: "" });
    expect(bad.stderr).toMatch(
      /changed\.jsonl, line 1: the signature of who issued it is not this receipt's/,
    );
  });
});
