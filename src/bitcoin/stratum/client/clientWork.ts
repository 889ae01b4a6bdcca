import type { StratumJob } from "../stratumJob.ts";

/** A job as one miner works on it. */
export interface ClientWork {
  /** Distinguishes all work of a session. */
  readonly serial: number;
  readonly job: StratumJob;
  readonly extranonce1: Uint8Array;
  readonly extranonce2Bytes: number;
  /** Bits of the version that may be rolled; 0 when the pool allows none. */
  readonly versionMask: number;
  readonly difficulty: number;
  /** Of a share: 32 bytes, little-endian. */
  readonly target: Uint8Array;
}
