import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { apiClient } from "../../src/client/index.ts";
import { peopleRoutes } from "../../src/wire/index.ts";
import { openTestExchange, type TestExchange } from "../exchange/openTestExchange.ts";
import { RawProvider } from "../exchange/rawProvider.ts";
import { describeWith } from "../parts.ts";
import { faultsOf, type Looker, openLooker } from "./looker.ts";

const password = "four warm ducks glow";
/** Axe takes its time beside other programs. */
const patience = { timeout: 90_000 };

describeWith("chromium", "people at an exchange's pages", (chromium) => {
  let exchange: TestExchange;
  let looker: Looker;
  let page: Page;
  const provider = () => new RawProvider(exchange.url);

  /** Asks as the page would. */
  const ask = (method: string, path: string, body?: object) =>
    page.evaluate(
      async ([how, where, what]) => {
        const reply = await fetch(`/api/v1/${where}`, {
          method: how ?? "",
          ...(what === undefined ? {} : { body: what, headers: { "content-type": "application/json" } }),
        });
        return { status: reply.status, body: await reply.json() };
      },
      [method, path, body && JSON.stringify(body)] as const,
    );
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const field = (name: string) => page.getByLabel(name, { exact: true });
  const heading = (name: string) => page.getByRole("heading", { name, exact: true });
  const signIn = async (id: string) => {
    await field("Account").fill(id);
    await field("Password").fill(password);
    await button("Sign in").click();
  };
  /** What the device would be asked to sign, once. */
  const heldAnswer = () =>
    page.evaluate(`(async () => {
      const reply = await fetch("/api/v1/me/passkey/options", { method: "POST" });
      const { options } = await reply.json();
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
      return { passkey: (await navigator.credentials.get({ publicKey })).toJSON() };
    })()`) as Promise<object>;

  beforeAll(async () => {
    exchange = await openTestExchange();
    await exchange.access.setPassword("the owner's own words");
    const owner = apiClient({ url: exchange.url, token: exchange.token });
    await owner.call(peopleRoutes.createPerson, {
      body: { id: "ann", roles: ["operator", "provider"], password },
    });
    looker = await openLooker(chromium, exchange.url.replace("127.0.0.1", "localhost"));
    page = await looker.open("/account");
    const line = await page.context().newCDPSession(page);
    await line.send("WebAuthn.enable");
    await line.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
  }, 120_000);
  afterAll(async () => {
    await looker?.close();
    await exchange?.close();
  });

  it("show nothing before a sign-in, and then the page that was asked for", patience, async () => {
    expect(await faultsOf(page)).toEqual({ light: [], dark: [], phone: [], fit: [] });
    await page.setViewportSize({ width: 1280, height: 800 });
    await field("Account").fill("ann");
    await field("Password").fill("not her password");
    await button("Sign in").click();
    await page.getByText("This is no account's name and password").waitFor();
    await signIn("ann");
    await heading("Passkeys").waitFor();
  });

  it("let passkeys be added, and whoever has one in, each challenge once", patience, async () => {
    await field("Name of another").fill("Laptop");
    await button("Add a passkey").click();
    await page.getByText("not used yet").waitFor();
    await button("Log out").click();
    await button("Sign in with a passkey").click();
    await page
      .getByText(/^used \d\d:\d\d/)
      .first()
      .waitFor();
    const used = await heldAnswer();
    expect(await ask("POST", "me/passkey", used)).toMatchObject({ body: { account: { id: "ann" } } });
    expect(await ask("POST", "me/passkey", used)).toMatchObject({
      status: 403,
      body: { code: "passkey/refused" },
    });
  });

  it("let the password go but not the last way in", patience, async () => {
    await button("Do without").click();
    await button("Remove the password").click();
    await page.getByText("This is not your password").waitFor();
    await button("Keep it").click();
    await page.getByLabel("Password now").fill(password);
    await button("Do without").click();
    await button("Remove the password").click();
    await button("Set the password").waitFor();
    await button("Remove").click();
    await button("Remove it").click();
    await page.getByText("Nothing else would let you in").waitFor();
    await button("Keep it").click();
    await page.locator("input[autocomplete=new-password]").fill(password);
    await button("Set the password").click();
    await button("Change the password").waitFor();
  });

  it("make keys, which are shown once, and revoke them", patience, async () => {
    await field("Name of a new key").fill("nightly");
    await page.getByRole("checkbox", { name: "read the audit log" }).check();
    await button("Make a key").click();
    const key = await page.getByText(/^hwc_/).textContent();
    const audit = await fetch(`${exchange.url}/api/v1/audit`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(audit.status).toBe(200);
    await page
      .getByRole("listitem")
      .filter({ hasText: "nightly" })
      .getByRole("button", { name: "Revoke" })
      .click();
    await button("Revoke it").click();
    await page.getByText("nightly").first().waitFor({ state: "detached" });
    expect(await faultsOf(page)).toEqual({ light: [], dark: [], phone: [], fit: [] });
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it("have operators invite, give roles, answer for machines, and see who did what", patience, async () => {
    await provider().join();
    await page.getByRole("link", { name: "Admin" }).click();
    await button("Make an invitation").click();
    const link = (await page.getByText(/\/sign-up#hwi_/).textContent()) ?? "";
    await button("Answer for by hand").click();
    await button("Answer for by hand no more").waitFor();
    const invited = await looker.open(new URL(link).pathname + new URL(link).hash);
    await invited.getByLabel("Name of the account", { exact: true }).fill("bob");
    await invited.getByLabel("Password", { exact: true }).fill(password);
    await invited.getByRole("button", { name: "Open the account" }).click();
    await invited.getByRole("heading", { name: "bob" }).waitFor();
    expect(await invited.getByRole("link", { name: "Admin" }).count()).toBe(0);
    await page.reload();
    const bob = page.getByRole("listitem").filter({ has: page.getByRole("group", { name: "What bob is" }) });
    const isProvider = bob.getByRole("checkbox", { name: "Provider" });
    await isProvider.click();
    await expect.poll(() => isProvider.isChecked(), { timeout: 10_000 }).toBe(true);
    await page.getByText(/used by bob, from ann/).waitFor();
    expect(await faultsOf(page)).toEqual({ light: [], dark: [], phone: [], fit: [] });
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole("link", { name: "Audit log: who did what" }).click();
    await page.getByRole("row").filter({ hasText: "person/change" }).filter({ hasText: "bob" }).waitFor();
    await page.getByRole("row").filter({ hasText: "refused" }).first().waitFor();
    expect(await faultsOf(page)).toEqual({ light: [], dark: [], phone: [], fit: [] });
    expect(looker.mishaps.filter((mishap) => !/40[139]/.test(mishap))).toEqual([]);
  });
});
