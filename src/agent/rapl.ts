import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Joules } from "../domain/index.ts";

/**
 * A counter of what this machine's processors drew since it was opened, J, by RAPL: the packages alone, since domains
 * nest. It leaves out power supplies, fans and graphics cards. Undefined where the kernel lets us read none (it asks for
 * root), as on most machines.
 */
export function openRapl(folder = "/sys/class/powercap"): (() => Joules) | undefined {
  try {
    const packages = readdirSync(folder)
      .filter((name) => /^intel-rapl:\d+$/.test(name))
      .map((name) => join(folder, name))
      .filter((path) => textOf(join(path, "name")).startsWith("package"));
    for (const path of packages) accessSync(join(path, "energy_uj"), constants.R_OK);
    if (packages.length === 0) return undefined;
    const counters = packages.map((path) => raplCounter(path));
    return () => Joules(counters.reduce((sum, count) => sum + count(), 0));
  } catch {
    return undefined;
  }
}

/** One domain's µJ as J since now; it begins anew at `max_energy_range_uj`. */
function raplCounter(path: string): () => number {
  const range = Number(textOf(join(path, "max_energy_range_uj")));
  let last = Number(textOf(join(path, "energy_uj")));
  let total = 0;
  return () => {
    const now = Number(textOf(join(path, "energy_uj")));
    total += now >= last ? now - last : now + range - last;
    last = now;
    return total / 1e6;
  };
}

const textOf = (path: string): string => readFileSync(path, "utf8").trim();
