import { HearthworkError } from "../domain/index.ts";
import { maxTarget, type Target, targetOfBits } from "./target.ts";

/** The target of difficulty 1, as pools and Bitcoin Core count it. */
const unitTarget: Target = 0xffffn << 208n;
const precisionBits = 256n;

/** The hashes that a share of difficulty 1 takes on average, as miners and pools count them. */
export const hashesPerDifficulty = 2 ** 32;

/** How many times as hard a target is as that of difficulty 1; right to a double's precision. */
export function difficultyOfTarget(target: Target): number {
  if (target === 0n) return Number.POSITIVE_INFINITY;
  return Number((unitTarget << precisionBits) / target) / 2 ** Number(precisionBits);
}

/** The difficulty of a network whose headers have this compact target; undefined for one that no block can meet. */
export function difficultyOfBits(bits: number): number | undefined {
  try {
    return difficultyOfTarget(targetOfBits(bits));
  } catch {
    return undefined;
  }
}

/** The difficulty that a hash (32 bytes, little-endian) would just meet; right to a double's precision. */
export function difficultyOfHash(hash: Uint8Array): number {
  const view = new DataView(hash.buffer, hash.byteOffset, 32);
  let value = 0;
  for (let at = 28; at >= 0; at -= 4) value = value * 2 ** 32 + view.getUint32(at, true);
  return Number(unitTarget) / value;
}

/**
 * The largest target at which a hash has at least this difficulty: exact for every double, so that both ends
 * of a connection draw the same line. At most 2^256 − 1.
 * @throws {HearthworkError} `bitcoin/bad-difficulty` unless the difficulty is a number above 0.
 */
export function targetOfDifficulty(difficulty: number): Target {
  if (!(difficulty > 0 && Number.isFinite(difficulty))) {
    throw new HearthworkError({
      code: "bitcoin/bad-difficulty",
      message: `${difficulty} is no difficulty; give a number above 0`,
      data: { difficulty: String(difficulty) },
    });
  }
  const { numerator, denominator } = exactFraction(difficulty);
  const target = (unitTarget * denominator) / numerator;
  return target > maxTarget ? maxTarget : target;
}

/** A double is a fraction with a power of two below the line. */
function exactFraction(value: number): { numerator: bigint; denominator: bigint } {
  let numerator = value;
  let denominator = 1n;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return { numerator: BigInt(numerator), denominator };
}
