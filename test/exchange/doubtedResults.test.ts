import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { apiClient } from "../../src/client/index.ts";
import { Micros, ProviderId } from "../../src/domain/index.ts";
import { ownAccount, providerAccount } from "../../src/market/index.ts";
import { artefactUrl, jobRoutes, operatorRoutes, verdictRoutes } from "../../src/wire/index.ts";
import { until } from "../e2e/until.ts";
import { openTestExchange, type TestExchange } from "./openTestExchange.ts";
import { RawProvider } from "./rawProvider.ts";
import { tinyModule } from "./tinyModule.ts";

let exchange: TestExchange;
const providers: RawProvider[] = [];
const module = tinyModule({});
const digest = createHash("sha256").update(module).digest("hex");
const operator = () => apiClient({ url: exchange.url, token: exchange.token });
const patienceMs = 20_000;

beforeAll(async () => {
  exchange = await openTestExchange();
  await fetch(`${exchange.url}${artefactUrl(digest)}?offset=0&total=${module.length}`, {
    method: "PUT",
    headers: { "content-type": "application/octet-stream", authorization: `Bearer ${exchange.token}` },
    body: Buffer.from(module),
  });
  for (const id of ["operator", "exchange"]) {
    await operator().call(operatorRoutes.deposit, {
      params: { id, reference: "begin" },
      body: { amount: "9" },
    });
  }
});
afterAll(async () => {
  for (const provider of providers) provider.close();
  await exchange.close();
});

const join = async (perClassHour: string, outputOf: (index: number) => string) => {
  const provider = new RawProvider(exchange.url);
  providers.push(provider);
  provider.works(({ index }) => outputOf(index));
  provider.say(await provider.hello({ offer: { steps: [{ slots: 8, perClassHour }], memoryMiB: 64 } }));
  return (await provider.hears("welcome")).provider;
};
const submit = (tasks: number) =>
  operator().call(jobRoutes.submitJob, {
    body: {
      name: "job",
      kind: "wasm",
      module: digest,
      tasks,
      classSeconds: 3600,
      bid: "0.05",
      deadline: new Date(Date.now() + 3_600_000).toISOString(),
    },
  });
const job = (id: string) => operator().call(jobRoutes.job, { params: { id } });
const done = (id: string) =>
  until("the end of a job", patienceMs, async () => {
    const found = await job(id);
    return found.state === "done" ? found : undefined;
  });
const base64 = (text: string) => Buffer.from(text).toString("base64");
const outputs = async (id: string) => {
  const { results } = await operator().call(jobRoutes.jobResults, { params: { id }, querystring: {} });
  return results.map(({ output, before }) => [Buffer.from(output, "base64").toString(), before !== null]);
};
const vouch = (id: string, isVouched: boolean) =>
  operator().call(operatorRoutes.vouch, { params: { id }, body: { isVouched } });

it(
  "does again what a cheat brought once he is caught, by orders that look like all others",
  { timeout: 60_000 },
  async () => {
    const cheat = await join("0.01", (index) => base64(index === 2 ? "lie" : `${index}`));
    await vouch(cheat, true);
    const deceived = await submit(4);
    await done(deceived.id);
    expect(await outputs(deceived.id)).toEqual([
      ["0", false],
      ["1", false],
      ["lie", false],
      ["3", false],
    ]);
    const { cost } = await job(deceived.id);

    await vouch(cheat, false);
    for (let i = 0; i < 2; i += 1) await join("0.02", (index) => base64(`${index}`));
    for (let i = 0; i < 3; i += 1) await done((await submit(3)).id);
    await until("the ban", patienceMs, () => (providers[0]?.closed === undefined ? undefined : true));

    const replaced = await until("the replacement", patienceMs, async () => {
      const found = await job(deceived.id);
      return found.replaced.length > 0 ? found : undefined;
    });
    expect(replaced).toMatchObject({ state: "done", replaced: [2], cost });
    expect(await outputs(deceived.id)).toEqual([
      ["0", false],
      ["1", false],
      ["2", true],
      ["3", false],
    ]);
    const shapes = providers
      .slice(1)
      .flatMap(({ leased }) =>
        leased.map((terms) =>
          [
            Object.keys(terms).join(),
            terms.job.replaceAll(/[0-9a-f]/g, "0"),
            terms.module,
            terms.memoryMiB,
            terms.limitSeconds,
            terms.price,
          ].join(" "),
        ),
      );
    expect(shapes.length).toBeGreaterThan(12);
    expect(new Set(shapes).size).toBe(1);
  },
);

it("judges an appeal of the banned one by a vouched machine alone, at his cost", async () => {
  const [cheat] = providers;
  const { provider: id, token } = (await cheat?.hears("welcome")) ?? { provider: "", token: "" };
  const machine = apiClient({ url: exchange.url, token });
  const { standing, wrong } = await machine.call(verdictRoutes.verdicts, { params: { id } });
  expect(standing).toMatchObject({ isRevoked: true, trust: 0 });
  expect(wrong.length).toBeGreaterThanOrEqual(3);
  const other = (await providers[1]?.hears("welcome"))?.provider ?? "";
  const asOther = machine.call(verdictRoutes.verdicts, { params: { id: other } });
  await expect(asOther).rejects.toMatchObject({ code: "api/not-found" });

  const lease = wrong[0]?.lease ?? 0;
  const appeal = () => machine.call(verdictRoutes.appeal, { params: { id }, body: { lease } });
  await expect(appeal()).rejects.toMatchObject({ code: "market/too-little" });
  const account = providerAccount(ProviderId(id));
  const gift = { cause: "gift", from: ownAccount, to: account, amount: Micros(1_000_000n) };
  await exchange.store.post([gift], Date.now() as never);
  const balance = await exchange.store.balanceOf(account);
  expect((await appeal()).wrong[0]).toMatchObject({ lease, appeal: "running" });
  const judge = await join("0.04", (index) => base64(`${index}`));
  await vouch(judge, true);
  const decided = await until("the judge's word", patienceMs, async () => {
    const verdicts = await machine.call(verdictRoutes.verdicts, { params: { id } });
    return verdicts.wrong[0]?.appeal === "running" ? undefined : verdicts.wrong[0];
  });
  expect(decided).toMatchObject({ lease, appeal: "rejected" });
  expect(await exchange.store.balanceOf(account)).toBe(Micros(balance - 40_000n));
  expect(providers.at(-1)?.leased).toHaveLength(1);
});
