import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { HearthworkError } from "../domain/index.ts";

/** 32 zero bytes: the hash before the first block, and the input of a coinbase. */
export const zeroHash: Uint8Array = new Uint8Array(32);

/** A hash as people and the node's RPC write it: hex with the bytes reversed. */
export const displayHash = (hash: Uint8Array): string => bytesToHex(hash.toReversed());

/**
 * The bytes of a hash written as people and the node's RPC write it.
 * @throws {HearthworkError} `bitcoin/bad-hash` unless the text is 64 hex digits.
 */
export function parseHash(text: string): Uint8Array {
  if (/^[0-9a-f]{64}$/i.test(text)) return hexToBytes(text).reverse();
  throw new HearthworkError({
    code: "bitcoin/bad-hash",
    message: `"${text.slice(0, 80)}" is no hash; give 64 hex digits as the node prints them`,
  });
}
