import { hash } from "node:crypto";
import { createKernel, type Kernel, nonceCount } from "../src/bitcoin/index.ts";
import { fastestKernel } from "../src/mining/index.ts";
import type { Benchmark } from "./benchmark.ts";
import { ratePerSecond } from "./rounds.ts";

type Name =
  | "mhPerSecondPerThread"
  | "timesNodeCrypto"
  | "medianMhPerSecondPerThread"
  | "simdMhPerSecondPerThread"
  | "scalarMhPerSecondPerThread"
  | "nodeCryptoMhPerSecond";

const header = Uint8Array.from({ length: 80 }, (_, i) => (i < 76 ? i : 0));
const millions = (perSecond: number) => perSecond / 1e6;

export const kernel: Benchmark<Name> = {
  title: "SHA-256d of block headers in one thread, best of nine rounds",
  figures: [
    { name: "mhPerSecondPerThread", unit: "MH/s", better: "higher", must: 4.2, goal: 5 },
    { name: "timesNodeCrypto", unit: "×", better: "higher", must: 15, goal: 20 },
    { name: "medianMhPerSecondPerThread", unit: "MH/s", better: "higher" },
    { name: "simdMhPerSecondPerThread", unit: "MH/s", better: "higher" },
    { name: "scalarMhPerSecondPerThread", unit: "MH/s", better: "higher" },
    { name: "nodeCryptoMhPerSecond", unit: "MH/s", better: "higher" },
  ],
  async measure() {
    const own = kernelRate(fastestKernel());
    const simd = kernelRate(createKernel("simd"));
    const scalar = kernelRate(createKernel("scalar"));
    const nodeCrypto = ratePerSecond(hashWithNode);
    return {
      mhPerSecondPerThread: millions(own.best),
      timesNodeCrypto: own.best / nodeCrypto.best,
      medianMhPerSecondPerThread: millions(own.median),
      simdMhPerSecondPerThread: millions(simd.best),
      scalarMhPerSecondPerThread: millions(scalar.best),
      nodeCryptoMhPerSecond: millions(nodeCrypto.best),
    };
  },
};

/** Against a target that no hash of the rounds meets, so that only the search is measured. */
function kernelRate(searcher: Kernel) {
  searcher.prepare({ id: "perf", header, target: new Uint8Array(32) });
  let next = 0;
  return ratePerSecond((count) => {
    if (next + count > nonceCount) next = 0;
    searcher.scan(next, count);
    next += count;
  });
}

function hashWithNode(count: number): void {
  const bytes = Buffer.from(header);
  for (let nonce = 0; nonce < count; nonce++) {
    bytes.writeUInt32LE(nonce, 76);
    hash("sha256", hash("sha256", bytes, "buffer"), "buffer");
  }
}
