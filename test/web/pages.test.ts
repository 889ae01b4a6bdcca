import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { climateSchema, syntheticYear } from "../../src/heat/index.ts";
import { homeFileSchema, studyHome } from "../../src/lab/index.ts";
import type { PlanStatusView } from "../../src/wire/index.ts";
import { describeWith } from "../parts.ts";
import { faultsOf } from "./looker.ts";
import { startVirtualHome, type VirtualHome } from "./virtualHome.ts";

/** Each page with what it shows when it is whole. */
const pages = [
  ["/", (page: Page) => page.getByText(/in the last 24 hours: it was between/)],
  ["/comfort", (page: Page) => page.getByRole("button", { name: /^Sunday 06:30/ })],
  ["/heaters/this-computer", (page: Page) => page.getByText(/^50\sW to 300\sW in steps/)],
  ["/plan", (page: Page) => page.getByText(/^Made at .* in \d/)],
  ["/calculator", (page: Page) => page.getByRole("heading", { name: "Carbon" })],
  ["/history", (page: Page) => page.getByRole("row", { name: /^Living room temperature \d/ })],
  ["/events", (page: Page) => page.getByText("These are all events that are kept.")],
  ["/events?show=decisions", (page: Page) => page.getByText(/^.* set to .*:/).first()],
  ["/devices", (page: Page) => page.getByText("Tells the room's temperature.").first()],
  ["/settings", (page: Page) => page.getByText("The hearth goes by this file.")],
  ["/nowhere", (page: Page) => page.getByRole("link", { name: "Go home" })],
] as const;

describeWith("chromium", "the pages of a virtual home", (chromium) => {
  let home: VirtualHome;
  beforeAll(async () => {
    home = await startVirtualHome(chromium, 7);
  }, 120_000);
  beforeEach(() => {
    home.mishaps.length = 0;
  });
  afterAll(() => home?.close());

  it.each(pages)(
    "%s has nothing that axe finds serious, in light, dark and on a phone, where it fits",
    { timeout: 60_000 },
    async (path, whole) => {
      const page = await home.open(path, { colorScheme: "light" });
      await whole(page).waitFor();
      expect(await faultsOf(page)).toEqual({ light: [], dark: [], phone: [], fit: [] });
      expect(home.mishaps).toEqual([]);
      await page.context().close();
    },
  );

  describe("the ways between them", () => {
    let page: Page;
    const heading = (name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
    beforeAll(async () => {
      page = await home.open();
    });
    afterAll(() => page.context().close());

    it("lead by keyboard past the navigation, and to a page's heading", async () => {
      const { name } = await home.site();
      await heading(name);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(await page.evaluate("document.activeElement.id")).toBe("content");
      await page.getByRole("link", { name: "Events", exact: true }).press("Enter");
      await heading("Events");
      expect(await page.evaluate("document.activeElement.textContent")).toBe("Events");
      expect(await page.title()).toBe("Events · Hearthwork");
      await page.goBack();
      await heading(name);
    });

    it("load only what a page needs", async () => {
      const other = await home.open("/");
      await other.getByRole("slider").first().waitFor();
      const loaded = await other.evaluate<string[]>(
        `performance.getEntriesByType("resource").map(({ name }) => name.split("/").at(-1))`,
      );
      expect(loaded.some((name) => name.startsWith("index-"))).toBe(true);
      expect(loaded.some((name) => name.startsWith("Events-"))).toBe(false);
      const eventsScript = other.waitForRequest(/\/assets\/Events-[^/]*\.js$/);
      await other.getByRole("link", { name: "Events", exact: true }).hover();
      await eventsScript;
      await other.context().close();
    });

    it("ask nothing of anybody but the hearth", () => expect([...home.asked]).toEqual([home.url]));
  });

  describe("a heater", () => {
    it("is reached from Home, stopped and resumed, and says why", async () => {
      const page = await home.open();
      const { heaters } = await home.site();
      const name = heaters[0]?.name ?? "";
      await page.getByRole("link", { name }).click();
      await page.getByRole("heading", { level: 1, name }).waitFor();
      await page.getByRole("row", { name: /^power \d/ }).waitFor();
      await page.getByRole("button", { name: `Stop ${name}` }).click();
      await page.getByText("Stopped by you", { exact: true }).waitFor();
      await page.getByRole("button", { name: `Resume ${name}` }).click();
      await page.getByRole("button", { name: `Stop ${name}` }).waitFor();
      await page.getByRole("link", { name: "All decisions" }).click();
      await page.waitForURL(/show=decisions/);
      expect(new URL(page.url()).searchParams.get("subject")).toBe("this-computer");
      await page.context().close();
    });

    it("is run at a power by its owner for a while, and given back", async () => {
      const page = await home.open("/heaters/this-computer");
      const powerOf = async () => (await home.site()).heaters[0]?.ownerPower;
      await page.getByRole("button", { name: "Run it at a power…" }).click();
      await page.getByRole("textbox", { name: "Power" }).fill("250");
      await page.getByLabel("For", { exact: true }).selectOption({ label: "8 h" });
      await page.getByRole("button", { name: "Run it so" }).click();
      await page.getByText(/^You asked for 250\sW until/).waitFor();
      expect(await powerOf()).toMatchObject({ watts: 250 });
      await page.getByRole("button", { name: "Back to the thermostat" }).click();
      await page.getByRole("button", { name: "Run it at a power…" }).waitFor();
      expect(await powerOf()).toBeNull();
      await page.context().close();
    });

    it("shows what it drew at each of its powers when it was tried", async () => {
      const page = await home.open("/heaters/this-computer");
      const powers = page.getByRole("region", { name: "Its powers, tried and measured" });
      await powers.getByRole("row", { name: /^175\sW .* held$/ }).waitFor();
      await page.context().close();
    });

    it("that is not there is named as such", async () => {
      const page = await home.open("/heaters/gone");
      await page.getByText("There is no heater “gone”.").waitFor();
      await page.context().close();
    });
  });

  describe("the plan", () => {
    it("is followed by both rooms, and made anew for other wishes, of which none is followed", async () => {
      const page = await home.open("/plan");
      await page.getByText(/^Made at/).waitFor();
      const follows = async () => (await home.ask<PlanStatusView>("plan")).sinks.map((sink) => sink.follows);
      await expect.poll(follows, { timeout: 15_000 }).toEqual([true, true]);
      await page.getByLabel("Warmer by").fill("2");
      await page.getByRole("button", { name: "See what if" }).click();
      await page.getByText(/^It would cost .* more over the day/).waitFor();
      await page.getByText("Not followed").waitFor();
      await page.getByRole("button", { name: "Back to the plan" }).click();
      await page.getByText("Not followed").waitFor({ state: "detached" });
      await page.context().close();
    });
  });

  describe("the calculator", () => {
    const asked = {
      name: "This home",
      house: { floorAreaM2: 90, dayC: 20.5, nightC: 18 },
      bufferLitres: 200,
    };
    const water = { litresPerDay: 135, tankLitres: 180 };
    const money = {
      electricity: 0.12,
      gasPerKwh: 0.11,
      instead: { kind: "gas", pricePerKwh: 0.11 },
      mining: { hashpricePerPhDay: 35, joulesPerTerahash: 18 },
    };
    const file = homeFileSchema.parse({ ...asked, hotWater: water, heater: { maxW: 3000 }, money });

    it("answers as study home does, redraws at once, and its link shows the same", async () => {
      const { money: priced, ...house } = file;
      const climate = parse(
        readFileSync(new URL("../../data/climates/oslo.yaml", import.meta.url), "utf8"),
      ) as unknown;
      const year = syntheticYear(climateSchema.parse(climate), 1);
      const { verdict } = await studyHome({
        file: { home: house, money: priced },
        weather: year,
        extent: "typical days",
      });
      const page = await home.open("/calculator");
      await page.getByLabel("Climate like that of").selectOption("oslo");
      await page.getByLabel("Heated floor").fill("90");
      await page.getByLabel("A kWh of electricity").fill("0.12");
      await page.getByText(verdict, { exact: true }).waitFor();
      await page.getByRole("img", { name: "Net cost by month" }).waitFor();
      const again = await home.open(new URL(page.url()).pathname + new URL(page.url()).search);
      await again.getByText(verdict, { exact: true }).waitFor();
      expect(await again.getByLabel("Heated floor").inputValue()).toBe("90 m²");
      const map = again.getByRole("img", { name: /^Break-even map/ });
      const before = await map.innerHTML();
      await again.getByRole("slider", { name: /^Hashprice/ }).fill("80");
      expect(await map.innerHTML()).not.toBe(before);
      await page.context().close();
      await again.context().close();
    });

    it("computes the whole year with its progress, which can be cancelled", { timeout: 60_000 }, async () => {
      const page = await home.open("/calculator?area=90&people=none");
      await page.getByText(/This link says something that cannot be read for people/).waitFor();
      await page.getByRole("button", { name: "Compute the whole year" }).click();
      await page.getByRole("progressbar", { name: "Computed" }).waitFor();
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.getByText("From twelve typical days").waitFor();
      await page.getByRole("button", { name: "Compute the whole year" }).click();
      await page.getByText("The whole year", { exact: true }).waitFor({ timeout: 45_000 });
      await page.context().close();
    });

    it(
      "plans the year's days by a solver of its own, loaded when that is asked for",
      { timeout: 120_000 },
      async () => {
        const page = await home.open("/calculator?area=90");
        const loaded: string[] = [];
        page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
        await page.getByRole("button", { name: "Plan its days, too (minutes)" }).click();
        const progress = page.getByRole("progressbar", { name: "Computed" });
        const done = async () => Number(await progress.getAttribute("value"));
        await expect.poll(done, { timeout: 90_000 }).toBeGreaterThan(0.062);
        expect(loaded.filter((path) => path.endsWith(".wasm")).length).toBeGreaterThan(0);
        await page.getByRole("button", { name: "Cancel" }).click();
        await page.getByText("From twelve typical days").waitFor();
        await page.context().close();
      },
    );

    it("says so when what plans the days cannot be loaded, and keeps what it has computed", async () => {
      const page = await home.open("/calculator?area=90");
      await page.getByText("From twelve typical days").waitFor();
      await page.context().route("**/highs.wasm", (route) => route.abort());
      await page.getByRole("button", { name: "Plan its days, too (minutes)" }).click();
      await page
        .getByRole("alert")
        .getByText(/what plans the days could not be loaded/)
        .waitFor();
      await page.getByText("From twelve typical days").waitFor();
      await page.context().close();
    });
  });

  describe("history", () => {
    let page: Page;
    const chart = () => page.getByRole("slider", { name: /^Time shown/ });
    const spanHours = () => {
      const { searchParams } = new URL(page.url());
      const [from, to] = ["from", "to"].map((key) => Date.parse(searchParams.get(key) ?? ""));
      return ((to ?? Number.NaN) - (from ?? Number.NaN)) / 3_600_000;
    };
    beforeAll(async () => {
      page = await home.open("/history");
      await page.getByRole("row", { name: /^Antminer S19 power \d/ }).waitFor();
    });
    afterAll(() => page.context().close());

    it("is zoomed by dragging over it", async () => {
      const box = await page.locator(".pane .u-over").first().boundingBox();
      if (!box) throw new Error("the chart is not drawn");
      await page.mouse.move(box.x + box.width * 0.25, box.y + 40);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.5, box.y + 60, { steps: 5 });
      await page.mouse.up();
      await page.waitForURL(/from=/);
      expect(spanHours()).toBeGreaterThan(5.5);
      expect(spanHours()).toBeLessThan(6.5);
    });

    it("is zoomed and moved by the keyboard", async () => {
      const before = page.url();
      const span = spanHours();
      await chart().focus();
      await page.keyboard.press("+");
      await page.waitForURL((url) => url.href !== before);
      expect(spanHours()).toBeCloseTo(span / 2, 1);
      const words = await chart().getAttribute("aria-valuetext");
      await page.keyboard.press("ArrowLeft");
      await expect.poll(() => chart().getAttribute("aria-valuetext")).not.toBe(words);
      await page.getByRole("button", { name: "Zoom out" }).click();
      await expect.poll(spanHours).toBeCloseTo(span, 1);
    });

    it("takes series in, and the address keeps them", async () => {
      await page.getByText("7 d", { exact: true }).click();
      await page.getByRole("group", { name: "Living room" }).getByRole("button", { name: "wanted" }).click();
      await page.getByRole("row", { name: /^Living room wanted \d/ }).waitFor();
      await page.reload();
      await page.getByRole("row", { name: /^Living room wanted \d/ }).waitFor();
      expect(new URL(page.url()).searchParams.get("range")).toBe("7d");
    });

    it("is downloaded as a table of what is shown", async () => {
      const started = page.waitForEvent("download");
      await page.getByRole("link", { name: "CSV" }).click();
      const download = await started;
      expect(download.suggestedFilename()).toMatch(/^hearthwork-\d{4}-\d\d-\d\d-.*\.csv$/);
      const [head = "", ...lines] = readFileSync(await download.path(), "utf8")
        .trimEnd()
        .split("\r\n");
      expect(head.split(",")).toEqual([
        "time",
        "epoch",
        "Living room temperature (°C)",
        "Living room target (°C)",
        "Study temperature (°C)",
        "This computer's virtual twin power (W)",
        "Antminer S19 power (W)",
        "Avalon Nano 3S power (W)",
        "Bitaxe Gamma power (W)",
      ]);
      expect(lines.length).toBeGreaterThan(2000);
      expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d,\d+(\.\d+)?,/);
    });

    it("opens a day into its quarter-hours, which are a table too", async () => {
      await page.getByRole("button", { name: "Yesterday" }).click();
      const quarters = page.getByRole("region", { name: "Quarter-hours" });
      await quarters.getByRole("row").nth(1).waitFor();
      const shown = await quarters.getByRole("row").count();
      const started = page.waitForEvent("download");
      await page.getByRole("link", { name: "quarter-hours as CSV" }).click();
      const table = readFileSync(await (await started).path(), "utf8")
        .trimEnd()
        .split("\r\n");
      expect(shown).toBeGreaterThan(80);
      expect(table).toHaveLength(shown);
      await page.getByText("which displaced heat does not lower").waitFor();
    });
  });

  describe("events", () => {
    it("are found by what their address says, and the address follows what is looked for", async () => {
      await home.ask("heaters/this-computer/stop", { method: "POST" });
      await home.ask("heaters/this-computer/resume", { method: "POST" });
      const page = await home.open("/events?subject=this-computer&text=STOPPED");
      const rows = page.locator(".log li");
      await rows.getByText("stopped by you").first().waitFor();
      // The heater's page has stopped it once before, where its tests ran.
      const { events } = await home.ask<{ events: readonly { message: string }[] }>(
        "events?subject=this-computer&limit=500",
      );
      const said = (words: string) => events.filter(({ message }) => message.includes(words)).length;
      expect(said("stopped by you")).toBeGreaterThanOrEqual(1);
      expect(await rows.count()).toBe(said("stopped by you"));
      await page.getByLabel("Words to search for").fill("by you");
      await rows.getByText("resumed by you").first().waitFor();
      await expect.poll(() => rows.count()).toBe(said("by you"));
      expect(new URL(page.url()).searchParams.get("text")).toBe("by you");
      await page.getByText("Alarms", { exact: true }).click();
      await page.getByText("No events fit what you look for.").waitFor();
      await page.getByText("Decisions", { exact: true }).click();
      await page.getByLabel("About what").selectOption({ label: "All heaters" });
      await page.context().close();
    });
  });
});
