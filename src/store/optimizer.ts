import { setFlagsFromString } from "node:v8";

const flags = ["wasm-tier-up", "wasm-dynamic-tiering"];

/**
 * Lets V8 compile WebAssembly by its quick compiler alone until `started`. What is instantiated meanwhile stays so for
 * its life: PostgreSQL's interpreter of expressions is one function so large that the optimizing compiler takes half a
 * GiB for it, a second of a start, and makes no statement of ours faster. V8 has these flags once for the process:
 * another thread's module that begins in the same second loses some speed.
 */
export async function withoutOptimizer<T>(started: Promise<T>): Promise<T> {
  for (const flag of flags) setFlagsFromString(`--no-${flag}`);
  try {
    return await started;
  } finally {
    for (const flag of flags) setFlagsFromString(`--${flag}`);
  }
}
