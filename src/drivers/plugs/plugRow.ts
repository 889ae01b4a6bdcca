import type { Seconds } from "../../domain/index.ts";
import type { JsonPath } from "../jsonPath.ts";
import type { MeterRow, Place } from "../rows/look.ts";

/** One kind of plug as data: what it is asked and told, and where in its answers lies what. */
export interface PlugRow<Question> extends MeterRow<Question> {
  readonly on: Place;
  /** Its off-timer, s; `pulse` is Tasmota's: tenths of a second up to 111, seconds and a hundred from 112. */
  readonly timer?: (Place & { readonly unit: "seconds" | "pulse" }) | undefined;
  /** Told in this order: on, and off by itself in so long. */
  readonly arm: (seconds: Seconds) => readonly Question[];
  readonly cut: readonly Question[];
  /** What has to be set so that it stays off when the mains return, and is off soon when a hand switches it on. */
  readonly settings: {
    readonly ask: Question;
    readonly safe: readonly { readonly paths: readonly JsonPath[]; readonly is: Setting }[];
    readonly set: readonly Question[];
  };
}

export type Setting = string | number | boolean;
