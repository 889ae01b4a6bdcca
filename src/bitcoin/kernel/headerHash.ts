import { asState, compress, initialWords } from "./sha256.ts";
import type { Arithmetic, Word } from "./words.ts";

/** What a kernel is given of its work: the index of each word in its memory. */
export const inputs = {
  /** Eight words: SHA-256's state after the header's first 64 bytes. */
  midstate: 0,
  /** Three words: the rest of the header up to the nonce. */
  tail: 8,
  /** The target's most significant word. */
  targetTop: 11,
  count: 12,
} as const;

const headerBits = 640;
const hashBits = 256;

/** The most significant word of a header's hash, read as the little-endian number that a target is. */
export function topWordOfHeaderHash(arithmetic: Arithmetic): Word {
  const midstate = asState(words(8, (i) => arithmetic.input(inputs.midstate + i)));
  const tail = words(3, (i) => arithmetic.input(inputs.tail + i));
  const nonce = reverseBytes(arithmetic, arithmetic.nonce());

  const header = compress(arithmetic, midstate, padded(arithmetic, [...tail, nonce], headerBits));
  const hash = compress(arithmetic, initialWords(arithmetic), padded(arithmetic, header, hashBits));
  return reverseBytes(arithmetic, hash[7]);
}

export const targetTop = (arithmetic: Arithmetic): Word => arithmetic.input(inputs.targetTop);

/** SHA-256's state after a header's first 64 bytes. */
export function midstateOf(arithmetic: Arithmetic, header: DataView): number[] {
  const block = words(16, (i) => arithmetic.constant(header.getUint32(4 * i)));
  return compress(arithmetic, initialWords(arithmetic), block).map((word) => word.immediate);
}

/** The last block of a message of so many bits, of which these words are in it. */
const padded = ({ constant }: Arithmetic, message: readonly Word[], bits: number): Word[] => [
  ...message,
  constant(0x80000000),
  ...words(14 - message.length, () => constant(0)),
  constant(bits),
];

const reverseBytes = ({ constant, rotateRight, and, xor }: Arithmetic, word: Word): Word =>
  xor(and(rotateRight(word, 8), constant(0xff00ff00)), and(rotateRight(word, 24), constant(0x00ff00ff)));

const words = (count: number, word: (index: number) => Word) =>
  Array.from({ length: count }, (_, index) => word(index));
