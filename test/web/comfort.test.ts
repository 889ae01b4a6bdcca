import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ConfigView } from "../../src/wire/index.ts";
import { describeWith } from "../parts.ts";
import { startVirtualHome, type VirtualHome } from "./virtualHome.ts";

interface Comfort {
  readonly setBackC: number;
  readonly week: readonly { days: string[]; from: string; to: string; targetC: number }[];
}

describeWith("chromium", "the week of a room", (chromium) => {
  let home: VirtualHome;
  let page: Page;
  const comfort = async () => {
    const { settings } = await home.ask<ConfigView>("config");
    const sinks = settings?.["sinks"] as unknown as { comfort: Comfort }[] | undefined;
    return sinks?.[0]?.comfort;
  };
  const before: Comfort = {
    setBackC: 18,
    week: [
      { days: ["mon", "tue", "wed", "thu", "fri"], from: "06:30", to: "22:30", targetC: 21 },
      { days: ["sat", "sun"], from: "06:30", to: "23:30", targetC: 21.5 },
    ],
  };
  const block = (name: string) => page.getByRole("button", { name, exact: true });
  const save = () => page.getByRole("button", { name: "Save" }).click();
  const saved = () => page.getByText("Saved", { exact: true }).waitFor();

  beforeAll(async () => {
    home = await startVirtualHome(chromium);
    page = await home.open("/comfort");
    await block("Monday 06:30 to 22:30, 21.0\u00a0°C").waitFor();
  }, 120_000);
  afterAll(() => home?.close());

  /** Drags with the mouse on a day's track, from one hour to another. */
  async function drag(day: string, fromHour: number, toHour: number): Promise<void> {
    const box = await page.getByRole("region", { name: day }).locator(".day-track").boundingBox();
    if (!box) throw new Error(`${day} is not drawn`);
    const at = (hour: number) => box.x + (box.width * hour) / 24;
    await page.mouse.move(at(fromHour), box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(at((fromHour + toHour) / 2), box.y + box.height / 2);
    await page.mouse.move(at(toHour), box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
  }

  it("is drawn, moved and resized with the mouse, and saved", async () => {
    await drag("Monday", 1, 3.02);
    await block("Monday 01:00 to 03:00, 21.5\u00a0°C").waitFor();
    await drag("Monday", 2, 4);
    await block("Monday 03:00 to 05:00, 21.5\u00a0°C").waitFor();
    await drag("Monday", 22.45, 20);
    await block("Monday 06:30 to 20:00, 21.0\u00a0°C").waitFor();
    await save();
    await saved();
    expect((await comfort())?.week).toEqual([
      { days: ["mon"], from: "03:00", to: "05:00", targetC: 21.5 },
      { days: ["mon"], from: "06:30", to: "20:00", targetC: 21 },
      { days: ["tue", "wed", "thu", "fri"], from: "06:30", to: "22:30", targetC: 21 },
      { days: ["sat", "sun"], from: "06:30", to: "23:30", targetC: 21.5 },
    ]);
  });

  it("is as it was when the saving is undone", async () => {
    await page.getByRole("button", { name: "Undo" }).click();
    await block("Monday 06:30 to 22:30, 21.0\u00a0°C").waitFor();
    expect(await comfort()).toEqual(before);
  });

  it("is changed with the keyboard alone, and what is not saved is discarded", async () => {
    await block("Tuesday 06:30 to 22:30, 21.0\u00a0°C").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Alt+ArrowLeft");
    await page.keyboard.press("+");
    await block("Tuesday 06:30 to 22:30, 21.5\u00a0°C").waitFor();
    await page.keyboard.press("Alt+ArrowRight");
    await page.keyboard.press("Delete");
    await page.getByRole("button", { name: "Add a time on Tuesday" }).waitFor();
    expect(await page.evaluate("document.activeElement.ariaLabel")).toBe("Add a time on Tuesday");
    await page.keyboard.press("Enter");
    await block("Tuesday 00:00 to 01:00, 21.5\u00a0°C").press("ArrowDown");
    await block("Wednesday 00:00 to 01:00, 21.5\u00a0°C").waitFor();
    expect(await page.evaluate("document.activeElement.ariaLabel")).toMatch(/^Wednesday 00:00/);
    await page.getByRole("button", { name: "Discard" }).press("Enter");
    await block("Tuesday 06:30 to 22:30, 21.0\u00a0°C").waitFor();
    expect(await comfort()).toEqual(before);
  });

  it("is changed in numbers, and a day is copied to others", async () => {
    await block("Saturday 06:30 to 23:30, 21.5\u00a0°C").press("Enter");
    await page.getByLabel("From", { exact: true }).fill("08:07");
    await page.getByLabel("To", { exact: true }).fill("00:00");
    await page.getByLabel("Temperature", { exact: true }).fill("20.5");
    await block("Saturday 08:07 to 24:00, 20.5\u00a0°C").waitFor();
    await page.getByRole("button", { name: "Copy Saturday to other days" }).click();
    await page.getByRole("button", { name: "Sunday", exact: true }).click();
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByLabel("Set-back").fill("17");
    await save();
    await saved();
    expect(await comfort()).toEqual({
      setBackC: 17,
      week: [before.week[0], { days: ["sat", "sun"], from: "08:07", to: "24:00", targetC: 20.5 }],
    });
  });

  it("is refused with words where it passes a limit of the room", async () => {
    await page.getByLabel("Set-back").fill("26");
    await save();
    await page
      .getByRole("alert")
      .getByText(/limits\.maxC is 26/)
      .waitFor();
  });
});
