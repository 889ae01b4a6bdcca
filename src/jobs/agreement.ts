import { z } from "zod";

const share = z.number().min(0).max(1);

/** When two results say the same: to the byte, or as 64-bit floats within a tolerance. */
export const compareSchema = z.union([
  z.literal("exact"),
  z.strictObject({
    tolerance: z
      .strictObject({
        absolute: z.number().min(0).max(1e300).default(0).describe("That two numbers may differ"),
        relative: share.default(0).describe("That they may differ, of the larger of them"),
      })
      .describe("Outputs are little-endian 64-bit floats, as write_floats writes them"),
  }),
]);
export type Compare = z.output<typeof compareSchema>;
export type Tolerance = Exclude<Compare, "exact">["tolerance"];

const floatBytes = 8;

/**
 * Whether outputs agree as 64-bit floats, little-endian: |a − b| ≤ absolute + relative · max(|a|, |b|) for each pair.
 * NaN agrees with NaN, an infinity with the same. Outputs of another shape agree when their bytes do.
 */
export function agreeWithin(one: Uint8Array, other: Uint8Array, tolerance: Tolerance): boolean {
  if (one.length !== other.length) return false;
  if (one.length % floatBytes !== 0) return one.every((byte, at) => byte === other[at]);
  const [a, b] = [viewOf(one), viewOf(other)];
  for (let at = 0; at < one.length; at += floatBytes) {
    if (!isNear(a.getFloat64(at, true), b.getFloat64(at, true), tolerance)) return false;
  }
  return true;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function isNear(a: number, b: number, { absolute, relative }: Tolerance): boolean {
  if (Object.is(a, b) || a === b) return true;
  const apart = Math.abs(a - b);
  return Number.isFinite(apart) && apart <= absolute + relative * Math.max(Math.abs(a), Math.abs(b));
}
