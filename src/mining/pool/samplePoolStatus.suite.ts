import { HashesPerSecond, Instant, Sats, Seconds } from "../../domain/index.ts";
import type { PoolStatus } from "./poolStatus.ts";

const now = Instant(Date.UTC(2026, 10, 23, 22));

/** A pool that has seen something; one of its miners is rude. */
export const samplePoolStatus: PoolStatus = {
  now,
  uptime: Seconds(273_605),
  url: "stratum+tcp://192.168.1.20:3333",
  address: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
  node: { url: "http://127.0.0.1:8332", network: "mainnet", trouble: undefined },
  serving: true,
  height: 920_123,
  networkDifficulty: 1.4e14,
  reward: Sats(314_123_456n),
  connections: 2,
  hashrate: HashesPerSecond(1.02e14),
  accepted: 10_234,
  rejected: 3,
  stale: 12,
  bestShare: 2.3e9,
  workers: [
    {
      user: "<script>alert('hi')</script>&\"",
      connected: true,
      hashrate: HashesPerSecond(1e14),
      difficulty: 65_536,
      accepted: 10_000,
      rejected: 3,
      stale: 12,
      bestShare: 2.3e9,
      lastShareAt: Instant(now - 4000),
    },
    {
      user: "closet",
      connected: false,
      hashrate: HashesPerSecond(0),
      difficulty: 0.01,
      accepted: 234,
      rejected: 0,
      stale: 0,
      bestShare: 0.3,
      lastShareAt: undefined,
    },
  ],
  blocks: [
    {
      at: Instant(now - 1e8),
      height: 919_801,
      hash: `${"0".repeat(20)}134a1c04b1d8a7d9eaa7ee5d3a2ce6b9b3a2f1b9f9e1`,
      user: "closet",
      reward: Sats(313_000_000n),
      outcome: "rejected",
      why: "<b>high-hash</b>",
    },
  ],
};
