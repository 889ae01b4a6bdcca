import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { describeWith } from "../parts.ts";
import { faultsOf, startVirtualHome, type VirtualHome } from "./virtualHome.ts";

/** Each page with what it shows when it is whole. */
const pages = [
  ["/", (page: Page) => page.getByText(/in the last 24 hours: it was between/)],
  ["/events", (page: Page) => page.getByText("These are all events that are kept.")],
  ["/events?show=decisions", (page: Page) => page.getByText(/^.* set to .*:/).first()],
  ["/nowhere", (page: Page) => page.getByRole("link", { name: "Go home" })],
] as const;

describeWith("chromium", "the pages of a virtual home", (chromium) => {
  let home: VirtualHome;
  beforeAll(async () => {
    home = await startVirtualHome(chromium);
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

  describe("events", () => {
    it("are found by what their address says, and the address follows what is looked for", async () => {
      await home.ask("heaters/this-computer/stop", { method: "POST" });
      await home.ask("heaters/this-computer/resume", { method: "POST" });
      const page = await home.open("/events?subject=this-computer&text=STOPPED");
      const rows = page.locator(".log li");
      await rows.getByText("stopped by you").waitFor();
      expect(await rows.count()).toBe(1);
      await page.getByLabel("Words to search for").fill("by you");
      await rows.getByText("resumed by you").waitFor();
      expect(await rows.count()).toBe(2);
      expect(new URL(page.url()).searchParams.get("text")).toBe("by you");
      await page.getByText("Alarms", { exact: true }).click();
      await page.getByText("No events fit what you look for.").waitFor();
      await page.getByText("Decisions", { exact: true }).click();
      await page.getByLabel("About what").selectOption({ label: "All heaters" });
      await page.context().close();
    });
  });
});
