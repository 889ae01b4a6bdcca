import {
  difficultyOfBits,
  difficultyOfHash,
  headerAt,
  type HeaderWork,
  type Hit,
  type ShareOutcome,
} from "../bitcoin/index.ts";
import { type Clock, HearthworkError, Seconds } from "../domain/index.ts";
import type { Hasher, HasherOptions } from "./hasher/hasher.ts";
import { startHasher } from "./hasher/startHasher.ts";
import type { Miner, PoolAddress } from "./miner.ts";
import { openPoolRoster, type PoolWork } from "./poolRoster.ts";

export interface StartMinerOptions {
  /** The preferred first; the others are spares. */
  readonly pools: readonly PoolAddress[];
  readonly threads: number;
  readonly clock: Clock;
  /** The share of time, 0 … 1, to hash from the start. Default 0. */
  readonly duty?: number;
  /** Asked of the pool. Default: a share every ten seconds or so. */
  readonly suggestedDifficulty?: number;
  /** How long a spare is used before the preferred pools are tried again. Default 60 s. */
  readonly retryPreferredAfter?: Seconds;
  onEvent?(event: MinerEvent): void;
  /** Another hasher than this computer's threads, for tests. */
  readonly startHasher?: (options: HasherOptions) => Hasher;
}

export type MinerEvent =
  | { readonly kind: "pool"; readonly pool: string }
  | { readonly kind: "pool-lost"; readonly pool: string; readonly why: string }
  /** What the pool has to say to people. */
  | { readonly kind: "notice"; readonly pool: string; readonly message: string }
  | {
      readonly kind: "share";
      readonly outcome: ShareOutcome;
      readonly difficulty: number;
      readonly why: string | undefined;
    }
  /** A thread failed: nothing is hashed for a while. */
  | { readonly kind: "fault"; readonly message: string }
  /** It hashes again after a fault. */
  | { readonly kind: "recovered" };

/** A thread hashes some 8 MH/s: so it finds a share in ten seconds. */
const difficultyPerThread = 0.02;

/**
 * Mines with this computer at the first pool that answers. While none does, nothing is hashed.
 * @throws {HearthworkError} `mining/bad-pool-url`, `mining/no-pool`, and what `startHasher` throws.
 */
export function startMiner(options: StartMinerOptions): Miner {
  const { threads } = options;
  if (options.pools.length === 0) throw noPool();
  const tell = (event: MinerEvent) => options.onEvent?.(event);
  const counts = { accepted: 0, rejected: 0, stale: 0 };
  const sources = new WeakMap<HeaderWork, PoolWork>();
  let bestShare = 0;
  let networkDifficulty: number | undefined;
  let fault: string | undefined;
  let lastFailure: string | undefined;
  let headers = 0;

  const onHit = (hit: Hit) => {
    bestShare = Math.max(bestShare, difficultyOfHash(hit.hash));
    sources.get(hit.work)?.submit(hit);
  };
  const onFault = (thrown: Error, pause: Seconds) => {
    fault = `${thrown.message}; hashing begins again by itself`;
    tell({ kind: "fault", message: `${thrown.message}; hashing begins again in ${pause} s` });
  };
  const onRecovered = () => {
    fault = undefined;
    tell({ kind: "recovered" });
  };
  const hasher = (options.startHasher ?? startHasher)({ threads, onHit, onFault, onRecovered });

  const nextHeader = (from: PoolWork) => () => {
    const header = headerAt(from.work, headers);
    headers += 1;
    sources.set(header, from);
    return header;
  };
  const roster = openPoolRoster({
    pools: options.pools,
    clock: options.clock,
    agent: "hearthwork",
    suggestedDifficulty: options.suggestedDifficulty ?? difficultyPerThread * threads,
    retryPreferredAfter: options.retryPreferredAfter ?? Seconds(60),
    onWork(work) {
      if (work) networkDifficulty = difficultyOfBits(work.work.job.bits);
      hasher.setSource(work && nextHeader(work));
    },
    onShare({ outcome, difficulty, why }) {
      if (outcome === "accepted" || outcome === "stale") counts[outcome] += 1;
      else counts.rejected += 1;
      tell({ kind: "share", outcome, difficulty, why });
    },
    onUse: (pool) => tell({ kind: "pool", pool: pool.url }),
    onLost(pool, why) {
      lastFailure = `${pool.url}: ${why}`;
      tell({ kind: "pool-lost", pool: pool.url, why });
    },
    onNotice: (pool, message) => tell({ kind: "notice", pool: pool.url, message }),
  });

  const troubleNow = (connected: boolean) => {
    if (fault !== undefined) return fault;
    if (connected) return undefined;
    return lastFailure === undefined ? "connecting to the pool" : `no pool answers; the last: ${lastFailure}`;
  };
  hasher.setDuty(options.duty ?? 0);

  return {
    setDuty: (duty) => hasher.setDuty(duty),
    stats() {
      const { hashes, hashrate, busy, duty } = hasher.stats();
      const using = roster.using();
      const connected = using !== undefined;
      return {
        pool: using?.pool.url,
        connected,
        difficulty: using?.session.difficulty,
        hashes,
        hashrate,
        duty,
        busy,
        ...counts,
        bestShare,
        networkDifficulty,
        trouble: troubleNow(connected),
      };
    },
    async close() {
      await Promise.all([roster.close(), hasher.close()]);
    },
  };
}

const noPool = () =>
  new HearthworkError({
    code: "mining/no-pool",
    message: "there is no pool to mine at; name one like stratum+tcp://192.168.1.10:3333",
  });
