import { hostClock, Seconds } from "../src/domain/index.ts";
import { startSoloPool } from "../src/mining/index.ts";

/** The pool that is measured, in a process of its own: told where its node is, asked for its memory. */
const [nodeUrl = "", shareDifficulty = ""] = process.argv.slice(2);
const difficulty = Number(shareDifficulty);

const pool = await startSoloPool({
  node: { url: nodeUrl, credentials: { kind: "password", user: "perf", password: "perf" } },
  address: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
  port: 0,
  clock: hostClock(globalThis),
  // The node shares a process with the miners, whose shares take long to make on a busy machine.
  giveUpAfter: Seconds(3600),
  mostConnections: 2000,
  mostPerAddress: 2000,
  settings: {
    startDifficulty: difficulty,
    minDifficulty: difficulty,
    maxDifficulty: difficulty,
    shareEvery: Seconds(0.001),
    messagesPerSecond: 1_000_000,
  },
});

export interface PoolReport {
  readonly url: string;
  readonly residentBytes: number;
  /** What is still reachable after a collection: objects, and buffers outside the heap. */
  readonly liveBytes: number;
  readonly cpuSeconds: number;
  readonly accepted: number;
  readonly refused: number;
}

process.on("message", () => {
  if (!globalThis.gc) throw new Error("start it with --expose-gc");
  globalThis.gc();
  const { accepted, rejected, stale } = pool.status();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({
    url: pool.url,
    residentBytes: rss,
    liveBytes: heapUsed + external,
    cpuSeconds: (user + system) / 1e6,
    accepted,
    refused: rejected + stale,
  } satisfies PoolReport);
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
