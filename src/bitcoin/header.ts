import { HearthworkError } from "../domain/index.ts";
import { sha256d } from "./sha256d.ts";

export const headerBytes = 80;

/** A block header. Numbers are unsigned 32-bit; hashes are 32 bytes in the order in which they are hashed. */
export interface BlockHeader {
  readonly version: number;
  readonly previousHash: Uint8Array;
  readonly merkleRoot: Uint8Array;
  /** Epoch seconds. */
  readonly time: number;
  /** The compact target. */
  readonly bits: number;
  readonly nonce: number;
}

/** The 80 bytes that are hashed. */
export function encodeHeader(header: BlockHeader): Uint8Array {
  const bytes = new Uint8Array(headerBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, header.version, true);
  bytes.set(header.previousHash, 4);
  bytes.set(header.merkleRoot, 36);
  view.setUint32(68, header.time, true);
  view.setUint32(72, header.bits, true);
  view.setUint32(76, header.nonce, true);
  return bytes;
}

/** @throws {HearthworkError} `bitcoin/bad-header` unless there are 80 bytes. */
export function decodeHeader(bytes: Uint8Array): BlockHeader {
  if (bytes.length !== headerBytes) {
    throw new HearthworkError({
      code: "bitcoin/bad-header",
      message: `a block header has ${headerBytes} bytes, not ${bytes.length}`,
      data: { bytes: bytes.length },
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  return {
    version: view.getUint32(0, true),
    previousHash: bytes.slice(4, 36),
    merkleRoot: bytes.slice(36, 68),
    time: view.getUint32(68, true),
    bits: view.getUint32(72, true),
    nonce: view.getUint32(76, true),
  };
}

/** The hash of a header: 32 bytes, little-endian. */
export const headerHash = (header: BlockHeader): Uint8Array => sha256d(encodeHeader(header));
