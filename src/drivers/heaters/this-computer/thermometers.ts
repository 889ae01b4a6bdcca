import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Celsius } from "../../../domain/index.ts";

/** Gives the hottest of this computer's processor temperatures; undefined when none can be read. */
export type Thermometers = () => Promise<Celsius | undefined>;

const processorChips = new Set(["coretemp", "k10temp", "zenpower", "cpu_thermal", "soc_thermal"]);
const processorZones = /^(?:x86_pkg_temp|cpu|soc|package)/i;
/** Some processors add 10 to 27 K to this one, to hurry the fan (Linux `Documentation/hwmon/k10temp.rst`). */
const controlLabel = "Tctl";
const coldest = -40;
const hottest = 150;

/** The processor's own sensors under a `/sys`: hwmon's chips, else thermal zones. */
export async function findThermometers(sys: string): Promise<Thermometers> {
  const chips = await chipInputs(join(sys, "class", "hwmon"));
  const inputs = chips.length > 0 ? chips : await zoneInputs(join(sys, "class", "thermal"));
  return async () => {
    const values = (await Promise.all(inputs.map(readCelsius))).filter((value) => value !== undefined);
    return values.length > 0 ? Celsius(Math.max(...values)) : undefined;
  };
}

async function chipInputs(root: string): Promise<readonly string[]> {
  const inputs = await Promise.all(
    (await list(root)).map(async (name) => {
      const chip = join(root, name);
      return processorChips.has(await text(join(chip, "name"))) ? measuringInputs(chip) : [];
    }),
  );
  return inputs.flat();
}

/** A chip's inputs, without the control value where there are measured ones. */
async function measuringInputs(chip: string): Promise<readonly string[]> {
  const inputs = (await list(chip)).filter((name) => /^temp\d+_input$/.test(name));
  const labelled = await Promise.all(
    inputs.map(async (name) => ({
      file: join(chip, name),
      label: await text(join(chip, name.replace("_input", "_label"))),
    })),
  );
  const measuring = labelled.filter(({ label }) => label !== controlLabel);
  return (measuring.length > 0 ? measuring : labelled).map(({ file }) => file);
}

async function zoneInputs(root: string): Promise<readonly string[]> {
  const zones = (await list(root)).filter((name) => /^thermal_zone\d+$/.test(name));
  const types = await Promise.all(zones.map((name) => text(join(root, name, "type"))));
  return zones
    .filter((_, index) => processorZones.test(types[index] ?? ""))
    .map((name) => join(root, name, "temp"));
}

async function readCelsius(file: string): Promise<number | undefined> {
  const milli = await text(file);
  const value = /^-?\d{1,7}$/.test(milli) ? Number(milli) / 1000 : Number.NaN;
  return value > coldest && value < hottest ? value : undefined;
}

const list = (folder: string) => readdir(folder).catch((): string[] => []);
const text = async (file: string) => (await readFile(file, "utf8").catch(() => "")).trim();
