import { describe, expect, it } from "vitest";
import { describeWith } from "../parts.ts";
import { runHere } from "../runHere.ts";

const study = (...args: string[]) => runHere(["study", "building", "data/bestest/900.yaml", ...args]);
const run = async (...args: string[]) =>
  JSON.parse((await study(...args, "--json")).stdout) as Record<string, number>;

describe("study building --climate", { timeout: 60_000 }, () => {
  it("needs no weather file, and gives the same year for the same seed", async () => {
    const first = await run("--climate", "berlin", "--model", "5r1c");
    expect(first["heatingMWh"]).toBeGreaterThan(1);
    expect(await run("--climate", "berlin", "--model", "5r1c")).toEqual(first);
    const second = await run("--climate", "berlin", "--model", "5r1c", "--seed", "2");
    expect(second["heatingMWh"]).not.toBe(first["heatingMWh"]);
  });

  it.each([
    [
      "a climate that is not there",
      ["--climate", "atlantis"],
      /no climate "atlantis"; there are athens, berlin/,
    ],
    ["no weather at all", [], /--weather FILE or by --climate NAME/],
    ["no number as a seed", ["--climate", "berlin", "--seed", "x"], /"x" is no seed/],
  ])("says what is there for %s", async (_what, args, words) => {
    const { code, stderr } = await study(...args);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(words);
  });
});

describeWith("shared-data", "a synthetic year beside the typical year of the same place", (shared) => {
  it.each([
    ["denver", "USA_CO_Denver.Intl.AP.725650_TMY3.epw"],
    ["chicago", "USA_IL_Chicago-OHare.Intl.AP.725300_TMY3.epw"],
  ])("asks as much heat in %s, within a quarter", async (climate, file) => {
    const typical = await run("--weather", `${shared}/data/weather/${file}`, "--model", "5r1c");
    const synthetic = await run("--climate", climate, "--model", "5r1c");
    expect((synthetic["heatingMWh"] ?? 0) / (typical["heatingMWh"] ?? 1)).toBeGreaterThan(0.75);
    expect((synthetic["heatingMWh"] ?? 0) / (typical["heatingMWh"] ?? 1)).toBeLessThan(1.25);
  });
});
