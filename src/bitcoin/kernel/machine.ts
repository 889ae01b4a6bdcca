import { type Code, i32, i32x4, v128 } from "./instructions.ts";
import type { ValueType } from "./wasmModule.ts";
import type { Operation } from "./words.ts";

/** How one type of value computes words: a scalar for one nonce, or a vector for several. */
export interface Machine {
  readonly value: ValueType;
  /** Nonces tried at once. */
  readonly lanes: number;
  readonly hasRotation: boolean;
  /** The same word in every lane. */
  readonly constant: (word: number) => Code;
  /** A word of memory, in every lane. */
  readonly load: (address: number) => Code;
  /** What an operation does to the operands on the stack. */
  readonly operate: (operation: Operation, bits: number) => Code;
  /** Makes the first nonce on the stack, an i32, that and those after it. */
  readonly countUp: Code;
  /** Of two values on the stack: an i32 that is not zero when in some lane the first is at most the second. */
  readonly anyAtMost: Code;
}

export const scalar: Machine = {
  value: "i32",
  lanes: 1,
  hasRotation: true,
  constant: i32.const,
  load: (address) => [...i32.const(0), ...i32.load(address)],
  operate: (operation, bits) =>
    isShift(operation) ? [...i32.const(bits), ...i32[operation]] : i32[operation],
  countUp: [],
  anyAtMost: i32.atMost,
};

export const vector: Machine = {
  value: "v128",
  lanes: 4,
  hasRotation: false,
  constant: (word) => v128.const([word, word, word, word]),
  load: (address) => [...i32.const(0), ...v128.load32Splat(address)],
  operate(operation, bits) {
    if (operation === "rotateRight") throw new RangeError("vectors do not rotate; two shifts do");
    return isShift(operation) ? [...i32.const(bits), ...i32x4[operation]] : i32x4[operation];
  },
  countUp: [i32x4.splat, v128.const([0, 1, 2, 3]), i32x4.add].flat(),
  anyAtMost: [...i32x4.atMost, ...v128.anyTrue],
};

const isShift = (operation: Operation) =>
  operation === "shiftLeft" || operation === "shiftRight" || operation === "rotateRight";
