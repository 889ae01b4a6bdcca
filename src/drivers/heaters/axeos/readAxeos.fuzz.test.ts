import * as fc from "fast-check";
import { expect, it } from "vitest";
import { Instant, Seconds, Watts } from "../../../domain/index.ts";
import type { HeaterTraits } from "../../../heat/index.ts";
import { mutatedJson } from "../../contract/mutatedJson.suite.ts";
import { readingFindings } from "../../contract/readingFindings.suite.ts";
import { typicalLevels } from "./models.ts";
import { afterLook, maySet, neverTripped, type Overheating } from "./overheating.ts";
import { readAxeos } from "./readAxeos.ts";
import { infoSchema } from "./replies.ts";

const runs = Number(process.env["HEARTHWORK_FUZZ"] ?? 5000);
const levels = typicalLevels("gamma");
const traits: HeaterTraits = {
  steps: { mining: { kind: "levels", watts: levels.map(({ watts }) => Watts(watts)) } },
  idleWatts: Watts(5),
  maxWatts: Watts(2000),
  powerReturnWatts: Watts(22),
  canStop: true,
  stopSurvivesRestart: false,
  settle: Seconds(60),
  change: "live",
  provenance: "reported",
  safeState: { description: "paused", guard: { by: "nobody" } },
};
const well = {
  power: 21.4,
  frequency: 525,
  coreVoltage: 1150,
  hashRate: 1071.2,
  hashRate_1m: 1065,
  temp: 61.5,
  temp2: -1,
  vrTemp: 70,
  autofanspeed: 1,
  fanspeed: 45,
  overheat_mode: 0,
  miningPaused: false,
  power_fault: "VIN\u001b[31m",
  hardware_fault: "",
  uptimeSeconds: 4000,
  sharesAccepted: 12,
  sharesRejected: 1,
  networkDifficulty: 1.3e14,
};

it("whatever a device answers, however often, becomes a sane reading, or garbage", { timeout: 0 }, () => {
  let read = 0;
  fc.assert(
    fc.property(fc.array(mutatedJson(well), { minLength: 1, maxLength: 4 }), (answers) => {
      let overheating: Overheating = neverTripped;
      for (const [turn, answer] of answers.entries()) {
        const info = infoSchema.safeParse(answer).data;
        if (!info) continue;
        read += 1;
        const now = turn * 5;
        overheating = afterLook(overheating, info, levels.at(-1), now);
        const reading = readAxeos(info, {
          at: Instant(0),
          levels,
          idleWatts: 5,
          canPause: true,
          limits: {},
          overheating,
          hadTimeToStart: true,
        });
        expect(readingFindings(reading, traits)).toEqual([]);
        expect(reading.faults.join()).not.toMatch(/\p{Cc}/u);
        expect(reading.faults.join().length).toBeLessThan(800);
        if (overheating.isCooling) expect(maySet(overheating, 14.8, now).may).toBe("later");
      }
    }),
    { numRuns: runs },
  );
  expect(read).toBeGreaterThan(runs);
});
