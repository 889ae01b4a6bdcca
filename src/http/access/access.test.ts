import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { z } from "zod";
import { Instant, Seconds, simulatedClock, type SimulatedClock } from "../../domain/index.ts";
import { Access, accessRecordSchema } from "./access.ts";
import type { Caller } from "./caller.ts";

const password = "four warm ducks glow";
const here: Caller = { address: "127.0.0.1", scheme: "http", isLocal: true };
const day = 86_400;

let clock: SimulatedClock;
let kept: z.output<typeof accessRecordSchema> | undefined;
let writes = 0;
let isFull = false;
const faults: unknown[] = [];
const file = {
  read: () => kept && accessRecordSchema.parse(JSON.parse(JSON.stringify(kept))),
  write(record: NonNullable<typeof kept>) {
    if (isFull) throw new Error("the disk is full");
    writes += 1;
    kept = record;
  },
};
const open = () =>
  new Access({ clock, file, processToken: "of-this-process", onFault: (thrown) => faults.push(thrown) });

beforeEach(() => {
  clock = simulatedClock(Instant(Date.UTC(2026, 0, 15)));
  kept = undefined;
  isFull = false;
});
afterEach(() => faults.splice(0));

async function loggedIn(access: Access): Promise<string> {
  const outcome = await access.login(password, here);
  if (outcome.kind !== "in") throw new Error(outcome.kind);
  return outcome.session;
}

describe("the owner's password", () => {
  it("lets in, and nothing else does", async () => {
    const access = open();
    expect(await access.login(password, here)).toEqual({ kind: "no-password" });
    await access.setPassword(password);
    expect(await access.login("four cold ducks glow", here)).toEqual({ kind: "wrong" });
    const session = await loggedIn(access);
    expect(access.grantOf({ session })).toMatchObject({ scope: "owner", by: "session" });
    expect(access.grantOf({ session: `${session}x` })).toBeUndefined();
    expect(access.grantOf({ session: "" })).toBeUndefined();
    expect(access.grantOf({ bearer: session })).toBeUndefined();
  });

  it("is kept as a hash, and so are sessions and tokens", async () => {
    const access = open();
    await access.setPassword(password);
    const session = await loggedIn(access);
    const token = access.createToken("prometheus", "read");
    const text = JSON.stringify(kept);
    for (const secret of [password, session, token, token.replace("hearthwork_", "")]) {
      expect(text).not.toContain(secret);
    }
    const again = open();
    expect(again.grantOf({ session })).toMatchObject({ scope: "owner" });
    expect(again.grantOf({ bearer: token })).toMatchObject({ scope: "read", by: "token" });
    expect(again.hasPassword()).toBe(true);
  });

  it("ends every session when it is changed", async () => {
    const access = open();
    await access.setPassword(password);
    const session = await loggedIn(access);
    const ended = access.grantOf({ session })?.ended;
    await access.setPassword("another pair of socks");
    expect(ended?.aborted).toBe(true);
    expect(access.grantOf({ session })).toBeUndefined();
    expect(open().grantOf({ session })).toBeUndefined();
    expect(await access.login(password, here)).toEqual({ kind: "wrong" });
  });

  it("stays as it was when the new one is weak or cannot be kept", async () => {
    const access = open();
    await access.setPassword(password);
    await expect(access.setPassword("1234567890")).rejects.toMatchObject({ code: "access/weak-password" });
    isFull = true;
    await expect(access.setPassword("another pair of socks")).rejects.toThrow("full");
    isFull = false;
    await loggedIn(access);
  });

  it("is tried by few at a time, and not too often", async () => {
    const access = open();
    await access.setPassword(password);
    const stranger = { ...here, address: "192.0.2.1", isLocal: false };
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => access.login("wrong", stranger)));
    const kinds = outcomes.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "wrong")).toHaveLength(4);
    expect(kinds.filter((kind) => kind === "wait")).toHaveLength(26);
    expect(await access.login("wrong", stranger)).toEqual({ kind: "wrong" });
    expect(await access.login(password, stranger)).toMatchObject({ kind: "wait", seconds: 20 });
    expect(await access.login(password, here)).toMatchObject({ kind: "in" });
    await clock.advance(Seconds(20));
    expect(await access.login(password, stranger)).toMatchObject({ kind: "in" });
  });
});

describe("a session", () => {
  it("ends when it is not used for a week, and after 30 days in any case", async () => {
    const access = open();
    await access.setPassword(password);
    const idle = await loggedIn(access);
    const used = await loggedIn(access);
    for (let days = 0; days < 29; days++) {
      await clock.advance(Seconds(day));
      expect(access.grantOf({ session: used })).toBeDefined();
    }
    expect(access.grantOf({ session: idle })).toBeUndefined();
    await clock.advance(Seconds(day + 1));
    expect(access.grantOf({ session: used })).toBeUndefined();
  });

  it("ends also when nobody asks, so that what it opened ends with it", async () => {
    const access = open();
    await access.setPassword(password);
    const ended = access.grantOf({ session: await loggedIn(access) })?.ended;
    const stop = new AbortController();
    const sweeping = access.sweepUntil(stop.signal);
    await clock.advance(Seconds(7 * day));
    expect(ended?.aborted).toBe(false);
    await clock.advance(Seconds(60));
    expect(ended?.aborted).toBe(true);
    stop.abort();
    await sweeping;
  });

  it("ends at logout, here and after a restart", async () => {
    const access = open();
    await access.setPassword(password);
    const session = await loggedIn(access);
    access.logout(session);
    expect(access.grantOf({ session })).toBeUndefined();
    expect(open().grantOf({ session })).toBeUndefined();
  });

  it("makes place for newer ones, the longest unused first", async () => {
    const access = open();
    await access.setPassword(password);
    const sessions = Array.from({ length: 64 }, () => access.beginSession());
    await clock.advance(Seconds(1));
    const [first = "", second = "", third = ""] = sessions;
    access.grantOf({ session: first });
    sessions.push(access.beginSession());
    expect(access.grantOf({ session: first })).toBeDefined();
    expect(access.grantOf({ session: second })).toBeUndefined();
    expect(access.grantOf({ session: third })).toBeDefined();
    expect(open().grantOf({ session: third })).toBeDefined();
  });

  it("writes nothing for most of its uses, and yet is known to be used after a restart", async () => {
    const access = open();
    await access.setPassword(password);
    const session = await loggedIn(access);
    writes = 0;
    for (let minute = 0; minute < 6 * 60; minute++) {
      await clock.advance(Seconds(60));
      access.grantOf({ session });
    }
    expect(writes).toBeLessThanOrEqual(6);
    await clock.advance(Seconds(7 * day - 3600));
    expect(open().grantOf({ session })).toBeDefined();
  });

  it("begins although it cannot be kept, since a full disk must lock nobody out", async () => {
    const access = open();
    await access.setPassword(password);
    isFull = true;
    const session = await loggedIn(access);
    expect(access.grantOf({ session })).toBeDefined();
    expect(faults).toHaveLength(1);
  });
});

describe("a token", () => {
  it("counts until it is revoked", () => {
    const access = open();
    const token = access.createToken("home-assistant", "control");
    const grant = access.grantOf({ bearer: token });
    expect(grant).toMatchObject({ scope: "control", by: "token" });
    expect(access.tokens.revoke("home-assistant")).toBe(true);
    expect(access.tokens.revoke("home-assistant")).toBe(false);
    expect(grant?.ended.aborted).toBe(true);
    expect(access.grantOf({ bearer: token })).toBeUndefined();
  });

  it("has a name of its own, and is one of few", () => {
    const access = open();
    for (let count = 0; count < 64; count++) access.createToken(`t${count}`, "read");
    expect(() => access.createToken("t0", "read")).toThrow(/"t0" already/);
    access.tokens.revoke("t0");
    access.createToken("t0", "read");
    expect(() => access.createToken("t64", "read")).toThrow(/as many as there may be/);
  });

  it("is none when it could not be kept", () => {
    const access = open();
    isFull = true;
    expect(() => access.createToken("t", "read")).toThrow("full");
    expect(access.tokens.kept()).toEqual([]);
  });

  it("of the process lets in its owner's commands", () => {
    expect(open().grantOf({ bearer: "of-this-process" })).toMatchObject({ scope: "owner", by: "process" });
    expect(new Access({ clock }).grantOf({ bearer: "" })).toBeUndefined();
  });
});
