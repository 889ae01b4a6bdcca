import { concatBytes, hexToBytes } from "@noble/hashes/utils.js";
import { zeroHash } from "./hash.ts";
import { merkleRoot } from "./merkle.ts";
import { sha256d } from "./sha256d.ts";

/** What the coinbase's witness holds (BIP 141): 32 bytes of no meaning yet. */
export const witnessReservedValue: Uint8Array = new Uint8Array(32);

const commitmentHeader = hexToBytes("6a24aa21a9ed");

/**
 * The script of the output that commits a block to its witnesses (BIP 141).
 * @param wtxids of all transactions after the coinbase, 32 bytes each in hashing order.
 */
export function witnessCommitmentScript(wtxids: readonly Uint8Array[]): Uint8Array {
  const root = merkleRoot([zeroHash, ...wtxids]);
  return concatBytes(commitmentHeader, sha256d(concatBytes(root, witnessReservedValue)));
}
