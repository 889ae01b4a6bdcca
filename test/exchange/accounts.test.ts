import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { parseExchangeAddress } from "../../src/agent/index.ts";
import { apiClient } from "../../src/client/index.ts";
import { Instant, PersonId } from "../../src/domain/index.ts";
import { hashOf } from "../../src/http/index.ts";
import {
  accountRoutes,
  auditRoutes,
  jobRoutes,
  operatorRoutes,
  peopleRoutes,
  rights,
} from "../../src/wire/index.ts";
import { runCommand } from "../access/runCommand.ts";
import { runHere } from "../runHere.ts";
import { Browser } from "./browser.ts";
import { RawProvider } from "./rawProvider.ts";
import { openTestExchange, type TestExchange } from "./openTestExchange.ts";

const password = "four warm ducks glow";
let exchange: TestExchange;
const owner = () => apiClient({ url: exchange.url, token: exchange.token });
const withKey = (token: string) => apiClient({ url: exchange.url, token });

/** Opens an account, and signs in to it. */
async function person(id: string, ...roles: ("consumer" | "provider" | "operator")[]): Promise<Browser> {
  await owner().call(peopleRoutes.createPerson, { body: { id, roles, password } });
  return signedIn(id);
}
async function signedIn(id: string): Promise<Browser> {
  const browser = new Browser(exchange.url);
  expect(await browser.ask("POST", "me/session", { id, password })).toMatchObject({ status: 200 });
  return browser;
}
async function keyOf(browser: Browser, name: string, scopes: string[]): Promise<string> {
  const { body } = await browser.ask("POST", "account/keys", { name, scopes });
  return z.object({ key: z.string() }).parse(body).key;
}

beforeAll(async () => {
  exchange = await openTestExchange();
  await exchange.access.setPassword("the owner's own words");
});
afterAll(() => exchange.close());

describe("what may be done at an exchange", () => {
  const documentSchema = z.object({
    paths: z.record(z.string(), z.record(z.string(), z.looseObject({ "x-scope": z.string() }))),
  });
  const pathOf = (pattern: string) =>
    pattern.replaceAll(/\{(\w+)\}/g, (_all, name: string) => (name === "digest" ? "a".repeat(64) : "1"));

  it("is said of every route, and refused to whoever has not that right", { timeout: 60_000 }, async () => {
    const ann = await person("ann", "consumer", "provider", "operator");
    const known = new Set([...Object.keys(rights), "open", "owner"]);
    const scopes = Object.keys(rights).filter((right) => right !== "account" && right !== "people:write");
    const keys = new Map<string, string>();
    for (const left of scopes) {
      const others = scopes.filter((scope) => scope !== left);
      keys.set(left, await keyOf(ann, left.replace(":", "-"), others));
    }
    const document = await withKeyOfDocument();
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, route]) => ({ path, method, scope: route["x-scope"] })),
    );
    expect(routes.length).toBeGreaterThan(35);
    const open = routes
      .filter(({ scope }) => scope === "open")
      .map(({ method, path }) => `${method} ${path}`);
    expect(open.toSorted()).toMatchInlineSnapshot(`
      [
        "delete /api/v1/session",
        "get /api/v1/me",
        "get /api/v1/session",
        "post /api/v1/me",
        "post /api/v1/me/passkey",
        "post /api/v1/me/passkey/options",
        "post /api/v1/me/session",
        "post /api/v1/session",
      ]
    `);
    for (const { path, method, scope } of routes) {
      if (scope === "open") continue;
      expect(known, `${method} ${path}`).toContain(scope);
      const ask = async (key: string) => {
        const reply = await fetch(exchange.url + pathOf(path), {
          method: method.toUpperCase(),
          headers: { authorization: `Bearer ${key}` },
        });
        await reply.arrayBuffer();
        return `${method} ${path} ${reply.status}`;
      };
      expect(await ask(`hwc_${"x".repeat(43)}`)).toBe(`${method} ${path} 401`);
      const all = keys.get(scope) ?? [...keys.values()][0] ?? "";
      expect(await ask(all)).toBe(`${method} ${path} 403`);
    }
  });

  async function withKeyOfDocument() {
    const reply = await fetch(`${exchange.url}/api/openapi.json`, {
      headers: { authorization: `Bearer ${exchange.token}` },
    });
    return documentSchema.parse(await reply.json());
  }

  it.each([
    ["consumer", { jobs: 200, providers: 403, people: 403, audit: 403, "ledger/balances": 403 }],
    ["provider", { jobs: 403, providers: 200, people: 403, audit: 403, "ledger/balances": 403 }],
    ["operator", { jobs: 200, providers: 200, people: 200, audit: 200, "ledger/balances": 200 }],
  ] as const)("is for a %s what the role lets do", async (role, expected) => {
    const browser = await person(`a-${role}`, role);
    const seen = Object.keys(expected).map(async (path) => [path, (await browser.ask("GET", path)).status]);
    expect(Object.fromEntries(await Promise.all(seen))).toEqual(expected);
  });
});

describe("a person's account", () => {
  it("is signed in to by its password, until it is signed out of", async () => {
    const browser = await person("bea", "consumer");
    expect(browser.cookie).toMatch(/^hearthwork-exchange=[\w-]{43}$/);
    expect((await browser.ask("GET", "me")).body).toMatchObject({
      isOwner: false,
      account: { id: "bea", roles: ["consumer"] },
    });
    const before = new Browser(exchange.url, { cookie: browser.cookie });
    expect(await browser.ask("DELETE", "session")).toMatchObject({ status: 200 });
    expect(await before.ask("GET", "jobs")).toMatchObject({ status: 401 });
  });

  it("has its other sessions end with a new password, and all when it signs out everywhere", async () => {
    const [one, two] = [await person("cora", "consumer"), await signedIn("cora")];
    const change = { current: password, password: "seven calm owls wait" };
    expect(await one.ask("PUT", "account/password", { ...change, current: "wrong" })).toMatchObject({
      status: 401,
    });
    expect(await one.ask("PUT", "account/password", change)).toMatchObject({ status: 200 });
    expect([(await one.ask("GET", "jobs")).status, (await two.ask("GET", "jobs")).status]).toEqual([
      200, 401,
    ]);
    expect(await two.ask("POST", "me/session", { id: "cora", password: change.password })).toMatchObject({
      status: 200,
    });
    await two.ask("DELETE", "account/sessions");
    expect((await one.ask("GET", "jobs")).status).toBe(401);
  });

  it("has what it follows live end with its session", async () => {
    const browser = await person("lea", "consumer");
    const live = await fetch(`${exchange.url}/api/v1/live`, { headers: { cookie: browser.cookie } });
    const following = live.text();
    await browser.ask("DELETE", "session");
    expect(await following).toContain("event: network");
  });

  it("is closed by an operator at once, with its keys", async () => {
    const browser = await person("dora", "consumer");
    const key = await keyOf(browser, "bot", ["jobs:read"]);
    await owner().call(peopleRoutes.changePerson, { params: { id: "dora" }, body: { isClosed: true } });
    expect((await browser.ask("GET", "jobs")).status).toBe(401);
    await expect(withKey(key).call(jobRoutes.listJobs, {})).rejects.toMatchObject({
      code: "access/login-needed",
    });
    expect((await browser.ask("POST", "me/session", { id: "dora", password })).status).toBe(401);
  });

  it("is opened by an invitation, once", async () => {
    const { token, path } = await owner().call(peopleRoutes.invite, { body: { roles: ["provider"] } });
    expect(path).toBe(`/sign-up#${token}`);
    const browser = new Browser(exchange.url);
    expect(await browser.ask("POST", "me", { id: "eve", password })).toMatchObject({ status: 403 });
    const taken = { invitation: token, id: "dora", password };
    expect(await browser.ask("POST", "me", taken)).toMatchObject({ status: 409 });
    expect((await browser.ask("POST", "me", { ...taken, id: "eve" })).body).toMatchObject({
      account: { id: "eve", roles: ["provider"] },
    });
    expect(await browser.ask("POST", "me", { ...taken, id: "eve2" })).toMatchObject({ status: 403 });
  });

  it("is opened by anybody while the operator lets them", async () => {
    await owner().call(peopleRoutes.openSignUp, { body: { isOpen: true } });
    const browser = new Browser(exchange.url);
    expect((await browser.ask("POST", "me", { id: "fay", password: "short" })).status).toBe(400);
    expect((await browser.ask("POST", "me", { id: "fay", password })).body).toMatchObject({
      account: { roles: ["consumer", "provider"] },
    });
    await owner().call(peopleRoutes.openSignUp, { body: { isOpen: false } });
    expect((await browser.ask("POST", "me", { id: "fay2", password })).status).toBe(403);
  });

  it("sees its own and nobody else's", async () => {
    const [gia, hal] = [await person("gia", "consumer"), await person("hal", "consumer", "provider")];
    const span = `from=${new Date(0).toISOString()}&to=${new Date(1).toISOString()}`;
    expect((await gia.ask("GET", `consumers/gia/statement.csv?${span}`)).status).toBe(200);
    expect((await hal.ask("GET", `consumers/gia/statement.csv?${span}`)).status).toBe(404);
    expect((await hal.ask("GET", "providers")).body).toEqual({ providers: [] });
  });
});

it("a machine that joins with somebody's token is theirs, and nobody else's to see or revoke", async () => {
  const [jon, kim] = [await person("jon", "provider"), await person("kim", "provider", "consumer")];
  const { body } = await jon.ask("POST", "providers/join-tokens", {});
  const { address } = z.object({ address: z.string() }).parse(body);
  const { join } = parseExchangeAddress(address);
  const connect = async () => {
    const machine = new RawProvider(exchange.url);
    machine.say(await machine.hello(join === undefined ? {} : { join }));
    return machine;
  };
  const [first, second] = [await connect(), await connect()];
  const machines = [first, second].map((machine) =>
    Promise.race([machine.hears("welcome"), machine.hears("refused")]),
  );
  const heard = await Promise.all(machines);
  expect(heard.map(({ type }) => type).toSorted()).toEqual(["refused", "welcome"]);
  expect(heard).toContainEqual(expect.objectContaining({ code: "provider/bad-join-token" }));
  const id = heard.flatMap((said) => (said.type === "welcome" ? [said.provider] : []))[0] ?? "";
  expect((await jon.ask("GET", "providers")).body).toMatchObject({ providers: [{ id, owner: "jon" }] });
  expect((await kim.ask("GET", "providers")).body).toEqual({ providers: [] });
  expect((await kim.ask("DELETE", `providers/${id}`)).status).toBe(404);
  const span = `from=${new Date(0).toISOString()}&to=${new Date(1).toISOString()}`;
  expect((await kim.ask("GET", `providers/${id}/statement.csv?${span}`)).status).toBe(404);
  expect((await jon.ask("GET", `providers/${id}/statement.csv?${span}`)).status).toBe(200);
  expect((await jon.ask("PUT", `providers/${id}/vouched`, { isVouched: true })).status).toBe(403);
  expect((await jon.ask("DELETE", `providers/${id}`)).status).toBe(200);
  first.close();
  second.close();
});

describe("a key", () => {
  it("does what it is for and no more, and shows when it was used", async () => {
    const browser = await person("ida", "consumer");
    const key = await keyOf(browser, "reader", ["jobs:read"]);
    expect(await withKey(key).call(jobRoutes.listJobs, {})).toEqual({ jobs: [], next: null });
    const cancel = withKey(key).call(jobRoutes.cancelJob, { params: { id: "j1" } });
    await expect(cancel).rejects.toMatchObject({ code: "access/not-allowed" });
    await expect(withKey(key).call(accountRoutes.account, {})).rejects.toMatchObject({
      code: "access/not-allowed",
    });
    const used = async () =>
      z
        .looseObject({ keys: z.array(z.looseObject({ usedAt: z.string().nullable() })) })
        .parse((await browser.ask("GET", "account")).body).keys[0]?.usedAt;
    await expect.poll(used, { timeout: 10_000 }).toEqual(expect.any(String));
    expect((await browser.ask("DELETE", "account/keys/reader")).status).toBe(200);
    await expect(withKey(key).call(jobRoutes.listJobs, {})).rejects.toMatchObject({
      code: "access/login-needed",
    });
  });

  it("may not be made for what its account may not", async () => {
    const browser = await signedIn("ida");
    expect((await browser.ask("POST", "account/keys", { name: "k", scopes: ["audit:read"] })).status).toBe(
      403,
    );
    expect((await browser.ask("POST", "account/keys", { name: "k", scopes: ["people:write"] })).status).toBe(
      400,
    );
  });

  it("counts no more once it is too old", async () => {
    const [key, now] = [`hwc_${"k".repeat(43)}`, Date.now()];
    const name = "old";
    const add = (expiresAt: number) =>
      exchange.store.people.addKey(
        PersonId("ida"),
        {
          hash: hashOf(key),
          name,
          scopes: ["jobs:read"],
          createdAt: Instant(now),
          expiresAt: Instant(expiresAt),
        },
        {
          at: Instant(now),
          actor: "test",
          address: "",
          action: "key/create",
          subject: name,
          outcome: "done",
          detail: "",
        },
      );
    await add(now - 1);
    await expect(withKey(key).call(jobRoutes.listJobs, {})).rejects.toMatchObject({
      code: "access/login-needed",
    });
  });

  it("comes with a consumer's account that the owner opens by a command", async () => {
    const { key } = await owner().call(operatorRoutes.createConsumer, { body: { id: "firm" } });
    expect(await withKey(key).call(jobRoutes.listJobs, {})).toEqual({ jobs: [], next: null });
  });
});

it("commands open accounts, give roles, invite and tell what was done", async () => {
  const at = ["--url", exchange.url, "--token", exchange.token];
  const invited = await runHere(["account", "invite", "--role", "consumer", "provider", ...at]);
  expect(invited).toMatchObject({ code: 0, stdout: expect.stringMatching(/\/sign-up#hwi_[\w-]{43}\n$/) });
  const created = await runCommand(
    ["account", "create", "max", "--role", "consumer", ...at],
    `${password}\n`,
  );
  expect(created).toMatchObject({ code: 0, stdout: "max may sign in, as consumer.\n" });
  const changed = await runHere(["account", "roles", "max", "--role", "provider", ...at]);
  expect(changed.stdout).toMatch(/^max {2}provider {2}since/m);
  const closed = await runHere(["account", "close", "max", ...at]);
  expect(closed.stdout).toMatch(/^max {2}provider {2}closed$/m);
  const audit = await runHere(["audit", "--subject", "max", ...at]);
  expect(
    audit.stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split("  ").slice(1).join("  ")),
  ).toEqual([
    "owner  127.0.0.1  person/create  max  consumer",
    "owner  127.0.0.1  person/change  max  roles: provider",
    "owner  127.0.0.1  person/change  max  closed",
  ]);
});

it("a deposit's reference counts once, with one amount, and is noted once", async () => {
  await owner().call(operatorRoutes.createConsumer, { body: { id: "depositor" } });
  const take = (amount: string) =>
    owner().call(operatorRoutes.deposit, {
      params: { id: "depositor", reference: "transfer-1" },
      body: { amount },
    });
  await take("10");
  expect((await take("10")).balance.amount).toBe("10.000000");
  await expect(take("1000")).rejects.toMatchObject({ code: "api/conflict" });
  const { entries } = await owner().call(auditRoutes.audit, { querystring: { subject: "depositor" } });
  expect(entries.filter(({ action }) => action === "ledger/deposit")).toHaveLength(1);
});

it("the owner's own logins are noted, too", async () => {
  const browser = new Browser(exchange.url);
  expect((await browser.ask("POST", "session", { password: "not the owner's" })).status).toBe(401);
  expect((await browser.ask("POST", "session", { password: "the owner's own words" })).status).toBe(200);
  await browser.ask("DELETE", "session");
  const { entries } = await owner().call(auditRoutes.audit, { querystring: { subject: "owner" } });
  expect(entries.map(({ actor, action, outcome }) => [actor, action, outcome]).toReversed()).toEqual([
    ["nobody", "session/begin", "refused"],
    ["owner", "session/begin", "done"],
    ["owner", "session/end", "done"],
  ]);
});

it("the audit log says who did it, from where and how it ended, and cannot be changed", async () => {
  const { entries } = await owner().call(auditRoutes.audit, { querystring: { subject: "cora" } });
  expect(
    entries.map(({ actor, action, outcome, address }) => [actor, action, outcome, address]).toReversed(),
  ).toEqual([
    ["owner", "person/create", "done", "127.0.0.1"],
    ["cora", "session/begin", "done", "127.0.0.1"],
    ["cora", "session/begin", "done", "127.0.0.1"],
    ["cora", "password/change", "refused", "127.0.0.1"],
    ["cora", "password/change", "done", "127.0.0.1"],
    ["cora", "session/begin", "done", "127.0.0.1"],
    ["cora", "session/end-all", "done", "127.0.0.1"],
  ]);
  const page = await owner().call(auditRoutes.audit, { querystring: { limit: 2 } });
  expect(page.next).toBe(page.entries[1]?.id);
  const csv = await fetch(`${exchange.url}/api/v1/audit.csv?subject=ida/reader`, {
    headers: { authorization: `Bearer ${exchange.token}` },
  });
  const lines = (await csv.text()).split("\r\n");
  expect(lines[0]).toBe("id,time,actor,address,action,subject,outcome,detail");
  expect(lines[1]).toContain("key/revoke,ida/reader,done,");
});

it("an account cannot be kept from its holder by others' guesses, nor guessed without end", async () => {
  const { people } = exchange.store;
  const strangers = [{ subject: "account/gia", rate: { burst: 10, every: 60 } }];
  const now = Date.now() / 1000;
  let tries = 0;
  while ((await people.takeTry(strangers, now)) === 0) tries += 1;
  expect(tries).toBeGreaterThan(5);
  await signedIn("gia");
  const guess = async (i: number) => {
    const tried = { id: i % 2 === 0 ? "gia" : "nobody-known", password: "wrong words here" };
    return (await new Browser(exchange.url).ask("POST", "me/session", tried)).status;
  };
  const statuses = await Promise.all(Array.from({ length: 30 }, (_, i) => guess(i)));
  expect(new Set(statuses)).toEqual(new Set([401, 429]));
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(24);
});
