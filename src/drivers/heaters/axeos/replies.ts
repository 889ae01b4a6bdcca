import { z } from "zod";

/**
 * What AxeOS answers (bitaxeorg/ESP-Miner, main/http_server/openapi.yaml), as far as the driver needs it. Releases add
 * keys and change flags from 0 and 1 to booleans: whatever a reading can do without may be missing.
 */

const finite = z.number().refine(Number.isFinite);
const maybe = <T>(schema: z.ZodType<T>) => schema.nullish().catch(undefined);
const flag = z.union([z.boolean(), z.number().transform((value) => value !== 0)]);
const count = z.int().min(0);
/** °C; what is absurd comes from a broken sensor. */
const celsius = z.number().min(-50).max(180);
const words = z.string().transform((text) =>
  text
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, 120),
);

export const infoSchema = z.object({
  /** W, measured on the board. */
  power: finite.min(0).max(2000),
  frequency: finite.min(0).max(5000),
  coreVoltage: finite.min(0).max(5000),
  /** GH/s. */
  hashRate: maybe(finite.min(0).max(1e9)),
  hashRate_1m: maybe(finite.min(0).max(1e9)),
  temp: maybe(celsius),
  temp2: maybe(celsius),
  vrTemp: maybe(celsius),
  autofanspeed: maybe(flag),
  fanspeed: maybe(finite),
  overheat_mode: maybe(flag),
  /** From 2.14, which can pause. */
  miningPaused: maybe(flag),
  power_fault: maybe(words),
  hardware_fault: maybe(words),
  uptimeSeconds: maybe(finite.min(0)),
  sharesAccepted: maybe(count),
  sharesRejected: maybe(count),
  networkDifficulty: maybe(finite.positive()),
});
export type AxeosInfo = z.output<typeof infoSchema>;

const options = maybe(z.array(finite.positive()).min(1).max(64));
export const asicSchema = z.object({ frequencyOptions: options, voltageOptions: options });
