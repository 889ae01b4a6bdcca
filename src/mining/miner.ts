import type { HashesPerSecond, Hashes, Seconds } from "../domain/index.ts";

export interface PoolAddress {
  /** `stratum+tcp://host:port` */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

export interface MinerStats {
  /** The pool in use. */
  readonly pool: string | undefined;
  readonly connected: boolean;
  readonly difficulty: number | undefined;
  readonly hashes: Hashes;
  readonly hashrate: HashesPerSecond;
  readonly duty: number;
  /** CPU time that the threads used since the start. */
  readonly busy: Seconds;
  readonly accepted: number;
  readonly rejected: number;
  readonly stale: number;
  /** The hardest share found, as a difficulty. */
  readonly bestShare: number;
  /** Of the chain that the newest work is for; undefined before the first job. */
  readonly networkDifficulty: number | undefined;
  /** What is wrong, in words. */
  readonly trouble: string | undefined;
}

/** This computer as a miner: a hasher fed by the first pool that answers. */
export interface Miner {
  setDuty(duty: number): void;
  stats(): MinerStats;
  /** Stops hashing and leaves the pools. */
  close(): Promise<void>;
}
