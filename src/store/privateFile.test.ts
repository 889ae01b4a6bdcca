import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { privateFile } from "./privateFile.ts";

const root = mkdtempSync(join(tmpdir(), "hearthwork-private-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;
let path = "";
beforeEach(() => {
  const folder = join(root, String(count++));
  mkdirSync(folder);
  path = join(folder, "secrets.json");
});

const schema = z.strictObject({ word: z.string().max(300_000) });
const file = () => privateFile(path, schema);
const write = (text: string, mode = 0o600) => {
  writeFileSync(path, text);
  chmodSync(path, mode);
};

describe("a private file", () => {
  it("gives back what was written, to its owner alone", () => {
    const before = process.umask(0);
    try {
      file().write({ word: "one" });
      file().write({ word: "two" });
    } finally {
      process.umask(before);
    }
    expect(file().read()).toEqual({ word: "two" });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(path, ".."))).toEqual(["secrets.json"]);
  });

  it("is nothing where there is none", () => {
    expect(file().read()).toBeUndefined();
    file().write({ word: "one" });
    file().remove();
    file().remove();
    expect(file().read()).toBeUndefined();
  });

  it.each([0o640, 0o604, 0o660, 0o666, 0o601])("is refused with mode %o, which lets in others", (mode) => {
    write('{"word":"hunter2"}', mode);
    expect(() => file().read()).toThrow(/others can read it.*chmod 600/);
    expect(() => file().read()).not.toThrow(/hunter2/);
  });

  it.each([
    ["cut off", '{"word":"hunt'],
    ["of another kind", '{"word":7,"hunter2":1}'],
    ["empty", ""],
    ["too long", `{"word":"hunter2${"x".repeat(270_000)}"}`],
  ])("is refused when it is %s, without telling what is in it", (_case, text) => {
    write(text);
    const thrown = (() => {
      try {
        return file().read();
      } catch (error) {
        return error as Error;
      }
    })();
    expect(thrown).toMatchObject({ code: "store/bad-file", message: expect.stringContaining(path) });
    expect(JSON.stringify([thrown, (thrown as Error).message, (thrown as Error).cause])).not.toMatch(/hunt/);
  });

  it("is not read through a link, and no folder is taken for it", () => {
    const elsewhere = `${path}.elsewhere`;
    writeFileSync(elsewhere, '{"word":"x"}', { mode: 0o600 });
    symlinkSync(elsewhere, path);
    expect(() => file().read()).toThrow(/cannot be used/);
    rmSync(path);
    mkdirSync(path, { mode: 0o700 });
    expect(() => file().read()).toThrow(/it is no file/);
  });

  it("replaces what a crash left half written, and stays as it is when the new one is too long", () => {
    file().write({ word: "kept" });
    writeFileSync(`${path}.new`, "{");
    expect(() => file().write({ word: "x".repeat(300_000) })).toThrow(/nothing was changed/);
    expect(file().read()).toEqual({ word: "kept" });
    file().write({ word: "next" });
    expect(file().read()).toEqual({ word: "next" });
    expect(readdirSync(join(path, ".."))).toEqual(["secrets.json"]);
  });
});
