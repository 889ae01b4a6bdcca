import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compress, initialWords } from "./sha256.ts";
import { initialState, roundConstants } from "./sha256Constants.ts";
import { createArithmetic } from "./words.ts";

describe("SHA-256's constants", () => {
  it("are those that FIPS 180-4 prints", () => {
    expect(initialState.map(hex)).toEqual(
      "6a09e667 bb67ae85 3c6ef372 a54ff53a 510e527f 9b05688c 1f83d9ab 5be0cd19".split(" "),
    );
    expect(roundConstants).toHaveLength(64);
    expect(roundConstants.slice(0, 4).map(hex)).toEqual("428a2f98 71374491 b5c0fbcf e9b5dba5".split(" "));
    expect(roundConstants.slice(-4).map(hex)).toEqual("90befffa a4506ceb bef9a3f7 c67178f2".split(" "));
  });
});

describe("SHA-256's compression of known words", () => {
  it("is node's hash of any message of one block", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 55 }), (message) => {
        const arithmetic = createArithmetic({ hasRotation: true });
        const block = paddedBlock(message).map(arithmetic.constant);
        const state = compress(arithmetic, initialWords(arithmetic), block);
        expect(state.map((word) => hex(word.immediate)).join("")).toBe(
          createHash("sha256").update(message).digest("hex"),
        );
        expect(arithmetic.words).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

const hex = (word: number) => word.toString(16).padStart(8, "0");

function paddedBlock(message: Uint8Array): number[] {
  const bytes = new Uint8Array(64);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(60, 8 * message.length);
  return Array.from({ length: 16 }, (_, i) => view.getUint32(4 * i));
}
