import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium as browsers } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type HearthProcess, startHearthwork } from "../e2e/hearthProcess.ts";
import { describeWith } from "../parts.ts";

describeWith("chromium", "a hearth that is not set up", (chromium) => {
  const folder = mkdtempSync(join(tmpdir(), "hearthwork-welcome-"));
  let hearth: HearthProcess;
  beforeAll(() => {
    hearth = startHearthwork(["hearth", "--port", "0", "--json"], folder);
  });
  afterAll(async () => {
    await hearth.interrupt();
    rmSync(folder, { recursive: true, force: true });
  });

  it("offers a virtual home and asks for a room and a heater", { timeout: 90_000 }, async () => {
    const [, url = ""] = await hearth.line(/(http:\/\/127\.0\.0\.1:\d+)/, 60_000);
    const browser = await browsers.launch({
      executablePath: chromium,
      args: ["--no-sandbox", "--disable-gpu"],
    });
    try {
      const page = await browser.newPage();
      await page.goto(url);
      await page.getByRole("heading", { name: "Welcome to Hearthwork" }).waitFor();
      await page.getByRole("button", { name: "Look around in the virtual home" }).waitFor();
      await page.getByLabel("Kind of heater").selectOption("this-computer");
      await page
        .getByLabel(/^Full power/)
        .first()
        .waitFor();
      await page.getByRole("button", { name: "Begin" }).click();
      await page
        .getByRole("alert")
        .getByText(/must be|is missing/)
        .first()
        .waitFor();
      await page.waitForResponse((response) => response.url().endsWith("/api/v1/site"));
      await page.waitForResponse((response) => response.url().endsWith("/api/v1/site"));
      expect(await page.getByLabel("Kind of heater").inputValue()).toBe("this-computer");
    } finally {
      await browser.close();
    }
  });
});
