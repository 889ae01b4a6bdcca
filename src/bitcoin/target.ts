import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { HearthworkError } from "../domain/index.ts";

/** A hash counts when, read as a little-endian number, it is at most the target. */
export type Target = bigint;

export const maxTarget: Target = 2n ** 256n - 1n;

/**
 * The target that a header's compact form stands for (Bitcoin Core, `arith_uint256::SetCompact`).
 * @throws {HearthworkError} `bitcoin/bad-bits` when it is negative, zero or above 256 bits.
 */
export function targetOfBits(bits: number): Target {
  const size = bits >>> 24;
  const word = bits & 0x7fffff;
  const overflows = size > 34 || (word > 0xff && size > 33) || (word > 0xffff && size > 32);
  const negative = (bits & 0x800000) !== 0;
  const target = size <= 3 ? BigInt(word >>> (8 * (3 - size))) : BigInt(word) << BigInt(8 * (size - 3));
  if (target > 0n && !negative && !overflows) return target;
  throw new HearthworkError({
    code: "bitcoin/bad-bits",
    message: `the compact target 0x${(bits >>> 0).toString(16).padStart(8, "0")} is ${
      negative ? "negative" : overflows ? "above 256 bits" : "zero"
    }; no block can meet it`,
    data: { bits },
  });
}

/** The compact form of a target, rounded down as Bitcoin does. */
export function bitsOfTarget(target: Target): number {
  let size = Math.ceil(target.toString(16).length / 2);
  let word = Number(size <= 3 ? target << BigInt(8 * (3 - size)) : target >> BigInt(8 * (size - 3)));
  if (word & 0x800000) {
    word >>>= 8;
    size += 1;
  }
  return ((size << 24) | word) >>> 0;
}

/** 32 bytes, little-endian as hashes are. */
export const encodeTarget = (target: Target): Uint8Array =>
  hexToBytes(target.toString(16).padStart(64, "0")).reverse();

/** The number that 32 little-endian bytes are. */
export const decodeTarget = (bytes: Uint8Array): Target => BigInt(`0x${bytesToHex(bytes.toReversed())}`);

/** Whether a hash is at most a target; both 32 bytes, little-endian. */
export function meetsTarget(hash: Uint8Array, target: Uint8Array): boolean {
  for (let i = 31; i >= 0; i--) {
    const [h = 0, t = 0] = [hash[i], target[i]];
    if (h !== t) return h < t;
  }
  return true;
}
