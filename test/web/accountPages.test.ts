import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { apiClient } from "../../src/client/index.ts";
import { peopleRoutes } from "../../src/wire/index.ts";
import { openTestExchange, type TestExchange } from "../exchange/openTestExchange.ts";
import { describeWith } from "../parts.ts";
import { type Looker, openLooker } from "./looker.ts";

const password = "four warm ducks glow";

describeWith("chromium", "passkeys at an exchange", (chromium) => {
  let exchange: TestExchange;
  let looker: Looker;
  let page: Page;

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
  /** Has the browser make a passkey, or use one, as the exchange asks. */
  const credential = (options: unknown, kind: "create" | "get") =>
    page.evaluate(
      `(async () => {
        const options = ${JSON.stringify(options)};
        const made = ${kind === "create"}
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        return made.toJSON();
      })()`,
    ) as Promise<object>;
  const optionsAt = async (path: string) => (await ask("POST", path)).body as { options: unknown };

  beforeAll(async () => {
    exchange = await openTestExchange();
    const owner = apiClient({ url: exchange.url, token: exchange.token });
    await owner.call(peopleRoutes.createPerson, { body: { id: "ann", roles: ["consumer"], password } });
    looker = await openLooker(chromium, exchange.url.replace("127.0.0.1", "localhost"));
    page = await looker.open("/");
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

  it("are added to an account, and let in whoever has them, each challenge once", async () => {
    expect(await ask("POST", "me/session", { id: "ann", password })).toMatchObject({ status: 200 });
    const { options } = await optionsAt("account/passkeys/options");
    const passkey = await credential(options, "create");
    const added = { name: "Laptop", passkey };
    expect(await ask("POST", "account/passkeys", added)).toMatchObject({
      status: 200,
      body: { passkeys: [{ name: "Laptop", usedAt: null }] },
    });
    expect(await ask("POST", "account/passkeys", added)).toMatchObject({
      status: 403,
      body: { code: "passkey/refused" },
    });
    await ask("DELETE", "session");
    const used = { passkey: await credential((await optionsAt("me/passkey/options")).options, "get") };
    expect(await ask("POST", "me/passkey", used)).toMatchObject({ body: { account: { id: "ann" } } });
    expect(await ask("POST", "me/passkey", used)).toMatchObject({ status: 403 });
  });

  it("leave a way in", async () => {
    expect(await ask("DELETE", "account/password")).toMatchObject({ body: { hasPassword: false } });
    expect(await ask("DELETE", "account/passkeys/Laptop")).toMatchObject({
      status: 409,
      body: { code: "access/last-way-in" },
    });
    expect(await ask("PUT", "account/password", { password })).toMatchObject({ status: 200 });
    expect(await ask("DELETE", "account/passkeys/Laptop")).toMatchObject({ body: { passkeys: [] } });
  });
});
