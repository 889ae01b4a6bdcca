import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRapl } from "./rapl.ts";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "hearthwork-rapl-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A domain as the kernel's powercap shows it. */
function domain(id: string, name: string, microjoules: number): void {
  mkdirSync(join(folder, id), { recursive: true });
  writeFileSync(join(folder, id, "name"), `${name}\n`);
  writeFileSync(join(folder, id, "max_energy_range_uj"), "262143328850\n");
  writeFileSync(join(folder, id, "energy_uj"), `${microjoules}\n`);
}

describe("RAPL", () => {
  it("counts what the packages drew, and neither the cores in them nor the platform around them", () => {
    domain("intel-rapl:0", "package-0", 1_000_000);
    domain("intel-rapl:0:0", "core", 500_000);
    domain("intel-rapl:1", "package-1", 0);
    domain("intel-rapl:2", "psys", 0);
    const count = openRapl(folder);
    expect(count?.()).toBe(0);
    domain("intel-rapl:0", "package-0", 3_500_000);
    domain("intel-rapl:0:0", "core", 2_500_000);
    domain("intel-rapl:1", "package-1", 500_000);
    domain("intel-rapl:2", "psys", 9_000_000);
    expect(count?.()).toBe(3);
  });

  it("goes on where a counter begins anew", () => {
    domain("intel-rapl:0", "package-0", 262_143_000_000);
    const count = openRapl(folder);
    domain("intel-rapl:0", "package-0", 671_150);
    expect(count?.()).toBeCloseTo(1, 9);
  });

  it("is not there where the machine has none, or lets us read none", () => {
    expect(openRapl(folder)).toBeUndefined();
    expect(openRapl(join(folder, "nowhere"))).toBeUndefined();
    domain("intel-rapl:0", "package-0", 0);
    rmSync(join(folder, "intel-rapl:0", "energy_uj"));
    expect(openRapl(folder)).toBeUndefined();
  });
});
