import { Watts } from "../../domain/index.ts";
import type { HeaterDriver, HeaterReading } from "../../heat/index.ts";
import type { Trouble } from "./bench.suite.ts";
import type { checks } from "./checks.suite.ts";
import type { LineBench } from "./lineHeater.suite.ts";

type Spoil = (driver: HeaterDriver, bench: LineBench) => HeaterDriver;

/** What is bad about a driver, which check must find it, in which words, and how a good one is made so. */
export type BadDriver = readonly [string, keyof typeof checks | Trouble, string, Spoil];

export const never = new AbortController().signal;
/** The reading of a driver that knows nothing and says so to nobody. */
export const zeros = (at: HeaterReading["at"]): HeaterReading => ({
  at,
  watts: Watts(0),
  provenance: "reported",
  workload: "idle",
  faults: [],
});
