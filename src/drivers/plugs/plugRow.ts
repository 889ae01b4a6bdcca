import type { Seconds } from "../../domain/index.ts";
import type { JsonPath } from "../jsonPath.ts";

/** Asks a device, or tells it something, and gives its answer as plain JSON; undefined where it has none to give. */
export type AskDevice<Question> = (question: Question, signal: AbortSignal) => Promise<unknown>;

/** Where a value lies. */
export interface Place {
  /** In the answer to which of the questions of `look`. */
  readonly in: string;
  /** The first that leads to something counts: firmware differs in its names. */
  readonly paths: readonly JsonPath[];
}

/** One kind of plug as data: what it is asked and told, and where in its answers lies what. */
export interface PlugRow<Question> {
  /** What is asked at every look, by names of our own. */
  readonly look: Readonly<Record<string, Question>>;
  readonly on: Place;
  readonly watts: Place;
  /** Its counter, with the joules of its unit. */
  readonly energy?: (Place & { readonly joules: number }) | undefined;
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
