import { bytesToHex } from "@noble/hashes/utils.js";
import { HearthworkError } from "../../../domain/index.ts";

/** Gives each connection a part of the search space of its own. */
export interface ExtranonceSpace {
  /** Bytes of each extranonce1. */
  readonly bytes: number;
  /** The wanted one if it is free, else another; undefined when none is left. */
  claim(wanted: Uint8Array | undefined): Uint8Array | undefined;
  release(extranonce1: Uint8Array): void;
}

/**
 * A space of 256^bytes parts, given out in turn so that one that was let go can be claimed again for long.
 * @param start where to begin; pools that share a node's template begin at different ones.
 * @throws {HearthworkError} `bitcoin/bad-extranonce` unless there are 1 to 6 bytes.
 */
export function createExtranonceSpace(bytes: number, start: number): ExtranonceSpace {
  if (!(Number.isInteger(bytes) && bytes >= 1 && bytes <= 6)) {
    throw new HearthworkError({
      code: "bitcoin/bad-extranonce",
      message: `an extranonce1 has 1 to 6 bytes, not ${bytes}`,
      data: { bytes: String(bytes) },
    });
  }
  const size = 256 ** bytes;
  const held = new Set<string>();
  let next = Math.abs(Math.trunc(start)) % size;

  const hold = (extranonce1: Uint8Array) => {
    const key = bytesToHex(extranonce1);
    if (held.has(key)) return undefined;
    held.add(key);
    return extranonce1;
  };
  const nextFree = () => {
    for (;;) {
      const free = hold(bigEndian(next, bytes));
      next = (next + 1) % size;
      if (free) return free;
    }
  };
  return {
    bytes,
    claim: (wanted) =>
      (wanted?.length === bytes && hold(wanted)) || (held.size < size ? nextFree() : undefined),
    release: (extranonce1) => {
      held.delete(bytesToHex(extranonce1));
    },
  };
}

function bigEndian(value: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let at = length - 1; at >= 0; at--) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}
