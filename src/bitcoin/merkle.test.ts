import * as fc from "fast-check";
import { expect, it } from "vitest";
import { foldMerkleBranch, merkleBranch, merkleRoot } from "./merkle.ts";
import { sha256d } from "./sha256d.ts";

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** The rule as the first client wrote it: level by level, the last doubled where one is left over. */
function plainRoot(hashes: readonly Uint8Array[]): Uint8Array {
  let level = [...hashes];
  while (level.length > 1) {
    const last = level.at(-1);
    if (level.length % 2 === 1 && last) level.push(last);
    level = level.flatMap((left, i) => {
      const right = level[i + 1];
      return i % 2 === 0 && right ? [sha256d(Uint8Array.from([...left, ...right]))] : [];
    });
  }
  return level[0] ?? new Uint8Array();
}

it("gives the root level by level for any number of transactions", () => {
  fc.assert(
    fc.property(fc.array(hash, { minLength: 1, maxLength: 40 }), (hashes) => {
      expect(merkleRoot(hashes)).toEqual(plainRoot(hashes));
    }),
  );
});

it("gives a branch as deep as the tree", () => {
  const leaf = new Uint8Array(32);
  const depths = [1, 2, 3, 4, 5, 1025, 2048, 2049].map(
    (count) => merkleBranch(Array.from({ length: count - 1 }, () => leaf)).length,
  );
  expect(depths).toEqual([0, 1, 2, 2, 3, 11, 11, 12]);
});

it("hashes with the function it is given", () => {
  const calls: number[] = [];
  foldMerkleBranch(new Uint8Array(32), [new Uint8Array(32), new Uint8Array(32)], (bytes) => {
    calls.push(bytes.length);
    return sha256d(bytes);
  });
  expect(calls).toEqual([64, 64]);
});
