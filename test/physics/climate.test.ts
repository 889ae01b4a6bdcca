import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { describeWith } from "../parts.ts";

const study = (...args: string[]) => [
  "bin/hearthwork.js",
  "study",
  "building",
  "data/bestest/900.yaml",
  ...args,
];
const run = (...args: string[]) =>
  JSON.parse(execFileSync(process.execPath, study(...args, "--json"), { encoding: "utf8" })) as Record<
    string,
    number
  >;

describe("study building --climate", () => {
  it("needs no weather file, and gives the same year for the same seed", () => {
    const first = run("--climate", "berlin", "--model", "5r1c");
    expect(first["heatingMWh"]).toBeGreaterThan(1);
    expect(run("--climate", "berlin", "--model", "5r1c")).toEqual(first);
    expect(run("--climate", "berlin", "--model", "5r1c", "--seed", "2")["heatingMWh"]).not.toBe(
      first["heatingMWh"],
    );
  });

  it.each([
    [
      "a climate that is not there",
      ["--climate", "atlantis"],
      /no climate "atlantis"; there are athens, berlin/,
    ],
    ["no weather at all", [], /--weather FILE or by --climate NAME/],
    ["no number as a seed", ["--climate", "berlin", "--seed", "x"], /"x" is no seed/],
  ])("says what is there for %s", (_what, args, words) => {
    const { status, stderr } = spawnSync(process.execPath, study(...args), { encoding: "utf8" });
    expect(status).not.toBe(0);
    expect(stderr).toMatch(words);
  });
});

describeWith("shared-data", "a synthetic year beside the typical year of the same place", (shared) => {
  it.each([
    ["denver", "USA_CO_Denver.Intl.AP.725650_TMY3.epw"],
    ["chicago", "USA_IL_Chicago-OHare.Intl.AP.725300_TMY3.epw"],
  ])("asks as much heat in %s, within a quarter", (climate, file) => {
    const typical = run("--weather", `${shared}/data/weather/${file}`, "--model", "5r1c");
    const synthetic = run("--climate", climate, "--model", "5r1c");
    expect((synthetic["heatingMWh"] ?? 0) / (typical["heatingMWh"] ?? 1)).toBeGreaterThan(0.75);
    expect((synthetic["heatingMWh"] ?? 0) / (typical["heatingMWh"] ?? 1)).toBeLessThan(1.25);
  });
});
