import { type Clock, Hashes, HashesPerSecond, Seconds } from "../../../domain/index.ts";
import type { Miner, MinerStats } from "../../../mining/index.ts";

/** A miner that hashes on the clock's time, without threads or a pool. */
export interface TestMiner extends Miner {
  /** From now on no pool answers, for this reason; undefined: one does. */
  losePool(why: string | undefined): void;
  /** Its main thread is dead: 5 s later its threads stop. */
  loseHearth(): void;
  /** It takes no further duty. */
  jam(): void;
  readonly closed: () => boolean;
}

const perThread = 4e6;
const heartbeatLimit = 5;

export function testMiner(clock: Clock, threads: number): TestMiner {
  let duty = 0;
  let busy = 0;
  let countedAt = clock.monotonic();
  let trouble: string | undefined;
  let stopsAt = Number.POSITIVE_INFINITY;
  let jammed = false;
  let closed = false;

  const count = () => {
    const now = clock.monotonic();
    if (trouble === undefined && !closed) {
      busy += Math.max(0, Math.min(now, stopsAt) - countedAt) * duty * threads;
    }
    countedAt = now;
  };
  const hashing = () => trouble === undefined && !closed && clock.monotonic() < stopsAt;
  const change = (apply: () => void) => {
    count();
    apply();
  };

  return {
    setDuty: (next) => change(() => (duty = jammed ? duty : next)),
    losePool: (why) => change(() => (trouble = why)),
    loseHearth: () => (stopsAt = clock.monotonic() + heartbeatLimit),
    jam: () => (jammed = true),
    closed: () => closed,
    close: () => Promise.resolve(change(() => (closed = true))),
    stats(): MinerStats {
      count();
      return {
        pool: trouble === undefined ? "stratum+tcp://pool.test:3333" : undefined,
        connected: trouble === undefined,
        difficulty: 1,
        hashes: Hashes(busy * perThread),
        hashrate: HashesPerSecond(hashing() ? duty * threads * perThread : 0),
        duty,
        busy: Seconds(busy),
        accepted: Math.floor(busy),
        rejected: 0,
        stale: 0,
        bestShare: 0,
        networkDifficulty: undefined,
        trouble,
      };
    },
  };
}
