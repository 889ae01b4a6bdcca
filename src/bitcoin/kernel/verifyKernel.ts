import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { HearthworkError } from "../../domain/index.ts";
import { sha256d } from "../sha256d.ts";
import type { Kernel } from "./kernel.ts";

/** Block 125552 of the Bitcoin main chain, its nonce left out. */
const knownBlock = {
  header: hexToBytes(
    "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000" +
      "e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122b" +
      "c7f5d74df2b9441a00000000",
  ),
  nonce: 0x9546a142,
  hash: "1dbd981fe6985776b644b173a4d0385ddc1aa2a829688d1e0000000000000000",
};

const around = 32;

/**
 * Has the kernel search where the answer is known: the nonces about a real block's, once for the block itself and
 * once for a target that every other hash meets. Its work is replaced.
 * @throws {HearthworkError} `kernel/wrong-hash` when it finds anything else.
 */
export function verifyKernel(kernel: Kernel): void {
  const start = knownBlock.nonce - around;
  const all = Array.from({ length: 2 * around }, (_, i) => start + i);
  const found = (topByte: number) => {
    const target = new Uint8Array(32)
      .fill(0xff)
      .fill(topByte, 31)
      .fill(topByte && 0xff, 24, 31);
    kernel.prepare({ id: "block 125552", header: knownBlock.header, target });
    return kernel.scan(start, all.length);
  };

  const blocks = found(0x00);
  const isTheBlock = blocks[0]?.nonce === knownBlock.nonce && bytesToHex(blocks[0].hash) === knownBlock.hash;
  const halves = found(0x7f).map((hit) => hit.nonce);
  const expected = all.filter((nonce) => (hashOf(nonce)[31] ?? 0) <= 0x7f);
  if (blocks.length === 1 && isTheBlock && String(halves) === String(expected)) return;
  throw new HearthworkError({
    code: "kernel/wrong-hash",
    message: `the ${kernel.form} hash kernel did not find block 125552 again; this computer's processor or memory may be faulty`,
    data: { form: kernel.form, found: blocks.length },
  });
}

function hashOf(nonce: number): Uint8Array {
  const header = knownBlock.header.slice();
  new DataView(header.buffer).setUint32(76, nonce, true);
  return sha256d(header);
}
