import { sha256 } from "@noble/hashes/sha2.js";

/** SHA-256 applied twice. A shell may pass a faster one than this. */
export type Sha256d = (bytes: Uint8Array) => Uint8Array;

export const sha256d: Sha256d = (bytes) => sha256(sha256(bytes));
