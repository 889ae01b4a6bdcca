import { type Code, i32, i32x4, v128 } from "./instructions.ts";
import type { ValueType } from "./wasmModule.ts";
import type { Operation } from "./words.ts";

/** How words are computed for several nonces at once: in `values` values, each of `lanes` words. */
export interface Machine {
  readonly type: ValueType;
  readonly values: number;
  readonly lanes: number;
  readonly hasRotation: boolean;
  /** After so many kept words one is stored, all its values side by side; undefined: none. */
  readonly anchorEvery: number | undefined;
  readonly load: (address: number) => Code;
  /** Stores the value on the stack; below it is the base of the address. */
  readonly store: (address: number) => Code;
  /** Makes the i32 on the stack a value with the same word in each lane. */
  readonly splat: Code;
  /** Makes the first nonce of all, an i32 on the stack, the nonces of one value. */
  readonly countUp: (value: number) => Code;
  /** What an operation does to the operands on the stack. */
  readonly operate: (operation: Operation, bits: number) => Code;
  /** Of two values on the stack: an i32 that is not zero when in some lane the first is at most the second. */
  readonly anyAtMost: Code;
}

const isShift = (operation: Operation) =>
  operation === "shiftLeft" || operation === "shiftRight" || operation === "rotateRight";

/** One nonce at a time. */
export const scalar: Machine = {
  type: "i32",
  values: 1,
  lanes: 1,
  hasRotation: true,
  anchorEvery: undefined,
  load: i32.load,
  store: i32.store,
  splat: [],
  countUp: () => [],
  operate: (operation, bits) =>
    isShift(operation) ? [...i32.const(bits), ...i32[operation]] : i32[operation],
  anyAtMost: i32.atMost,
};

/** Four nonces in a vector. */
export const vector: Machine = {
  type: "v128",
  values: 1,
  lanes: 4,
  hasRotation: false,
  anchorEvery: undefined,
  load: v128.load,
  store: v128.store,
  splat: i32x4.splat,
  countUp: (value) => [
    ...i32x4.splat,
    ...v128.const([0, 1, 2, 3].map((lane) => 4 * value + lane)),
    ...i32x4.add,
  ],
  operate(operation, bits) {
    if (operation === "rotateRight") throw new RangeError("vectors do not rotate; two shifts do");
    return isShift(operation) ? [...i32.const(bits), ...i32x4[operation]] : i32x4[operation];
  },
  anyAtMost: [...i32x4.atMost, ...v128.anyTrue],
};

/**
 * Eight nonces in two vectors, which V8's revectorizer makes one of 256 bits: where it sees two vectors stored side
 * by side it joins them and what they are made of, 1000 operations deep at most.
 */
export const vectorPair: Machine = { ...vector, values: 2, anchorEvery: 12 };
