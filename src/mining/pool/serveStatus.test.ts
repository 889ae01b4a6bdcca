import { AxeBuilder } from "@axe-core/playwright";
import { request } from "node:http";
import { type Browser, chromium as browsers } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { describeWith } from "../../../test/parts.ts";
import type { PoolStatus } from "./poolStatus.ts";
import { samplePoolStatus } from "./samplePoolStatus.suite.ts";
import { serveStatus } from "./serveStatus.ts";

async function open(status: () => PoolStatus = () => samplePoolStatus): Promise<string> {
  const server = await serveStatus({ host: "127.0.0.1", port: 0, status });
  onTestFinished(() => server.close());
  return server.url;
}

const statusFor = (url: string, host: string, method = "GET") =>
  new Promise<number | undefined>((resolve, reject) => {
    request(url, { method, headers: { host } }, (reply) => {
      reply.resume();
      resolve(reply.statusCode);
    })
      .on("error", reject)
      .end();
  });

describe("serveStatus", () => {
  it("gives programs everything, amounts as decimal strings and what is not known as null", async () => {
    const reply = await fetch(`${await open()}/status.json`);
    expect(reply.headers.get("content-type")).toBe("application/json");
    expect(await reply.json()).toMatchObject({
      height: 920_123,
      reward: "314123456",
      node: { trouble: null },
      workers: [{ accepted: 10_000 }, { user: "closet", lastShareAt: null }],
      blocks: [{ height: 919_801, reward: "313000000", outcome: "rejected" }],
    });
  });

  it("gives people a page, in which no miner's name can do anything", async () => {
    const reply = await fetch(await open());
    const page = await reply.text();
    expect(page).toContain("102 TH/s");
    expect(page).toContain("&lt;script&gt;alert(&#39;hi&#39;)&lt;/script&gt;&amp;&quot;");
    expect(page).toContain("rejected: &lt;b&gt;high-hash&lt;/b&gt;");
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(reply.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  it.each([
    ["127.0.0.1", 200],
    ["localhost:3334", 200],
    ["[::1]:3334", 200],
    ["192.168.1.20:3334", 200],
    ["evil.example", 403],
    ["127.0.0.1.evil.example:3334", 403],
    ["[::1", 403],
  ])("answers to the host %j with %d", async (host, status) => {
    expect(await statusFor(await open(), host)).toBe(status);
  });

  it.each([
    ["GET", "/other", 404],
    ["GET", "//evil.example/", 404],
    ["POST", "/", 405],
    ["HEAD", "/status.json", 200],
  ])("answers %s %s with %d", async (method, path, status) => {
    expect(await statusFor(`${await open()}${path}`, "127.0.0.1", method)).toBe(status);
  });
});

describeWith("chromium", "the status page", (chromium) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await browsers.launch({
      executablePath: chromium,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    });
  });
  afterAll(() => browser.close());

  it.each(["light", "dark"] as const)("suits a phone and a screen reader, %s", async (colorScheme) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 800 } });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(await open());
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  it("keeps itself new, within what its policy allows", async () => {
    let accepted = 1;
    const url = await open(() => ({ ...samplePoolStatus, accepted }));
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.clock.install();
    await page.goto(url);
    await page.getByText("Shares accepted").waitFor();
    accepted = 7_654_321;
    await page.clock.runFor(5_000);
    await page.getByText("7,654,321").waitFor();
    expect(complaints.filter((text) => !text.includes("favicon"))).toEqual([]);
  });
});
