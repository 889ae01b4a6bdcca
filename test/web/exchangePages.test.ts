import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { newKey, parseExchangeAddress, signingKey, startAgent } from "../../src/agent/index.ts";
import { type ExchangeClient, exchangeClient } from "../../src/client/index.ts";
import { hostClock, Seconds, seededRandom } from "../../src/domain/index.ts";
import { wasmRunner } from "../../src/runtimes/index.ts";
import { operatorRoutes } from "../../src/wire/index.ts";
import { openTestExchange, type TestExchange } from "../exchange/openTestExchange.ts";
import { tinyModule } from "../exchange/tinyModule.ts";
import { describeWith } from "../parts.ts";
import { faultsOf, type Looker, openLooker } from "./looker.ts";

/** Each page with what it shows when it is whole. */
const pages = [
  ["/", (page: Page) => page.getByRole("row", { name: /^Attic/ })],
  ["/book", (page: Page) => page.getByText("2 slots are free, 2 of them in homes; 0 tasks wait.")],
  ["/jobs", (page: Page) => page.getByText("3 of 3 tasks done")],
  ["/jobs/ID", (page: Page) => page.getByRole("button", { name: "Save the output of task 2" })],
  ["/money", (page: Page) => page.getByRole("cell", { name: /^Back from a job that ended/ }).first()],
  ["/submit", (page: Page) => page.getByRole("button", { name: "See what it costs" })],
  ["/providers/MACHINE", (page: Page) => page.getByRole("cell", { name: "stands" }).first()],
  ["/nowhere", (page: Page) => page.getByRole("link", { name: "Go to the network" })],
] as const;

describeWith("chromium", "the pages of an exchange", (chromium) => {
  let exchange: TestExchange;
  let client: ExchangeClient;
  let looker: Looker;
  /** That is done. */
  let job = "";
  let machine = "";
  const closing: (() => Promise<unknown>)[] = [];

  /** A provider that is vouched for. */
  async function join(kind: "home" | "datacenter", name: string): Promise<void> {
    const runner = wasmRunner();
    const { promise: welcome, resolve } = Promise.withResolvers<string>();
    const agent = startAgent({
      exchange: parseExchangeAddress(exchange.address),
      key: signingKey(newKey()),
      kind,
      name,
      region: "AT",
      offer: { steps: [{ slots: 2, perClassHour: "0.02" }], memoryMiB: 64 },
      runner,
      clock: hostClock(globalThis),
      random: seededRandom(1),
      onToken: () => {},
      onEvent: (event) => event.kind === "joined" && resolve(event.provider),
    });
    closing.unshift(
      () => agent.close(Seconds(0)),
      () => runner.close(),
    );
    machine = await welcome;
    const params = { id: machine };
    await client.api.call(operatorRoutes.vouch, { params, body: { isVouched: true } });
  }

  const order = (tasks: number) => ({
    name: "Portfolio risk",
    kind: "wasm" as const,
    module: tinyModule({}),
    tasks,
    classSeconds: 1,
    bid: "0.001",
    deadline: new Date(Date.now() + 3_600_000).toISOString(),
  });

  beforeAll(async () => {
    exchange = await openTestExchange();
    closing.push(() => exchange.close());
    client = exchangeClient({ url: exchange.url, token: exchange.token });
    await client.api.call(operatorRoutes.deposit, {
      params: { id: "operator", reference: "first" },
      body: { amount: "1" },
    });
    looker = await openLooker(chromium, exchange.url);
    closing.unshift(() => looker.close());
  }, 120_000);
  beforeEach(() => {
    if (looker) looker.mishaps.length = 0;
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });

  it(
    "say what to do while nobody is there, and show at once who comes and what is done",
    { timeout: 60_000 },
    async () => {
      const page = await looker.open("/");
      await page.getByText(`hearthwork provider join ${exchange.address}`).waitFor();
      await join("home", "Attic");
      await page.getByRole("row", { name: "Home 1 0 of 2" }).waitFor();
      await page.getByRole("row", { name: /^Attic/ }).waitFor();
      await page.getByRole("listitem").filter({ hasText: "Austria" }).waitFor();
      ({ id: job } = await client.submit(order(3)));
      await client.follow(job);
      await page.getByText("3 tasks came back", { exact: false }).waitFor();
      await page.context().close();
    },
  );

  it.each(pages)(
    "%s has nothing that axe finds serious, in light, dark and on a phone, where it fits",
    { timeout: 60_000 },
    async (path, whole) => {
      const page = await looker.open(path.replace("ID", job).replace("MACHINE", machine), {
        colorScheme: "light",
      });
      await whole(page).waitFor();
      expect(await faultsOf(page)).toEqual({ light: [], dark: [], phone: [], fit: [] });
      expect(looker.mishaps).toEqual([]);
      await page.context().close();
    },
  );

  it("lead from the jobs to one of them, which is followed and cancelled once that is confirmed", async () => {
    const { id } = await client.submit({ ...order(4), name: "Waits", bid: "0.000001" });
    const page = await looker.open("/jobs");
    await page.getByRole("link", { name: "Waits" }).click();
    await page.getByRole("heading", { level: 1, name: "Waits" }).waitFor();
    await page.getByText("0 of 4 tasks done, 4 waiting").waitFor();
    await page.getByRole("button", { name: "Cancel the job" }).click();
    await page.getByRole("button", { name: "Let it go on" }).click();
    await page.getByRole("button", { name: "Cancel the job" }).click();
    await page.getByRole("button", { name: "Yes, cancel it" }).click();
    await page.getByText("Its owner cancelled it").waitFor();
    expect(await client.follow(id)).toMatchObject({ state: "cancelled", cost: { amount: "0.000000" } });
    await page.context().close();
  });

  it("give a task's output and its receipt to keep", async () => {
    const page = await looker.open(`/jobs/${job}`);
    const saved = async (name: RegExp | string, role: "button" | "link") => {
      const started = page.waitForEvent("download");
      await page.getByRole(role, { name }).first().click();
      return readFileSync(await (await started).path(), "utf8");
    };
    expect(await saved("Save the output of task 1", "button")).toBe("");
    const receipt: unknown = JSON.parse(await saved(/^Receipt /, "link"));
    expect(receipt).toMatchObject({ receipt: { job, verdict: "accepted" } });
    const lines = (await saved("Receipts", "link")).trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    await page.context().close();
  });

  it("have a job computed: its files, a quote, and the job", async () => {
    const page = await looker.open("/jobs");
    await page.getByRole("link", { name: "Submit a job" }).click();
    await page.getByLabel("Name").fill("From the page");
    await page.getByRole("button", { name: "See what it costs" }).click();
    await page.getByText("Choose a module first.").waitFor();
    const wasm = Buffer.from(tinyModule({ limits: [1, 1, 3] }));
    await page
      .getByLabel("Module")
      .setInputFiles({ name: "tiny.wasm", mimeType: "application/wasm", buffer: wasm });
    await page
      .getByLabel("Input")
      .setInputFiles({ name: "input", mimeType: "text/plain", buffer: Buffer.alloc(700_000) });
    await page.getByLabel("Bid, USD").fill("0.001");
    await page.getByRole("button", { name: "See what it costs" }).click();
    await page.getByText("US$0.002 at most").waitFor();
    await page.getByRole("button", { name: "Submit it" }).click();
    await page.getByRole("heading", { level: 1, name: "From the page" }).waitFor();
    await page.getByText("1 of 1 task done").waitFor();
    await page.context().close();
  });

  it("lead from the network to a provider, who is vouched for no more once that is confirmed", async () => {
    const page = await looker.open("/");
    await page.getByRole("link", { name: "Attic" }).click();
    await page.getByRole("heading", { level: 1, name: "Attic" }).waitFor();
    await page.getByText("The operator answers for it: nothing of it is checked.").waitFor();
    await page.getByRole("button", { name: "Vouch no more" }).click();
    await page.getByRole("button", { name: "Yes, have it checked" }).click();
    await page.getByText(/It is on probation: another machine does each of its tasks too/).waitFor();
    const { providers } = await client.api.call(operatorRoutes.providers, {});
    expect(providers).toMatchObject([{ id: machine, isVouched: false }]);
    await page.context().close();
  });

  it("give the statement of one's account as a table", async () => {
    const page = await looker.open("/money");
    const started = page.waitForEvent("download");
    await page.getByRole("link", { name: "Statement as CSV" }).click();
    const [head = "", ...lines] = readFileSync(await (await started).path(), "utf8")
      .trimEnd()
      .split("\r\n");
    expect(head).toBe("time,account,cause,other account,amount (USD),balance (USD)");
    expect(lines.some((line) => line.includes(`,reserve/${job},escrow/${job},-0.006000,`))).toBe(true);
    await page.context().close();
  });

  it("ask nothing of anybody but the exchange", () => expect([...looker.asked]).toEqual([exchange.url]));
});
