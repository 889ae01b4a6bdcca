import { signedLeb128, unsignedLeb128 } from "./leb128.ts";

/** Encoded instructions. */
export type Code = readonly number[];

const simd = (opcode: number): Code => [0xfd, ...unsignedLeb128(opcode)];
const indexed = (opcode: number) => (index: number) => [opcode, ...unsignedLeb128(index)];
const addressed =
  (opcode: Code, alignment: number) =>
  (offset: number): Code => [...opcode, alignment, ...unsignedLeb128(offset)];
const bytesOf = (word: number) => [0, 8, 16, 24].map((bits) => (word >>> bits) & 0xff);

/** The instructions that the kernel uses, encoded: WebAssembly core specification 2.0, §5.4. */
export const control = {
  loop: [0x03, 0x40],
  if: [0x04, 0x40],
  end: [0x0b],
  branchIf: indexed(0x0d),
  return: [0x0f],
};

export const local = { get: indexed(0x20), set: indexed(0x21) };

export const i32 = {
  const: (value: number) => [0x41, ...signedLeb128(value | 0)],
  load: addressed([0x28], 2),
  store: addressed([0x36], 2),
  atMost: [0x4d],
  add: [0x6a],
  sub: [0x6b],
  and: [0x71],
  or: [0x72],
  xor: [0x73],
  shiftLeft: [0x74],
  shiftRight: [0x76],
  rotateRight: [0x78],
};

export const v128 = {
  load: addressed(simd(0x00), 4),
  store: addressed(simd(0x0b), 4),
  const: (words: readonly number[]) => [...simd(0x0c), ...words.flatMap(bytesOf)],
  anyTrue: simd(0x53),
};

export const i32x4 = {
  splat: simd(0x11),
  atMost: simd(0x3e),
  and: simd(0x4e),
  xor: simd(0x51),
  shiftLeft: simd(0xab),
  shiftRight: simd(0xad),
  add: simd(0xae),
};
