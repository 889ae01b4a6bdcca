import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../runHere.ts";
import { endOfHearthwork } from "./hearthProcess.ts";
import { idleSiteYaml } from "./idleSiteYaml.ts";

const folder = mkdtempSync(join(tmpdir(), "hearthwork-codes-"));
const address = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
const pool = ["pool", "--node", "http://127.0.0.1:9", "--address", address];
const oneMinute = { timeout: 60_000 };

beforeAll(() => {
  writeFileSync(join(folder, "hearth.yaml"), idleSiteYaml);
  writeFileSync(join(folder, "wrong.yaml"), idleSiteYaml.replace("maxWatts: 1000", "maxWatts: much"));
  const unsafe = idleSiteYaml.replace(
    /driver: this-computer[^]*/,
    "driver: axeos\n    address: a.b\n    sink: room\n",
  );
  writeFileSync(join(folder, "unsafe.yaml"), unsafe);
  mkdirSync(join(folder, "a-folder"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const outcomeOf = (...args: string[]) => runHere(args, folder);

describe("a command's exit code", () => {
  it.each<[number, string, string[]]>([
    [0, "help", ["--help"]],
    [0, "help with a command", ["hearth", "--help"]],
    [0, "its version", ["--version"]],
    [0, "a right configuration", ["hearth", "--check"]],
    [2, "no command", []],
    [2, "no such command", ["heat"]],
    [2, "no such option", ["hearth", "--warm"]],
    [2, "a port that is none", ["demo", "--port", "high"]],
    [2, "an option that is missing", ["mine", "--user", "me"]],
    [2, "a pool's address that is none", ["mine", "--pool", "http://x", "--user", "me"]],
    [2, "a user without a password", [...pool, "--rpc-user", "me"]],
    [1, "a configuration that is not there", ["hearth", "--check", "--config", "none.yaml"]],
    [1, "a wrong configuration", ["hearth", "--check", "--config", "wrong.yaml"]],
    [1, "data in a file", ["hearth", "--data", "hearth.yaml"]],
    [1, "data below a file", ["status", "--data", "hearth.yaml/data"]],
    [1, "a cookie that is not there", [...pool, "--rpc-cookie", "none"]],
  ])("is %i for %s", oneMinute, async (code, _what, args) => {
    const outcome = await outcomeOf(...args);
    expect(outcome.code).toBe(code);
    if (code === 0) expect(outcome.stderr).toBe("");
    else expect(outcome).toMatchObject({ stdout: "", stderr: expect.stringMatching(/\S/) });
    if (code === 2 && args.length > 0) {
      expect(outcome.stderr).toMatch(/^hearthwork: .* \(see hearthwork.* --help\)\n$/);
    }
  });
});

describe("a command of a process of its own", () => {
  it.each<[number, string[]]>([
    [0, ["hearth", "--check"]],
    [2, ["heat"]],
    [1, ["hearth", "--config", "unsafe.yaml"]],
  ])("ends with %i, as it does here", oneMinute, async (code, args) => {
    const there = await endOfHearthwork(args, folder);
    expect(there.code).toBe(code);
    expect(await outcomeOf(...args)).toEqual(there);
  });
});

describe("hearth --check --json", () => {
  const check = async (config: string) => {
    const { code, stdout } = await outcomeOf("hearth", "--check", "--json", "--config", config);
    return { code, verdict: JSON.parse(stdout) as unknown };
  };

  it("names what a right file has", oneMinute, async () => {
    expect(await check("hearth.yaml")).toEqual({
      code: 0,
      verdict: { ok: true, file: "hearth.yaml", sinks: ["room"], heaters: ["heater"], unchecked: [] },
    });
  });

  it("lists what is wrong, with line and key", oneMinute, async () => {
    const problem = { line: 5, key: "site.feeder.maxWatts", message: expect.stringContaining("number") };
    expect(await check("wrong.yaml")).toEqual({
      code: 1,
      verdict: { ok: false, file: "wrong.yaml", problems: [problem] },
    });
  });

  it("says what is not safe as the start would", oneMinute, async () => {
    const message = expect.stringMatching(
      /^heater \(axeos\) must not run so: nothing brings it to a safe state/,
    );
    expect(await check("unsafe.yaml")).toEqual({
      code: 1,
      verdict: {
        ok: false,
        file: "unsafe.yaml",
        problems: [{ line: 13, key: "heaters[0].plug", message, unsafe: true }],
      },
    });
    const { code, stderr } = await outcomeOf("hearth", "--config", "unsafe.yaml");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^hearthwork: unsafe\.yaml:13: heaters\[0\]\.plug: heater \(axeos\) must not run/);
  });

  it.each([
    ["none.yaml", /^there is no none\.yaml; .*--config FILE$/],
    ["a-folder", /^a-folder is a directory; .*--config FILE$/],
  ])("says why %s cannot be read", oneMinute, async (file, words) => {
    const problem = { line: 1, key: "", message: expect.stringMatching(words) };
    expect(await check(file)).toEqual({ code: 1, verdict: { ok: false, file, problems: [problem] } });
  });
});
