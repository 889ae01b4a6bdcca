import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ExchangeClient, exchangeClient, type JobToSubmit } from "../../src/client/index.ts";
import { jobRoutes, operatorRoutes, signedTermsSchema } from "../../src/wire/index.ts";
import { until } from "../e2e/until.ts";
import { openTestExchange, type TestExchange } from "./openTestExchange.ts";
import { RawProvider } from "./rawProvider.ts";
import { tinyModule } from "./tinyModule.ts";

let exchange: TestExchange;
let client: ExchangeClient;
beforeAll(async () => {
  exchange = await openTestExchange();
  client = exchangeClient({ url: exchange.url, token: exchange.token });
  await client.api.call(operatorRoutes.deposit, {
    params: { id: "operator", reference: "first" },
    body: { amount: "1" },
  });
});
afterAll(() => exchange.close());

const job = ({ within = 3600, ...change }: { within?: number; bid: string } & Partial<JobToSubmit>) => ({
  name: "by what is asked",
  kind: "wasm" as const,
  module: tinyModule({}),
  tasks: 1,
  classSeconds: 10,
  deadline: new Date(Date.now() + within * 1000).toISOString(),
  ...change,
});

describe("a provider's curve", () => {
  it("is climbed as far as the bid goes, and a new one counts from the next lease on", async () => {
    const provider = new RawProvider(exchange.url);
    const offer = (...steps: readonly (readonly [number, string])[]) => ({
      steps: steps.map(([slots, perClassHour]) => ({ slots, perClassHour })),
      memoryMiB: 64,
    });
    const prices = () =>
      provider.heard.flatMap((message) =>
        message.type === "lease" ? [signedTermsSchema.parse(message.terms).price] : [],
      );
    provider.say(await provider.hello({ offer: offer([1, "0.02"], [1, "0.2"]) }));
    await provider.hears("welcome");
    const { id } = await client.submit(job({ bid: "0.0001", tasks: 3 }));
    await until("the first lease", 10_000, () => prices()[0]);
    provider.say({ type: "offer", offer: offer([1, "0.02"], [1, "0.03"], [1, "0.3"]) });
    await until("the second lease", 10_000, () => prices()[1]);
    provider.say({ type: "offer", offer: offer() });
    expect(prices()).toEqual(["0.000056", "0.000084"]);
    await client.api.call(jobRoutes.cancelJob, { params: { id } });
    provider.close();
  });

  it("is what a quote is made of, which takes nothing", async () => {
    const provider = new RawProvider(exchange.url);
    const steps = [
      { slots: 1, perClassHour: "0.02" },
      { slots: 1, perClassHour: "0.2" },
    ];
    provider.say(await provider.hello({ offer: { steps, memoryMiB: 64 } }));
    await provider.hears("welcome");
    const { atMost, tasks, now, cheapest } = await client.quote(job({ bid: "0.0001", tasks: 3 }));
    expect([atMost.amount, tasks, now.tasks]).toEqual(["0.000600", 3, 1]);
    expect([now.least?.amount, now.most?.amount]).toEqual(["0.000056", "0.000056"]);
    expect(cheapest?.amount).toBe("0.000056");
    expect(await client.quote(job({ bid: "0.00001" }))).toMatchObject({
      now: { tasks: 0, least: null },
      cheapest: { amount: "0.000056" },
    });
    expect(provider.heard.filter(({ type }) => type === "lease")).toEqual([]);
    provider.close();
  });

  it("is waited for by a job that has time, until its deadline forces it", async () => {
    const provider = new RawProvider(exchange.url);
    const steps = [{ slots: 4, perClassHour: "0.02" }];
    provider.say(await provider.hello({ offer: { steps, memoryMiB: 64 } }));
    await provider.hears("welcome");
    const patient = { bid: "0.0001", patientBid: "0.00001", limitSeconds: 1, tasks: 1 };
    const { id: waits } = await client.submit(job(patient));
    const { id: forced } = await client.submit(job({ ...patient, within: 590 }));
    const leased = await provider.hears("lease");
    expect(signedTermsSchema.parse(leased.terms)).toMatchObject({ job: forced, price: "0.000056" });
    const { tasks } = await client.api.call(jobRoutes.job, { params: { id: waits } });
    expect(tasks).toMatchObject({ waiting: 1, running: 0 });
    for (const id of [waits, forced]) await client.api.call(jobRoutes.cancelJob, { params: { id } });
    provider.close();
  });

  it("says what it emits to get a job that asks for it", async () => {
    const provider = new RawProvider(exchange.url);
    const offer = { steps: [{ slots: 1, perClassHour: "0.02" }], memoryMiB: 64 };
    provider.say(await provider.hello({ offer: { ...offer, gramsPerClassHour: 90 } }));
    await provider.hears("welcome");
    const { id } = await client.submit(job({ bid: "0.0001", tasks: 1, maxGrams: 0.1 }));
    const { id: other } = await client.submit(job({ bid: "0.0001", tasks: 1 }));
    const first = await provider.hears("lease");
    expect(signedTermsSchema.parse(first.terms).job).toBe(other);
    await client.api.call(jobRoutes.cancelJob, { params: { id: other } });
    await provider.hears("revoke");
    provider.say({ type: "offer", offer: { ...offer, gramsPerClassHour: 30 } });
    await until("the other lease", 10_000, () => provider.heard.filter(({ type }) => type === "lease")[1]);
    await client.api.call(jobRoutes.cancelJob, { params: { id } });
    provider.close();
  });

  it("is refused where it becomes cheaper with quantity", async () => {
    const provider = new RawProvider(exchange.url);
    const steps = [
      { slots: 1, perClassHour: "0.2" },
      { slots: 1, perClassHour: "0.02" },
    ];
    provider.say(await provider.hello({ offer: { steps, memoryMiB: 64 } }));
    expect(await provider.hears("refused")).toMatchObject({ code: "provider/not-understood" });
    provider.close();
  });
});
