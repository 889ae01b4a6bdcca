import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { CgminerReply } from "../../cgminer/cgminerReply.ts";
import { avalonModels } from "./models.ts";
import { readAvalon } from "./readAvalon.ts";
import { wattsOf } from "./watts.ts";

const numRuns = Number(process.env["HEARTHWORK_FUZZ"] ?? 5000);
const none: CgminerReply = { status: undefined, sections: {} };
const keys = [
  "Ver SYSTEMSTATU Elapsed ITemp OTemp TMax TAvg MTmax PS GHSspd SoftOFF ATA0 WORKMODE WORKLEVEL MPO PVT_T0 WALLPOWER",
  "FanErr",
].flatMap((line) => line.split(" "));
const value = fc.oneof(
  fc.constantFrom(
    "-273",
    "nan",
    "inf",
    "",
    "Work: In Idle",
    "0 0 0 3 2780 92 314",
    "Q-1",
    "1e999",
    "-5%",
    "8 8 8 8 8 8 1e9",
  ),
  fc.double().map(String),
  fc.string({ maxLength: 12 }),
);
const pairs = fc
  .array(fc.tuple(fc.constantFrom(...keys), value), { maxLength: 20 })
  .map((list) => list.map(([key, text]) => `${key}[${text}]`).join(" "));

it("whatever an Avalon says is read into what can be", () => {
  fc.assert(
    fc.property(pairs, fc.constantFrom(...Object.values(avalonModels)), (said, model) => {
      const stats: CgminerReply = { status: undefined, sections: { STATS: [{ "MM ID0": said }] } };
      const state = readAvalon({ version: none, summary: none, coin: none, stats });
      if (!state) return;
      const { temperature = 20, hashrate } = state;
      expect(temperature > -60 && temperature < 200).toBe(true);
      expect(Number.isFinite(hashrate) && hashrate >= 0).toBe(true);
      const { watts } = wattsOf(state, model, model.modes);
      const most = Math.max(...model.modes.map((mode) => mode.watts));
      expect(watts >= 0 && watts <= most * 1.5).toBe(true);
    }),
    { numRuns },
  );
});
