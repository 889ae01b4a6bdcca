import { z } from "zod";

/**
 * What the REST API of Braiins OS answers (its schemas follow the messages of braiins/bos-plus-api), as far as the
 * driver needs it. Releases differ in what they leave out: whatever a reading can do without may be missing.
 */

const finite = z.number().refine(Number.isFinite);
const maybe = <T>(schema: z.ZodType<T>) => schema.nullish().catch(undefined);
const power = z.object({ watt: finite.min(0).max(100_000) });
const gigahashes = z.object({ gigahash_per_second: finite.min(0).max(1e9) });
/** What is absurd comes from a broken sensor. */
const temperature = z.object({ degree_c: finite.min(-50).max(180) });
const sensor = z.object({ temperature: maybe(temperature) });
const count = z.int().min(0);

/** From 1: not started, normal, paused, suspended, restricted. */
export const minerStatus = { notStarted: 1, normal: 2, paused: 3, suspended: 4, restricted: 5 } as const;
/** From 1: disabled, stable, tuning, error, continuous, preheat. */
export const tunerStates = {
  1: "off",
  2: "stable",
  3: "tuning",
  4: "failed",
  5: "tuning continuously",
  6: "preheating",
} as const;

export const detailsSchema = z.object({ status: maybe(z.int()) });

export const statsSchema = z.object({
  miner_stats: maybe(
    z.object({
      real_hashrate: maybe(
        z.object({
          last_1m: maybe(gigahashes),
          last_5m: maybe(gigahashes),
          last_15s: maybe(gigahashes),
        }),
      ),
    }),
  ),
  pool_stats: maybe(
    z.object({ accepted_shares: count, rejected_shares: count, stale_shares: count.nullish() }),
  ),
  power_stats: maybe(z.object({ approximated_consumption: maybe(power) })),
});
export type MinerStats = z.output<typeof statsSchema>;

const powerTargetState = z.object({
  current_target: maybe(power),
  profile: maybe(z.object({ target: maybe(power) })),
});

/** Releases spell the key of the mode differently: with underscores, in camel case, in small letters. */
export const tunerSchema = z.object({
  overall_tuner_state: maybe(z.int()),
  mode_state: maybe(
    z
      .record(z.string().max(64), z.unknown())
      .transform((modes) =>
        Object.entries(modes).find(
          ([key]) => key.toLowerCase().replaceAll("_", "") === "powertargetmodestate",
        ),
      )
      .transform((found) => (found ? powerTargetState.safeParse(found[1]).data : undefined)),
  ),
});
export type TunerState = z.output<typeof tunerSchema>;

export const hashboardsSchema = z.object({
  hashboards: z
    .array(
      z.object({
        id: maybe(z.union([z.string().max(32), z.int()])),
        enabled: maybe(z.boolean()),
        board_temp: maybe(temperature),
        highest_chip_temp: maybe(sensor),
        highest_outlet_temp: maybe(temperature),
      }),
    )
    .max(32),
});
export type Hashboards = z.output<typeof hashboardsSchema>["hashboards"];

export const configurationSchema = z.object({
  tuner: maybe(
    z.object({
      enabled: maybe(z.boolean()),
      /** 1 a power target, 2 a hash rate target. */
      tuner_mode: maybe(z.int()),
      power_target: maybe(power),
    }),
  ),
});

export const constraintsSchema = z.object({
  tuner_constraints: maybe(
    z.object({ power_target: maybe(z.object({ min: maybe(power), max: maybe(power) })) }),
  ),
});

export const errorsSchema = z.object({
  errors: z.array(
    z.object({ timestamp: z.string().max(64), message: z.string().transform((text) => text.slice(0, 200)) }),
  ),
});
export type MinerErrors = z.output<typeof errorsSchema>["errors"];

export const poolsSchema = z.array(
  z.object({ pools: z.array(z.object({ enabled: maybe(z.boolean()), alive: maybe(z.boolean()) })).max(64) }),
);
export type PoolGroups = z.output<typeof poolsSchema>;
