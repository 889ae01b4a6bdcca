import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { until } from "../e2e/until.ts";
import { describeWith } from "../parts.ts";
import { phone } from "./looker.ts";
import { dialOf, livingRoom, startVirtualHome, type VirtualHome } from "./virtualHome.ts";

describeWith("chromium", "the home page of a virtual home", (chromium) => {
  let home: VirtualHome;
  let page: Page;
  const site = () => home.site();
  const comfort = async () => (await site()).sinks[0]?.comfort;
  const source = (words: RegExp) => livingRoom(page).locator(".room-source", { hasText: words }).waitFor();
  const heaterState = async () => (await site()).heaters[0]?.state;

  beforeAll(async () => {
    home = await startVirtualHome(chromium);
    page = await home.open();
    await dialOf(page).waitFor();
  }, 120_000);
  beforeEach(() => {
    home.mishaps.length = 0;
  });
  afterAll(() => home?.close());

  it("shows the rooms, the heaters, the day and its history", async () => {
    const { name, sinks, heaters } = await site();
    await page.getByRole("heading", { level: 1, name }).waitFor();
    expect(sinks.map((sink) => sink.name)).toEqual(["Living room", "Study"]);
    expect(heaters.map((heater) => heater.driver)).toEqual(["this-computer", "braiins", "avalon", "axeos"]);
    for (const sink of sinks) await page.getByRole("heading", { name: sink.name, exact: true }).waitFor();
    for (const heater of heaters) await page.getByRole("heading", { name: heater.name }).waitFor();
    await page.getByRole("heading", { name: "Today" }).waitFor();
    await page.getByText("Virtual home · time runs 1×").waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByText(/in the last 24 hours: it was between .*the heaters drew/).waitFor();
    const ember = await page.evaluate<number>(
      `(() => { const canvas = document.querySelector(".chart canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((red, index) => index % 4 === 0 && red - data[index + 2] > 120).length; })()`,
    );
    expect(ember).toBeGreaterThan(500);
  });

  it("asks for a temperature when the dial is turned by keys", async () => {
    const before = (await comfort())?.targetC ?? Number.NaN;
    const dial = dialOf(page);
    await dial.focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    expect(await dial.getAttribute("aria-valuenow")).toBe(String(before + 1));
    await until("the hearth to hold it", 5_000, async () => {
      const now = await comfort();
      return now?.source === "hold" && now.targetC === before + 1 ? true : undefined;
    });
    await source(/^Held by you until/);
  });

  it("asks for a temperature when the dial's knob is dragged", async () => {
    const box = await dialOf(page).boundingBox();
    if (!box) throw new Error("the dial is not drawn");
    const radius = (box.width * 132) / 320;
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(middle.x, middle.y - radius);
    await page.mouse.down();
    await page.mouse.move(middle.x + radius, middle.y, { steps: 8 });
    await page.mouse.up();
    const { minC = 0, maxC = 0 } = (await comfort()) ?? {};
    const there = Math.round((minC + ((maxC - minC) * 220) / 260) * 2) / 2;
    await until(`the hearth to hold ${there} °C`, 5_000, async () =>
      (await comfort())?.targetC === there ? true : undefined,
    );
  });

  it("is turned by a finger on the knob, not by one that brushes past", async () => {
    const other = await home.open("/", { viewport: phone, hasTouch: true });
    await dialOf(other).waitFor();
    const box = await dialOf(other).boundingBox();
    const knob = await livingRoom(other).locator(".dial-knob").boundingBox();
    if (!box || !knob) throw new Error("the dial is not drawn");
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const hold = { x: knob.x + knob.width / 2, y: knob.y + knob.height / 2 };
    const top = { x: middle.x, y: middle.y - (box.width * 132) / 320 };
    const wanted = async () => Number(await dialOf(other).getAttribute("aria-valuenow"));
    const before = await wanted();

    await swipe(other, top, middle);
    expect(await wanted()).toBe(before);
    await swipe(other, hold, top);
    const { minC = 0, maxC = 0 } = (await comfort()) ?? {};
    expect(Math.abs((await wanted()) - (minC + maxC) / 2)).toBeLessThanOrEqual(0.5);
    expect(await wanted()).not.toBe(before);
    await other.context().close();
  });

  it("shows the old temperature again, and why, when the hearth refuses", async () => {
    const before = String((await comfort())?.targetC);
    const dial = dialOf(page);
    const refusal = { code: "api/conflict", message: "Not while the paint dries" };
    await page.route("**/override", (route) => route.fulfill({ status: 409, json: refusal }));
    await dial.press("Home");
    expect(await dial.getAttribute("aria-valuenow")).not.toBe(before);
    await page.getByRole("alert").getByText(refusal.message).waitFor();
    expect(await dial.getAttribute("aria-valuenow")).toBe(before);
    await page.unroute("**/override");
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.getByText(refusal.message).waitFor({ state: "detached" });
  });

  it("goes back to the schedule, boosts for an hour of the home's time, and goes away", async () => {
    await livingRoom(page).getByRole("button", { name: "Back to schedule" }).click();
    await source(/^(Schedule|Set-back) until/);
    const { targetC = 0 } = (await comfort()) ?? {};

    await livingRoom(page)
      .getByRole("button", { name: /^Boost to/ })
      .click();
    await source(/^Boost until/);
    const boosted = await site();
    expect(boosted.sinks[0]?.comfort).toMatchObject({ source: "boost", targetC: targetC + 2 });
    const leftMs = Date.parse(boosted.sinks[0]?.comfort.until ?? "") - Date.parse(boosted.now);
    expect(leftMs).toBeGreaterThan(3_500_000);
    expect(leftMs).toBeLessThanOrEqual(3_600_000);
    await livingRoom(page).getByRole("button", { name: "Back to schedule" }).click();
    await source(/^(Schedule|Set-back) until/);

    await livingRoom(page).getByRole("button", { name: "Away…" }).click();
    await page.getByLabel("Away until").selectOption({ index: 2 });
    await page.getByRole("button", { name: "Set away" }).click();
    await source(/^Away until/);
    expect(await comfort()).toMatchObject({ source: "away", targetC: 16 });
    await livingRoom(page).getByRole("button", { name: "Back to schedule" }).click();
    await source(/^(Schedule|Set-back) until/);
  });

  it("stops and resumes a heater", async () => {
    const name = (await site()).heaters[0]?.name ?? "";
    await page.getByRole("button", { name: `Stop ${name}` }).click();
    await page.getByText("Stopped by you", { exact: true }).waitFor();
    expect(await heaterState()).toBe("stopped-by-owner");
    await page.getByRole("button", { name: `Resume ${name}` }).click();
    await page.getByRole("button", { name: `Stop ${name}` }).waitFor();
    expect(await heaterState()).not.toBe("stopped-by-owner");
  });

  it("tells when the connection is lost, and goes on by itself when it is back", async () => {
    home.line.cut();
    await page.getByRole("alert").getByText("Connection lost").waitFor();
    home.line.mend();
    await page.getByText("Connection lost").waitFor({ state: "detached" });
    await page.getByText("Live", { exact: true }).waitFor();
  });

  it("sets how fast the virtual home's time runs", async () => {
    await page.getByText("10×", { exact: true }).click();
    await page.getByText("Virtual home · time runs 10×").waitFor();
    expect((await site()).virtual).toEqual({ speed: 10 });
  });

  it("keeps the chosen colours", async () => {
    const scheme = () => page.evaluate("document.documentElement.dataset.mantineColorScheme");
    await page.getByRole("button", { name: /^Colours: as the system/ }).click();
    await page.getByRole("button", { name: /^Colours: light/ }).click();
    expect(await scheme()).toBe("dark");
    await page.reload();
    await dialOf(page).waitFor();
    expect(await scheme()).toBe("dark");
  });

  it("asks nothing of anybody but its hearth", () => expect([...home.asked]).toEqual([home.url]));
});

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Draws a finger from one point to another. */
async function swipe(page: Page, from: Point, to: Point): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: Point[]) =>
    devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
  await touch("touchStart", [from]);
  for (const share of [0.2, 0.4, 0.6, 0.8, 1]) {
    const at = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    await touch("touchMove", [at]);
  }
  await touch("touchEnd", []);
}
