import { describe, expect, it } from "vitest";
import { hashPassword, isPassword, passwordHashPattern, weaknessOf } from "./passwords.ts";

const good = "four warm ducks glow";

describe("a password", () => {
  it("is kept as a salted Argon2id hash of OWASP's cost, and known again", async () => {
    const hash = await hashPassword(good);
    expect(hash).toMatch(passwordHashPattern);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPassword(good, hash)).toBe(true);
    expect(await isPassword(`${good} `, hash)).toBe(false);
    expect(await isPassword("", hash)).toBe(false);
    expect(await hashPassword(good)).not.toBe(hash);
  });

  it("is the same however a keyboard composes its letters", async () => {
    const composed = "vier Wörter glühen";
    expect(await isPassword(composed.normalize("NFD"), await hashPassword(composed))).toBe(true);
  });

  it("lets other work go on while it is hashed", async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    await hashPassword(good);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(0);
  });
});

describe("a weak password", () => {
  it.each([
    ["", /at least 10 characters/],
    ["short", /at least 10 characters/],
    ["🔥🔥🔥🔥🔥🔥🔥🔥🔥", /at least 10 characters/],
    ["x".repeat(257), /at most 256/],
    ["aaaaaaaaaaaa", /5 different/],
    ["abababababab", /5 different/],
    ["Password123!", /first that are tried/],
    ["hearthwork2026", /first that are tried/],
    ["1234567890", /first that are tried/],
    ["abcdefghijkl", /first that are tried/],
    ["QWERTYUIOP", /first that are tried/],
  ])("%j is refused", (password, why) => {
    expect(weaknessOf(password)).toMatch(why);
  });

  it.each([good, "correct horse battery", "Z4k!9xq-2Lw", "пароль из слов"])("%j is not", (password) => {
    expect(weaknessOf(password)).toBeUndefined();
  });
});
