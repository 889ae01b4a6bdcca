import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { HearthworkError } from "../../domain/index.ts";
import { siteConfigSchema } from "./siteConfig.ts";
import { parseYaml } from "./yamlFile.ts";

const example = readFileSync(new URL("../../../docs/guide/hearth.example.yaml", import.meta.url), "utf8");
const firstLine = example.split("\n").length + 2;
const plug = (host: number, ratedWatts = 2500) =>
  `plug: { driver: shelly-gen2, address: 192.168.1.${host}, ratedWatts: ${ratedWatts} }`;

/** The example's home with loads, one a line; its feeder carries 2000 W. */
const read = (...loads: string[]) =>
  parseYaml(
    `${example}\nloads:\n${loads.map((keys) => `  - { ${keys} }\n`).join("")}`,
    "hearth.yaml",
    siteConfigSchema,
  ).loads;
function wrong(...loads: string[]): string {
  try {
    read(...loads);
  } catch (thrown) {
    if (thrown instanceof HearthworkError) return thrown.message;
    throw thrown;
  }
  throw new Error("was accepted");
}
const boiler = (changes = "", host = 50) =>
  `id: boiler, watts: 1800, from: "10:00", to: "16:00", ${plug(host)}${changes && `, ${changes}`}`;

describe("the loads of hearth.yaml", () => {
  it("are none without the section, and have what is left out filled in", () => {
    expect(parseYaml(example, "hearth.yaml", siteConfigSchema).loads).toEqual([]);
    expect(read(boiler("kwh: 2"))[0]?.ours).toMatchObject({
      id: "boiler",
      watts: 1800,
      minOnMinutes: 600,
      days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    });
  });

  it.each([
    [boiler(), "loads[0].kwh", "give either kwh or minutes"],
    [boiler("kwh: 2, minutes: 60"), "loads[0].kwh", "give either kwh or minutes"],
    [boiler("kwh: 12"), "loads[0].kwh", "takes 400 min; from and to leave it 360 min"],
    [boiler("minutes: 361"), "loads[0].minutes", "takes 361 min; from and to leave it 360 min"],
    [
      `id: car, watts: 3600, kwh: 5, from: "22:00", to: "06:00", ${plug(50, 4000)}`,
      "loads[0].watts",
      "is more than the feeder's 2000 W: it could never run",
    ],
    [
      `id: car, watts: 1800, kwh: 5, from: "22:00", to: "06:00", ${plug(50, 1000)}`,
      "loads[0].plug.ratedWatts",
      "it draws up to 1800 W, and its plug is rated for 1000 W",
    ],
    [boiler("kwh: 2, worth: 0.5"), "loads[0].worth", "is weighed by a plan alone"],
    ['id: x, watts: 100, minutes: 5, from: "10:00", to: "16:00"', "loads[0].plug", ""],
    [boiler("minutes: 5").replace("id: boiler", "id: this-computer"), "loads[0].id", "is taken already"],
  ])("are refused with file, line and key: %s", (load, key, message) => {
    const said = wrong(load);
    expect(said).toContain(`hearth.yaml:${firstLine}`);
    expect(said).toContain(key);
    expect(said).toContain(message);
  });

  it("have each a plug of their own", () => {
    const pump = `id: pump, watts: 300, minutes: 60, from: "10:00", to: "16:00", ${plug(50)}`;
    expect(wrong(boiler("kwh: 2"), pump)).toContain('is the plug of "boiler" already');
    expect(read(boiler("kwh: 2"), pump.replace("1.50", "1.51"))).toHaveLength(2);
  });
});
