import * as fc from "fast-check";
import { expect, it } from "vitest";
import { hasSeen, noHashes, seeHash } from "./seenHashes.ts";

const hash = (low: number, high: number) => {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(0, low, true);
  new DataView(bytes.buffer).setUint32(4, high, true);
  return bytes;
};
/** Many that want the same places. */
const crowded = fc.integer({ min: 0, max: 40 }).map((n) => (n % 5) * 0x4000_0000 + n);

it("remembers each hash once, as a set would", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(crowded, crowded), { maxLength: 300 }), (pairs) => {
      const seen = noHashes();
      const known = new Set<string>();
      for (const [low, high] of pairs.filter(([low, high]) => low !== 0 || high !== 0)) {
        const isNew = !known.has(`${low}:${high}`);
        expect(hasSeen(seen, hash(low, high))).toBe(!isNew);
        expect(seeHash(seen, hash(low, high))).toBe(isNew);
        known.add(`${low}:${high}`);
        expect(seen.size).toBe(known.size);
      }
    }),
  );
});

it("takes at most 32 bytes a hash", () => {
  const seen = noHashes();
  for (let i = 1; i <= 4096; i += 1) seeHash(seen, hash(Math.imul(i, 0x9e3779b1) >>> 0, i));
  expect(seen.size).toBe(4096);
  expect(seen.table.byteLength / seen.size).toBeLessThanOrEqual(32);
});
