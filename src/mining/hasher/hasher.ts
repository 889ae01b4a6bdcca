import type { HeaderWork, Hit, KernelForm } from "../../bitcoin/index.ts";
import type { Hashes, HashesPerSecond, Seconds } from "../../domain/index.ts";

/** Gives a fresh header each time it is asked (another extranonce or time); undefined while there is none. */
export type WorkSource = () => HeaderWork | undefined;

export interface HasherStats {
  /** Since the start. */
  readonly hashes: Hashes;
  /** Over the last few seconds, duty included. */
  readonly hashrate: HashesPerSecond;
  /** CPU time that the workers used since the start. */
  readonly busy: Seconds;
  /** The share of time asked for, 0 … 1. */
  readonly duty: number;
  readonly threads: number;
  readonly kernel: KernelForm;
}

/** Threads of this computer that search nonces. They stop by themselves when this process stops telling them to go on. */
export interface Hasher {
  /** From now on hashes what `source` gives; what was being hashed is dropped. Undefined: hashes nothing. */
  setSource(source: WorkSource | undefined): void;
  /** The share of time, 0 … 1, in which each thread hashes. 0 stops. */
  setDuty(duty: number): void;
  stats(): HasherStats;
  /** Resolves when every thread has ended. */
  close(): Promise<void>;
}

export interface HasherOptions {
  readonly threads: number;
  onHit(hit: Hit): void;
  /** A thread died or a kernel gave a wrong hash; nothing is hashed until all begin again in `pause`. */
  onFault(fault: Error, pause: Seconds): void;
  /** After a fault: it hashes again, or could where nothing is to be hashed. */
  onRecovered(): void;
}
