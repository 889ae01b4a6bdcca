import { hash } from "node:crypto";
import { createKernel, type Kernel, nonceCount } from "../src/bitcoin/index.ts";
import { fastestKernel } from "../src/mining/index.ts";
import type { Benchmark } from "./benchmark.ts";
import { ratesPerSecond, type Work } from "./rounds.ts";

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
  title: "SHA-256d of block headers in one thread, best of 15 rounds",
  figures: [
    { name: "mhPerSecondPerThread", unit: "MH/s", better: "higher", must: 4.2, goal: 5 },
    { name: "timesNodeCrypto", unit: "×", better: "higher", must: 15, goal: 20 },
    { name: "medianMhPerSecondPerThread", unit: "MH/s", better: "higher" },
    { name: "simdMhPerSecondPerThread", unit: "MH/s", better: "higher" },
    { name: "scalarMhPerSecondPerThread", unit: "MH/s", better: "higher" },
    { name: "nodeCryptoMhPerSecond", unit: "MH/s", better: "higher" },
  ],
  async measure() {
    const rates = ratesPerSecond({
      own: searchWith(fastestKernel()),
      simd: searchWith(createKernel("simd")),
      scalar: searchWith(createKernel("scalar")),
      node: hashWithNode,
    });
    return {
      mhPerSecondPerThread: millions(rates.own.best),
      timesNodeCrypto: rates.own.best / rates.node.best,
      medianMhPerSecondPerThread: millions(rates.own.median),
      simdMhPerSecondPerThread: millions(rates.simd.best),
      scalarMhPerSecondPerThread: millions(rates.scalar.best),
      nodeCryptoMhPerSecond: millions(rates.node.best),
    };
  },
};

/** Against a target that no hash meets, so that only the search is measured. */
function searchWith(kernel: Kernel): Work {
  kernel.prepare({ id: "perf", header, target: new Uint8Array(32) });
  let next = 0;
  return (count) => {
    if (next + count > nonceCount) next = 0;
    kernel.scan(next, count);
    next += count;
  };
}

function hashWithNode(count: number): void {
  const bytes = Buffer.from(header);
  for (let nonce = 0; nonce < count; nonce++) {
    bytes.writeUInt32LE(nonce, 76);
    hash("sha256", hash("sha256", bytes, "buffer"), "buffer");
  }
}
