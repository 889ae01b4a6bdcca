import * as fc from "fast-check";
import { expect, it } from "vitest";
import { Instant, Seconds, Watts } from "../../../domain/index.ts";
import type { HeaterTraits } from "../../../heat/index.ts";
import { mutatedJson } from "../../contract/mutatedJson.suite.ts";
import { readingFindings } from "../../contract/readingFindings.suite.ts";
import { type PowerRange, readMiner } from "./readMiner.ts";
import {
  configurationSchema,
  constraintsSchema,
  detailsSchema,
  errorsSchema,
  hashboardsSchema,
  poolsSchema,
  statsSchema,
  tunerSchema,
} from "./replies.ts";

const runs = Number(process.env["HEARTHWORK_FUZZ"] ?? 5000);
const range: PowerRange = { kind: "range", min: Watts(800), max: Watts(3000), step: Watts(50) };
const traits: HeaterTraits = {
  steps: { mining: range },
  idleWatts: Watts(50),
  maxWatts: Watts(100_000),
  powerReturnWatts: Watts(3000),
  canStop: true,
  stopSurvivesRestart: false,
  settle: Seconds(600),
  change: "live",
  provenance: "reported",
  safeState: { description: "paused", guard: { by: "nobody" } },
};
const rate = { gigahash_per_second: 119_995.1 };
const degrees = { degree_c: 71.5 };
const well = {
  details: { status: 2, bosminer_uptime_s: 20_359 },
  stats: {
    miner_stats: { real_hashrate: { last_15s: rate, last_1m: rate, last_5m: rate } },
    pool_stats: { accepted_shares: 5048, rejected_shares: 10, stale_shares: 0 },
    power_stats: { approximated_consumption: { watt: 2472 } },
  },
  tuner: {
    overall_tuner_state: 2,
    mode_state: {
      powertargetmodestate: { current_target: { watt: 2431 }, profile: { target: { watt: 3031 } } },
    },
  },
  boards: {
    hashboards: [
      { id: "1", enabled: true, board_temp: degrees, highest_chip_temp: { temperature: degrees } },
      { id: 2, enabled: false, highest_outlet_temp: degrees },
    ],
  },
  configuration: { tuner: { enabled: true, tuner_mode: 1, power_target: { watt: 3031 } } },
  constraints: { tuner_constraints: { power_target: { min: { watt: 945 }, max: { watt: 3500 } } } },
  errors: { errors: [{ timestamp: "2026-04-17T17:20:00Z", message: "Failed to resolve\u001b[31m" }] },
  pools: [{ pools: [{ enabled: true, alive: false }] }],
};

/** What the driver makes of the replies; undefined where one of them is refused as garbage. */
function readingOf(replies: typeof well) {
  const details = detailsSchema.safeParse(replies.details).data;
  const stats = statsSchema.safeParse(replies.stats).data;
  const tuner = tunerSchema.safeParse(replies.tuner).data;
  const boards = hashboardsSchema.safeParse(replies.boards).data;
  const configuration = configurationSchema.safeParse(replies.configuration).data;
  const limits = constraintsSchema.safeParse(replies.constraints).data?.tuner_constraints?.power_target;
  if (!details || !stats || !tuner || !boards || !configuration) return undefined;
  return readMiner(
    {
      status: details.status ?? undefined,
      stats,
      tuner,
      boards: boards.hashboards,
      configured: configuration.tuner?.power_target?.watt,
      constraints: { min: limits?.min?.watt, max: limits?.max?.watt },
      errors: errorsSchema.safeParse(replies.errors).data?.errors ?? [],
      pools: poolsSchema.safeParse(replies.pools).data ?? [],
    },
    {
      at: Instant(Date.UTC(2026, 3, 17, 17, 22)),
      idleWatts: Watts(50),
      range,
      hadTimeToStart: true,
      scaledDownTo: tuner.mode_state?.current_target?.watt,
      unattendedWatts: 2000,
    },
  );
}

it("whatever a miner answers becomes a sane reading, or garbage", { timeout: 0 }, () => {
  let read = 0;
  fc.assert(
    fc.property(mutatedJson(well), (replies) => {
      const reading = readingOf({ ...well, ...(replies as Partial<typeof well> | null) });
      if (!reading) return;
      read += 1;
      expect(readingFindings(reading, traits)).toEqual([]);
      expect(reading.faults.join()).not.toMatch(/\p{Cc}/u);
      expect(reading.faults.join().length).toBeLessThan(2500);
    }),
    { numRuns: runs },
  );
  expect(read).toBeGreaterThan(runs / 4);
});
