import type { Network } from "../../bitcoin/index.ts";
import type { HashesPerSecond, Instant, Sats, Seconds } from "../../domain/index.ts";
import type { Submission } from "../node/nodeClient.ts";
import type { WorkerRow } from "./workerLedger.ts";

export interface FoundBlock {
  readonly at: Instant;
  readonly height: number;
  /** As people write it. */
  readonly hash: string;
  readonly user: string;
  readonly reward: Sats;
  /** What the node said of it: see `Submission`. */
  readonly outcome: Submission["outcome"] | "pending";
  /** Why it was rejected. */
  readonly why: string | undefined;
}

/** What is to be seen of a pool. */
export interface PoolStatus {
  readonly now: Instant;
  readonly uptime: Seconds;
  /** For miners: `stratum+tcp://host:port`. */
  readonly url: string;
  /** Who is paid. */
  readonly address: string;
  readonly node: {
    readonly url: string;
    readonly network: Network;
    /** What is wrong with it, in words. */
    readonly trouble: string | undefined;
  };
  /** False while the node is away and there is nothing to mine on. */
  readonly serving: boolean;
  /** Of the block that is being looked for. */
  readonly height: number;
  readonly networkDifficulty: number;
  /** What that block pays. */
  readonly reward: Sats;
  readonly connections: number;
  readonly hashrate: HashesPerSecond;
  readonly accepted: number;
  readonly rejected: number;
  readonly stale: number;
  readonly bestShare: number;
  readonly workers: readonly WorkerRow[];
  /** The newest first. */
  readonly blocks: readonly FoundBlock[];
}

/** As it goes over the wire: amounts are decimal strings, what is not known is null. */
export const encodePoolStatus = (status: PoolStatus): string =>
  JSON.stringify(status, (_, value: unknown) => {
    if (typeof value === "bigint") return value.toString();
    return value === undefined ? null : value;
  });
