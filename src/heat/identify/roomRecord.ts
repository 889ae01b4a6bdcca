import type { Seconds } from "../../domain/index.ts";

/** What was recorded of a room, in equal steps; NaN where nothing was. */
export interface RoomRecord {
  readonly step: Seconds;
  /** Measured, mean of the step, °C. */
  readonly airC: Float64Array;
  /** Heat that flowed in, mean of the step, W. */
  readonly heatW: Float64Array;
  readonly outdoorC: Float64Array;
  /** Of the sun on the horizontal, W/m²; undefined where nobody tells it. */
  readonly irradianceWm2?: Float64Array | undefined;
}
