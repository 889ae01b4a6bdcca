import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { seededRandom } from "../../domain/index.ts";
import { lossWattsPerKelvin, type RoomModel, roomModel } from "../room.ts";
import { climateSchema } from "../weather/climate.ts";
import { identifyRoom } from "./identifyRoom.ts";
import { sampleRecord } from "./sampleRoom.suite.ts";

const climate = climateSchema.parse(
  parse(readFileSync(new URL("../../../data/climates/berlin.yaml", import.meta.url), "utf8")),
);
const configured = roomModel({ areaM2: 25, insulation: "average" });
const parameters = [
  "airJoulesPerKelvin",
  "fabricJoulesPerKelvin",
  "airToOutsideWattsPerKelvin",
  "fabricToOutsideWattsPerKelvin",
  "airToFabricWattsPerKelvin",
] as const;
const rooms = 40;

it(
  "has the truth within its intervals as often as it says, in rooms of every kind",
  { timeout: 600_000 },
  () => {
    const inside = new Map<string, number>();
    let found = 0;
    for (let seed = 1; seed <= rooms; seed++) {
      const random = seededRandom(seed * 77);
      const differing = parameters.map((name) => [name, configured[name] * Math.exp(0.35 * random.normal())]);
      const truth: RoomModel = { ...configured, ...Object.fromEntries(differing) };
      const identified = identifyRoom(sampleRecord({ model: truth, climate, days: 14, seed }), configured);
      if (identified.outcome === "found") found += 1;
      const trueValues = { ...truth, lossWattsPerKelvin: lossWattsPerKelvin(truth) };
      for (const name of [...parameters, "lossWattsPerKelvin"] as const) {
        const figure = identified.figures?.[name];
        const isInside =
          figure !== undefined && trueValues[name] > figure.low && trueValues[name] < figure.high;
        inside.set(name, (inside.get(name) ?? 0) + Number(isInside));
      }
    }
    for (const [name, count] of inside)
      expect([name, count / rooms]).toEqual([name, expect.toSatisfy((share) => share >= 0.85)]);
    expect((inside.get("lossWattsPerKelvin") ?? 0) / rooms).toBeGreaterThanOrEqual(0.95);
    expect(found / rooms).toBeGreaterThanOrEqual(0.6);
  },
);
