import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium as browsers, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Celsius, hostClock, Seconds, seededRandom } from "../../src/domain/index.ts";
import { startBitaxeTwin, startShellyTwin, startVirtualThermometer } from "../../src/lab/index.ts";
import type { SiteView } from "../../src/wire/index.ts";
import { startHearthwork } from "../e2e/hearthProcess.ts";
import { until } from "../e2e/until.ts";
import { startMosquitto } from "../mosquitto.ts";
import { describeWith } from "../parts.ts";
import { readyData } from "../readyData.ts";
import { faultsOf } from "./looker.ts";

const faultless = { light: [], dark: [], phone: [], fit: [] };
const wide = { width: 1280, height: 900 };
const portOf = (url: string) => new URL(url).port;

describeWith("mosquitto", "with a real broker", () => {
  describeWith("chromium", "a home that begins with nothing", (chromium) => {
    const folder = mkdtempSync(join(tmpdir(), "hearthwork-first-home-"));
    const clock = hostClock(globalThis);
    const ending: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
    const ports = { miner: "", plug: "", other: "" };
    let brokerUrl = "";
    let url = "";
    let browser: Browser;
    let page: Page;
    const yaml = () => readFileSync(join(folder, "hearth.yaml"), "utf8");
    const site = async () => (await (await fetch(`${url}/api/v1/site`)).json()) as SiteView;
    const go = (name: string) => page.getByRole("link", { name, exact: true }).click();
    const press = (name: string | RegExp) => page.getByRole("button", { name }).click();

    beforeAll(async () => {
      const broker = await startMosquitto();
      brokerUrl = broker.url;
      ending.push(() => broker.close());
      const thermometer = await startVirtualThermometer({
        brokerUrl,
        topic: "living-room",
        clock,
        random: seededRandom(3),
        period: Seconds(1),
        noise: 0.02,
        temperature: () => Celsius(19),
      });
      ending.push(() => thermometer.close());
      const miner = await startBitaxeTwin({ clock });
      const plug = await startShellyTwin({ clock, load: miner });
      const other = await startBitaxeTwin({ clock });
      ending.push(
        () => miner.close(),
        () => plug.close(),
        () => other.close(),
      );
      Object.assign(ports, {
        miner: portOf(miner.url),
        plug: portOf(plug.url),
        other: portOf(other.url),
      });
      readyData(join(folder, ".hearthwork"));
      const hearth = startHearthwork(["hearth", "--port", "0", "--json"], folder);
      ending.push(() => hearth.interrupt());
      [, url = ""] = await hearth.line(/(http:\/\/127\.0\.0\.1:\d+)/, 60_000);
      browser = await browsers.launch({
        executablePath: chromium,
        args: ["--no-sandbox", "--disable-gpu"],
      });
      ending.push(() => browser.close());
      page = await browser.newPage({ viewport: wide, colorScheme: "light", locale: "en-GB" });
      await page.goto(url);
    }, 120_000);
    afterAll(async () => {
      for (const end of ending.reverse()) await end();
    });

    async function search(...wanted: string[]) {
      await page.getByLabel("Network", { exact: true }).fill("127.0.0.1");
      await page.getByLabel("Other ports").fill(wanted.join(", "));
      await press("Search");
      await page.getByText(`Searched 127.0.0.1/32: ${wanted.length} device`).waitFor();
    }
    const foundAt = (port: string) =>
      page
        .getByRole("list", { name: "Found devices" })
        .getByRole("listitem")
        .filter({ hasText: `:${port}` });

    it("finds its first heater and the plug before it", { timeout: 60_000 }, async () => {
      await page.getByRole("heading", { name: "Welcome to Hearthwork" }).waitFor();
      await search(ports.miner, ports.plug);
      await foundAt(ports.plug).getByRole("button").click();
      await foundAt(ports.miner).getByRole("button").click();
      expect(await page.getByLabel("Kind of heater").inputValue()).toBe("axeos");
      expect(await page.getByLabel("Kind of plug").inputValue()).toBe("shelly-gen2");
      await page.getByLabel(/^Rated power/).fill("2000");
      await press("Try it");
      await page.locator("output[data-tone=calm]").waitFor();
    });

    it("shows that page well in light and dark and on a phone", { timeout: 60_000 }, async () => {
      expect(await faultsOf(page)).toEqual(faultless);
      await page.setViewportSize(wide);
      await page.emulateMedia({ colorScheme: "light" });
    });

    it(
      "begins with what was found and typed, once what is wrong is mended",
      { timeout: 60_000 },
      async () => {
        const rated = page.getByLabel(/^Rated power/);
        await rated.fill("10");
        await page
          .getByLabel(/^Max power/)
          .first()
          .fill("2300");
        await page.getByLabel(/^Currency/).selectOption("EUR");
        await page
          .getByLabel(/^Price/)
          .first()
          .fill("0.31");
        await page.getByLabel("Kind of thermometer").selectOption("mqtt");
        await page.getByLabel(/^Broker/).fill(brokerUrl);
        await page.getByLabel(/^Topic/).fill("living-room");
        await page.getByLabel(/^Path/).fill("temperature");
        await press("Begin");
        await page
          .getByRole("alert")
          .getByText(/^Heater 1 › Plug › Rated power .* rated for 10 W/)
          .waitFor();
        await rated.fill("2000");
        await press("Begin");
        await page.getByRole("slider").first().waitFor({ timeout: 30_000 });
        const { heaters, sinks } = await site();
        expect(heaters.map(({ driver, sinkId }) => [driver, sinkId])).toEqual([["axeos", "living-room"]]);
        expect(sinks.map(({ name }) => name)).toEqual(["Living room"]);
      },
    );

    it("adds another heater on the page of its devices", { timeout: 60_000 }, async () => {
      await go("Devices");
      const devices = page.getByRole("list", { name: "Devices of Living room" });
      await devices.getByText(/axeos at 127\.0\.0\.1/).waitFor();
      await devices.getByText("The only heater stays; change it instead.").waitFor();
      await search(ports.plug, ports.other);
      await foundAt(ports.plug)
        .getByText(/^here as/)
        .waitFor();
      await foundAt(ports.other).getByRole("button", { name: /^Add/ }).click();
      await page.getByLabel("Name of the heater").fill("Desk heater");
      await page.getByLabel(/^Unattended power/).fill("15");
      await press("Add the heater");
      await page.getByText("Desk heater was added.").waitFor();
      await devices.getByRole("link", { name: "Desk heater" }).waitFor();
      expect(yaml()).toContain("name: Desk heater");
      expect((await site()).heaters.map(({ name }) => name)).toContain("Desk heater");
    });

    it("shows that page well, too", { timeout: 60_000 }, async () => {
      await press("Change Desk heater");
      await page.getByRole("heading", { name: "Change Desk heater" }).waitFor();
      expect(await faultsOf(page)).toEqual(faultless);
      await page.setViewportSize(wide);
      await page.emulateMedia({ colorScheme: "light" });
      await press("Cancel");
    });

    it("keeps a login apart from hearth.yaml", { timeout: 60_000 }, async () => {
      await press("Add a heater");
      await page.getByLabel("Name of the heater").fill("Basement");
      await page.getByLabel("Kind of heater").selectOption("braiins");
      await page.getByLabel("Login").selectOption("A new login…");
      await page.getByLabel("Password", { exact: true }).fill("hunter2");
      await press(/^Keep it as/);
      await until("the login to be kept", 5000, async () =>
        (await page.getByLabel("Login").inputValue()) === "basement" ? true : undefined,
      );
      const kept = await (await fetch(`${url}/api/v1/credentials`)).text();
      expect(kept).toContain("basement");
      expect(kept + yaml()).not.toContain("hunter2");
      await press("Cancel");
    });

    it("changes its week, and shows it in its history", { timeout: 60_000 }, async () => {
      await go("Comfort");
      await page.getByLabel("Set-back").fill("17");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("Saved").waitFor();
      expect(yaml()).toContain("setBackC: 17");
      await go("History");
      await page.getByRole("row", { name: /^Living room temperature/ }).waitFor();
    });

    it("takes a heater out, after asking, and brings it back", { timeout: 60_000 }, async () => {
      await go("Devices");
      await press("Remove Desk heater");
      await press("Yes, remove it");
      await page.getByText("Desk heater was removed.").waitFor();
      expect(yaml()).not.toContain("Desk heater");
      await press("Undo");
      await expect.poll(yaml).toContain("Desk heater");
      await page.getByRole("link", { name: "Desk heater" }).waitFor();
    });
  });
});
