import { setFlagsFromString } from "node:v8";
import { createKernel, type Kernel, verifyKernel } from "../../bitcoin/index.ts";

/** V8 versions whose revectorizer has been found to give right hashes; it is an experiment of theirs. */
const checkedV8 = /^13\.6\./;
const trialNonces = 1 << 15;
const trials = 3;

/**
 * The fastest kernel that gives right hashes here. On x64 processors with AVX2 that is the wide form, nearly twice
 * as fast as the plain one, where V8's revectorizer is known to be right. V8's flags belong to the whole process,
 * so they are set only while a kernel is compiled, all at once; two threads must not do so at the same time.
 * @throws {HearthworkError} `kernel/wrong-hash` or `kernel/not-started` when not even the plain form works.
 */
export function fastestKernel(): Kernel {
  if (process.arch !== "x64" || !checkedV8.test(process.versions.v8)) {
    const plain = createKernel();
    verifyKernel(plain);
    return plain;
  }
  const plain = compiledAtOnce(() => createKernel());
  const wide = compiledAtOnce(() =>
    withFlag("experimental-wasm-revectorize", true, () => createKernel("wide")),
  );
  verifyKernel(plain);
  return isRight(wide) && trialRate(wide) > trialRate(plain) ? wide : plain;
}

/** Compiled in full by the optimizing compiler, not lazily and a second time while it runs. */
const compiledAtOnce = (create: () => Kernel): Kernel =>
  withFlag("wasm-lazy-compilation", false, () => withFlag("liftoff", false, create));

function withFlag<T>(name: string, on: boolean, act: () => T): T {
  const set = (value: boolean) => setFlagsFromString(`--${value ? "" : "no-"}${name}`);
  set(on);
  try {
    return act();
  } finally {
    set(!on);
  }
}

function isRight(kernel: Kernel): boolean {
  try {
    verifyKernel(kernel);
    return true;
  } catch {
    return false;
  }
}

/** Nonces a millisecond, the best of a few trials. */
function trialRate(kernel: Kernel): number {
  kernel.prepare({ id: "trial", header: new Uint8Array(80), target: new Uint8Array(32) });
  const rates = Array.from({ length: trials }, () => {
    const began = performance.now();
    kernel.scan(0, trialNonces);
    return trialNonces / (performance.now() - began);
  });
  return Math.max(...rates);
}
