import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Joules } from "../../../domain/index.ts";

/** One processor package's energy counter (RAPL, Linux `Documentation/power/powercap/powercap.rst`). */
interface Counter {
  readonly file: string;
  /** It starts again at 0 above this, J. */
  readonly range: number;
}

/** The energy that this computer's processors have used. */
export interface EnergyCounters {
  /** J since each counter's own zero, in a fixed order; undefined when they cannot be read now. */
  read(): Promise<readonly Joules[] | undefined>;
  /** J from one reading to the next, over at most one wrap of each counter. */
  between(earlier: readonly Joules[], later: readonly Joules[]): Joules;
}

const microjoules = 1e-6;

/**
 * The counters under a `/sys`; undefined where there are none or only root may read them. Domains nest, so
 * whole packages are counted and nothing inside (core, dram) or around them (psys); the memory-mapped twin
 * `intel-rapl-mmio` counts the same packages again.
 */
export async function findEnergyCounters(sys: string): Promise<EnergyCounters | undefined> {
  const root = join(sys, "class", "powercap");
  const names = await readdir(root).catch((): string[] => []);
  const folders = names.filter((name) => /^intel-rapl:\d+$/.test(name)).sort();
  const found = await Promise.all(folders.map((name) => packageCounter(join(root, name))));
  const counters = found.filter((counter) => counter !== undefined);
  if (counters.length === 0) return undefined;

  const read = async () => {
    const values = await Promise.all(counters.map(({ file }) => readNumber(file)));
    return values.every((value) => value !== undefined)
      ? values.map((value) => Joules(value * microjoules))
      : undefined;
  };
  if ((await read()) === undefined) return undefined;
  return {
    read,
    between: (earlier, later) =>
      Joules(
        counters.reduce((sum, { range }, index) => {
          const difference = (later[index] ?? 0) - (earlier[index] ?? 0);
          return sum + (difference < 0 ? difference + range : difference);
        }, 0),
      ),
  };
}

async function packageCounter(folder: string): Promise<Counter | undefined> {
  const name = await readFile(join(folder, "name"), "utf8").catch(() => "");
  if (!/^package-\d+/.test(name)) return undefined;
  const range = await readNumber(join(folder, "max_energy_range_uj"));
  return range === undefined ? undefined : { file: join(folder, "energy_uj"), range: range * microjoules };
}

async function readNumber(file: string): Promise<number | undefined> {
  const text = (await readFile(file, "utf8").catch(() => "")).trim();
  return /^\d{1,19}$/.test(text) ? Number(text) : undefined;
}
