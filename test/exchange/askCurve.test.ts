import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ExchangeClient, exchangeClient } from "../../src/client/index.ts";
import { signedTermsSchema, operatorRoutes } from "../../src/wire/index.ts";
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
    await client.submit({
      name: "as far as the bid goes",
      kind: "wasm",
      module: tinyModule({}),
      tasks: 3,
      classSeconds: 10,
      bid: "0.0001",
      deadline: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await until("the first lease", 10_000, () => prices()[0]);
    provider.say({ type: "offer", offer: offer([1, "0.02"], [1, "0.03"], [1, "0.3"]) });
    await until("the second lease", 10_000, () => prices()[1]);
    provider.say({ type: "offer", offer: offer() });
    expect(prices()).toEqual(["0.000056", "0.000084"]);
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
