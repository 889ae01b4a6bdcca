import * as fc from "fast-check";
import { expect, it } from "vitest";
import { HearthworkError, Instant, simulatedClock } from "../../domain/index.ts";
import { mutatedJson } from "../contract/mutatedJson.suite.ts";
import { parseJsonPath } from "../jsonPath.ts";
import { awaitingHttp, plainMeterRow } from "../rows/plain.ts";
import { tasmotaMeterRow, tasmotaOverHttp } from "../rows/tasmota.ts";
import { openMeter } from "./meter.ts";
import { shellyMeterRow } from "./shelly.ts";

const numRuns = Number(process.env["HEARTHWORK_FUZZ"] ?? 5000);
const signal = new AbortController().signal;
const clock = simulatedClock(Instant(0));
const close = () => Promise.resolve();

const shelly = { id: 0, act_power: -412.3, total_act_energy: 5125.2, apower: 3, aenergy: { total: 7.5 } };
const tasmota = { StatusSNS: { ENERGY: { Total: 1290.4, Power: [47.11, 3] } } };

it.each([
  ["Shelly EM", mutatedJson(shelly), shellyMeterRow({ component: "em1", channel: 1 } as never)],
  ["Shelly PM", mutatedJson(shelly), shellyMeterRow({ component: "pm1", channel: 1 } as never)],
  [
    "meter that answers JSON",
    mutatedJson(shelly),
    plainMeterRow(
      {
        watts: { ask: { path: "/" }, at: parseJsonPath("act_power") },
        energy: { ask: { path: "/" }, at: parseJsonPath("aenergy.total") },
        energyUnit: "Wh",
      },
      awaitingHttp,
    ),
  ],
  ["Tasmota", mutatedJson(tasmota), tasmotaMeterRow(tasmotaOverHttp)],
])("whatever a %s answers is a power that could be, or a fault that passes", async (_, answers, row) => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(answers, async (answer) => {
      const meter = openMeter({ row, ask: () => Promise.resolve(answer), clock, close });
      try {
        const { watts, energy = 0 } = await meter.read(signal);
        expect(Math.abs(watts) <= 1_000_000 && Number.isFinite(energy)).toBe(true);
        read += 1;
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(HearthworkError);
        expect(thrown).toMatchObject({ retry: "later" });
      }
    }),
    { numRuns },
  );
  expect(read).toBeGreaterThan(0);
});
