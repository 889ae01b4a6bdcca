import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** What bytes are known by, in lower-case hex; browsers compute it by themselves only on pages that came by TLS. */
export const sha256Hex = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));
