import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { HearthworkError, type Sats } from "../domain/index.ts";
import { compactSize } from "./compactSize.ts";
import { zeroHash } from "./hash.ts";
import { witnessReservedValue } from "./witness.ts";

/** Where coins go: an amount and the script that may spend it. */
export interface Output {
  readonly sats: Sats;
  readonly script: Uint8Array;
}

export interface CoinbasePlan {
  /** The block's height; BIP 34 wants it first in the script. */
  readonly height: number;
  readonly outputs: readonly Output[];
  /** Text that shows in the block. */
  readonly tag: string;
  /** Room for the extranonces, bytes. */
  readonly extranonceBytes: number;
}

/** A coinbase transaction without its witness, split where the extranonces go. */
export interface CoinbaseParts {
  readonly prefix: Uint8Array;
  readonly suffix: Uint8Array;
}

/** Consensus: a coinbase's script has 2 to 100 bytes. */
const longestScript = 100;
const longestExtranonce = 32;
const anySequence = Uint8Array.of(0xff, 0xff, 0xff, 0xff);
const noLockTime = new Uint8Array(4);

/**
 * Lays out a coinbase: height, extranonces, tag; then the outputs.
 * @throws {HearthworkError} `bitcoin/coinbase-too-long` when tag and extranonces do not fit the 100 bytes of its
 * script, `bitcoin/bad-coinbase` when the height or the room for extranonces makes no sense.
 */
export function planCoinbase({ height, outputs, tag, extranonceBytes }: CoinbasePlan): CoinbaseParts {
  if (!Number.isInteger(height) || height < 0 || extranonceBytes < 1 || extranonceBytes > longestExtranonce) {
    throw new HearthworkError({
      code: "bitcoin/bad-coinbase",
      message: `a coinbase needs a height (got ${height}) and 1 to ${longestExtranonce} bytes of extranonce (got ${extranonceBytes})`,
      data: { height: String(height), extranonceBytes: String(extranonceBytes) },
    });
  }
  const heightPush = scriptNumber(height);
  const tagPush = pushOf(utf8ToBytes(tag));
  const scriptLength = heightPush.length + 1 + extranonceBytes + tagPush.length;
  if (scriptLength > longestScript) {
    throw new HearthworkError({
      code: "bitcoin/coinbase-too-long",
      message: `the tag is ${scriptLength - longestScript} bytes too long for a coinbase; shorten it`,
      data: { tag, scriptLength },
    });
  }
  return {
    prefix: concatBytes(
      Uint8Array.of(2, 0, 0, 0, 1),
      zeroHash,
      Uint8Array.of(0xff, 0xff, 0xff, 0xff, scriptLength),
      heightPush,
      Uint8Array.of(extranonceBytes),
    ),
    suffix: concatBytes(
      tagPush,
      anySequence,
      compactSize(outputs.length),
      ...outputs.map(encodeOutput),
      noLockTime,
    ),
  };
}

/** The coinbase as it stands in a block that holds witnesses (BIP 144), with the reserved value of BIP 141. */
export function withWitness(coinbase: Uint8Array): Uint8Array {
  const version = coinbase.subarray(0, 4);
  const body = coinbase.subarray(4, -4);
  const lockTime = coinbase.subarray(-4);
  const [marker, flag, items] = [0, 1, 1];
  return concatBytes(
    version,
    Uint8Array.of(marker, flag),
    body,
    Uint8Array.of(items, witnessReservedValue.length),
    witnessReservedValue,
    lockTime,
  );
}

function encodeOutput({ sats, script }: Output): Uint8Array {
  const amount = new Uint8Array(8);
  new DataView(amount.buffer).setBigUint64(0, sats, true);
  return concatBytes(amount, compactSize(script.length), script);
}

/** A whole number as script pushes it: OP_0, OP_1 … OP_16, or the shortest little-endian bytes. */
function scriptNumber(value: number): Uint8Array {
  if (value === 0) return Uint8Array.of(0x00);
  if (value <= 16) return Uint8Array.of(0x50 + value);
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.push(rest % 256);
  const top = bytes.at(-1) ?? 0;
  if (top >= 0x80) bytes.push(0);
  return pushOf(Uint8Array.from(bytes));
}

/** At most 75 bytes after their count; nothing at all for nothing. */
function pushOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return bytes;
  return bytes.length <= 75
    ? concatBytes(Uint8Array.of(bytes.length), bytes)
    : concatBytes(Uint8Array.of(0x4c, bytes.length & 0xff), bytes);
}
