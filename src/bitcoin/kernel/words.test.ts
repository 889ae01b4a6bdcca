import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createArithmetic, rates } from "./words.ts";

const word = fc.integer({ min: 0, max: 0xffffffff });

describe("arithmetic on words", () => {
  it("computes what is known, modulo 2³²", () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 31 }), (a, b, bits) => {
        const { constant, sum, xor, and, rotateRight, shiftRight } = createArithmetic({ hasRotation: true });
        const big = (value: number) => BigInt.asUintN(32, BigInt(value));
        const known = (computed: { immediate: number }) => big(computed.immediate);
        expect(known(sum(constant(a), constant(b)))).toBe(BigInt.asUintN(32, big(a) + big(b)));
        expect(known(xor(constant(a), constant(b)))).toBe(big(a) ^ big(b));
        expect(known(and(constant(a), constant(b)))).toBe(big(a) & big(b));
        expect(known(shiftRight(constant(a), bits))).toBe(big(a) >> BigInt(bits));
        const twice = (big(a) << 32n) | big(a);
        expect(known(rotateRight(constant(a), bits))).toBe(BigInt.asUintN(32, twice >> BigInt(bits)));
      }),
    );
  });

  it("drops zeros from sums and differences", () => {
    const { constant, nonce, sum, xor, words } = createArithmetic({ hasRotation: true });
    const n = nonce();
    expect(sum(constant(0), n, constant(0))).toBe(n);
    expect(xor(n, constant(0))).toBe(n);
    expect(words).toEqual([n]);
  });

  it("adds up what changes seldom first, so that one addition is left for each nonce", () => {
    const { constant, input, nonce, sum, words } = createArithmetic({ hasRotation: true });
    sum(nonce(), constant(1), input(0), constant(2), input(1));
    expect(words.filter((made) => made.operation === "add").map((made) => made.rate)).toEqual([
      rates.work,
      rates.work,
      rates.nonce,
    ]);
  });

  it("moves what changes seldom into the seldom part of a sum", () => {
    const { constant, input, nonce, sum } = createArithmetic({ hasRotation: true });
    const outer = sum(input(1), sum(input(0), nonce()));
    expect(outer.operands.map((operand) => operand.rate)).toEqual([rates.work, rates.nonce]);
    expect(sum(constant(1), sum(constant(2), nonce())).operands[0]?.immediate).toBe(3);
  });

  it("rotates by two shifts where there is no rotation, but only what changes with the nonce", () => {
    const { input, nonce, rotateRight } = createArithmetic({ hasRotation: false });
    expect(rotateRight(nonce(), 7).operands.map((operand) => [operand.operation, operand.immediate])).toEqual(
      [
        ["shiftRight", 7],
        ["shiftLeft", 25],
      ],
    );
    expect(rotateRight(input(0), 7).operation).toBe("rotateRight");
  });
});
