import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ConfigView } from "../../src/wire/index.ts";
import { describeWith } from "../parts.ts";
import { startVirtualHome, type VirtualHome } from "./virtualHome.ts";

/** For what the hearth and the page do on a busy machine. */
const patience = { timeout: 10_000 };

describeWith("chromium", "the settings of a virtual home", (chromium) => {
  let home: VirtualHome;
  let page: Page;
  const fileText = async () => (await home.ask<ConfigView>("config")).text;
  const card = (name: string) => page.getByRole("region", { name, exact: true });
  const editor = () => page.getByRole("textbox", { name: "hearth.yaml" });
  const type = async (find: string, replaceBy: string) => {
    await editor().focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText((await fileText()).replace(find, replaceBy));
  };

  beforeAll(async () => {
    home = await startVirtualHome(chromium);
    page = await home.open("/settings");
    await page.getByText("The hearth goes by this file.").waitFor();
  }, 120_000);
  afterAll(() => home?.close());

  it("changes a price in its field, and nothing else in the file", async () => {
    const before = await fileText();
    await card("Site").getByLabel("Price").first().fill("0.27");
    await card("Site").getByRole("button", { name: "Save" }).click();
    await card("Site").getByText("Saved", { exact: true }).waitFor();
    expect(await fileText()).toBe(before.replace("perKwh: 0.31", 'perKwh: "0.27"'));
  });

  it("names what is wrong in the text by its line, and saves nothing then", async () => {
    await type("feeder: { maxWatts: 2500 }", "feeder: { maxWatts: lots }");
    const problems = card("hearth.yaml").getByRole("listitem");
    await problems.getByText(/site\.feeder\.maxWatts/).waitFor();
    const line = (await fileText()).split("\n").findIndex((text) => text.includes("feeder:")) + 1;
    await problems.getByRole("button", { name: `Line ${line}`, exact: true }).click();
    expect(await page.evaluate("document.activeElement.ariaLabel")).toBe("hearth.yaml");
    expect(await card("hearth.yaml").getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
  });

  it("keeps what is being written when the file is changed elsewhere, and saves it over nobody's change", async () => {
    const file = card("hearth.yaml");
    const site = card("Site");
    await site.getByLabel("Name").fill("Mine");
    const written = (await fileText()).replace("maxWatts: 2500", "maxWatts: 2550");
    await editor().focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(written);
    const { etag, text } = await home.ask<ConfigView>("config");
    await home.ask("config", {
      method: "PUT",
      headers: { "content-type": "application/json", "if-match": etag, origin: home.url },
      body: JSON.stringify({ text: `# theirs\n${text}` }),
    });
    await file.getByRole("button", { name: "Save" }).click();
    await file.getByText("The file was changed elsewhere").waitFor();
    expect(await editor().innerText()).toContain("maxWatts: 2550");
    expect(await site.getByLabel("Name").inputValue()).toBe("Mine");
    await file.getByRole("button", { name: "Show it as it is now" }).click();
    await expect.poll(() => editor().innerText(), patience).toContain("# theirs");
    expect(await editor().innerText()).toContain("maxWatts: 2500");
    await site.getByRole("button", { name: "Discard" }).click();
  });

  it("writes the text with its comments, and goes back to the version before", async () => {
    const before = await fileText();
    await type("feeder: { maxWatts: 2500 }", "feeder: { maxWatts: 2600 } # the fuse behind the stairs");
    await card("hearth.yaml").getByText("This can be saved.").waitFor();
    await card("hearth.yaml").getByRole("button", { name: "Save" }).click();
    await card("hearth.yaml").getByText("Saved", { exact: true }).waitFor();
    expect(await fileText()).toContain("maxWatts: 2600 } # the fuse behind the stairs");
    await card("hearth.yaml").getByRole("button", { name: "Back to the version before" }).click();
    await expect.poll(fileText, patience).toBe(before);
  });

  it("says that nobody outside is told where nobody is", async () => {
    await card("Who is told, and who is asked")
      .getByText(/^Nobody outside is told/)
      .waitFor();
  });

  it("asks before it joins an exchange, shows the fingerprint, and tells why a virtual home joins none", async () => {
    const address = `https://exchange.example:7421/#${"0f".repeat(16)}`;
    const card = page.getByRole("region", { name: "Exchange" });
    const join = card.getByRole("button", { name: "Join the exchange" });
    expect(await join.isDisabled()).toBe(true);
    await card.getByLabel("Address").fill(address);
    await card.getByLabel("Max power").fill("300");
    await join.click();
    await card.getByText("0f".repeat(16), { exact: true }).waitFor();
    await card.getByRole("button", { name: "Join it" }).click();
    await card.getByText(/heat is not real: it joins no exchange/).waitFor();
    expect(await fileText()).not.toContain("exchange.example");
    await card.getByRole("button", { name: "Not now" }).click();
  });

  it("sets the owner's password, and then makes and revokes a token", { timeout: 60_000 }, async () => {
    const access = card("Access");
    // The page may begin anew while the hearth takes the file of the test before.
    const set = access.getByRole("button", { name: "Set the password" });
    await expect
      .poll(
        async () => {
          await access.getByRole("textbox", { name: "Password" }).fill("four warm ducks glow");
          await set.click({ timeout: 2000 });
          return true;
        },
        { timeout: 15_000 },
      )
      .toBe(true);
    await access.getByText("A password is set").waitFor();
    await access.getByLabel("Name").fill("kitchen-display");
    await access.getByRole("button", { name: "Make a token" }).click();
    const shown = await access.locator(".token-shown code").textContent();
    expect(shown?.length).toBeGreaterThan(20);
    const asked = await fetch(`${home.url}/api/v1/site`, { headers: { authorization: `Bearer ${shown}` } });
    expect(asked.status).toBe(200);
    await access.getByRole("button", { name: "Revoke kitchen-display" }).click();
    await access.getByText("kitchen-display").waitFor({ state: "detached" });
  });
});
