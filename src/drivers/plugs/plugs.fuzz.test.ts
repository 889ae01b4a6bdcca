import * as fc from "fast-check";
import { expect, it } from "vitest";
import { HearthworkError, Instant, simulatedClock } from "../../domain/index.ts";
import { mutatedJson } from "../contract/mutatedJson.suite.ts";
import { openPlug } from "./openPlug.ts";
import { shellyRow } from "./shellyGen2.ts";
import { tasmotaRow } from "./tasmota.ts";

const numRuns = Number(process.env["HEARTHWORK_FUZZ"] ?? 5000);
const signal = new AbortController().signal;
const clock = simulatedClock(Instant(0));
const close = () => Promise.resolve();

const shelly = {
  id: 0,
  output: true,
  apower: 47.1,
  aenergy: { total: 5.125 },
  timer_duration: 120,
  initial_state: "off",
  auto_off: true,
};
const tasmota = {
  POWER: "ON",
  PulseTime1: { Set: 280, Remaining: 270 },
  PowerOnState: 0,
  StatusSNS: { ENERGY: { Total: 1290.4, Power: [47.11, 3] } },
};

it.each([
  ["Shelly", mutatedJson(shelly), shellyRow(1)],
  ["Tasmota", mutatedJson(tasmota), tasmotaRow((command) => ({ path: command }), 1)],
])("whatever a %s answers is read into what can be, or is a fault", async (_, answers, row) => {
  await fc.assert(
    fc.asyncProperty(answers, async (answer) => {
      const plug = openPlug({ row, ask: () => Promise.resolve(answer), clock, close });
      try {
        const { on, watts, energy = 0, timer = 0 } = await plug.read(signal);
        expect(typeof on).toBe("boolean");
        expect(watts >= 0 && watts <= 20_000 && Number.isFinite(energy) && timer >= 0).toBe(true);
        expect(["safe", "made safe", "unsafe"]).toContain((await plug.secure(signal)).kind);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(HearthworkError);
        expect(thrown).toMatchObject({ retry: "later" });
      }
    }),
    { numRuns },
  );
});
