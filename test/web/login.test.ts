import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../parts.ts";
import { faultsOf } from "./looker.ts";
import { dialOf, startVirtualHome, type VirtualHome } from "./virtualHome.ts";

const password = "four warm ducks glow";

describeWith("chromium", "the login", (chromium) => {
  let home: VirtualHome;
  let page: Page;
  const field = () => page.getByLabel("Password", { exact: true });
  const dial = () => dialOf(page).waitFor();

  beforeAll(async () => {
    home = await startVirtualHome(chromium);
    page = await home.open();
    await dial();
  }, 120_000);
  afterAll(() => home?.close());

  it("is asked for as soon as there is a password, also of a page that is open", async () => {
    await home.ask("password", {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ password }),
    });
    await field().waitFor();
    expect(await page.getByRole("slider").count()).toBe(0);
  });

  it("says that a password is wrong", async () => {
    await field().fill("four cold ducks glow");
    await page.keyboard.press("Enter");
    await page.getByText("This is not the password").waitFor();
    expect(await field().inputValue()).toBe("");
  });

  it("shows well in light and dark and on a phone", async () => {
    const size = page.viewportSize();
    expect(await faultsOf(page)).toEqual({ light: [], dark: [], phone: [], fit: [] });
    if (size) await page.setViewportSize(size);
  });

  it("shows the home after it, and still when the page is loaded again", async () => {
    await field().fill(password);
    await page.keyboard.press("Enter");
    await dial();
    await page.reload();
    await dial();
    await page.getByText("Live", { exact: true }).waitFor();
  });

  it("lets the page act", async () => {
    const slider = dialOf(page);
    await slider.focus();
    await page.keyboard.press("ArrowUp");
    await page.locator(".room-source", { hasText: /^Held by you until/ }).waitFor();
  });

  it("ends at logout", async () => {
    await page.getByRole("button", { name: "Log out" }).click();
    await field().waitFor();
    await page.reload();
    await field().waitFor();
  });
});
