/** Words that are made of no others: `input` comes with the work, `nonce` differs from try to try. */
export type Leaf = "constant" | "input" | "nonce";
/** What is done to words. */
export type Operation = "add" | "xor" | "and" | "shiftLeft" | "shiftRight" | "rotateRight";

/** How often a word changes: never, with the work, or with the nonce. */
export const rates = { never: 0, work: 1, nonce: 2 } as const;

/** A 32-bit word, or how it will be computed. */
export interface Word {
  readonly operation: Leaf | Operation;
  readonly operands: readonly Word[];
  /** A constant's value, an input's index, or how many bits to shift by. */
  readonly immediate: number;
  readonly rate: number;
}

/**
 * Arithmetic on words modulo 2³². What is known is computed at once, and what changes seldom is added up first:
 * for each nonce there remains only what depends on it.
 */
export interface Arithmetic {
  readonly constant: (value: number) => Word;
  readonly input: (index: number) => Word;
  readonly nonce: () => Word;
  readonly sum: (...terms: Word[]) => Word;
  readonly xor: (...terms: Word[]) => Word;
  readonly and: (a: Word, b: Word) => Word;
  readonly shiftRight: (word: Word, bits: number) => Word;
  readonly rotateRight: (word: Word, bits: number) => Word;
  /** Every word made so far that is not constant, in the order in which they were made. */
  readonly words: readonly Word[];
}

/** @param machine what the words will be computed on; without a rotation two shifts stand for one. */
export function createArithmetic({ hasRotation }: { readonly hasRotation: boolean }): Arithmetic {
  const words: Word[] = [];
  const keep = (word: Word): Word => {
    words.push(word);
    return word;
  };
  const make = (operation: Operation, operands: readonly Word[], immediate = 0): Word => {
    const rate = Math.max(...operands.map((operand) => operand.rate));
    if (rate > rates.never) return keep({ operation, operands, immediate, rate });
    const [a = 0, b = 0] = operands.map((operand) => operand.immediate);
    return constant(evaluate[operation](a, b, immediate));
  };

  const add = (a: Word, b: Word): Word => {
    if (isZero(a)) return b;
    if (isZero(b)) return a;
    const [first, second] = b.operands;
    if (b.operation === "add" && first && second && isSeldom(a) && isSeldom(first)) {
      return make("add", [add(a, first), second]);
    }
    return make("add", [a, b]);
  };
  const xor = (a: Word, b: Word): Word => {
    if (isZero(a)) return b;
    if (isZero(b)) return a;
    return make("xor", [a, b]);
  };
  const shiftRight = (word: Word, bits: number) => make("shiftRight", [word], bits);

  return {
    words,
    constant,
    input: (index) => keep({ operation: "input", operands: [], immediate: index, rate: rates.work }),
    nonce: () => keep({ operation: "nonce", operands: [], immediate: 0, rate: rates.nonce }),
    sum: (...terms) => terms.toSorted((a, b) => a.rate - b.rate).reduce(add),
    xor: (...terms) => terms.reduce(xor),
    and: (a, b) => make("and", [a, b]),
    shiftRight,
    rotateRight: (word, bits) =>
      hasRotation || isSeldom(word)
        ? make("rotateRight", [word], bits)
        : xor(shiftRight(word, bits), make("shiftLeft", [word], 32 - bits)),
  };
}

export const isOperation = (operation: Leaf | Operation): operation is Operation => operation in evaluate;

const constant = (value: number): Word => ({
  operation: "constant",
  operands: [],
  immediate: value >>> 0,
  rate: rates.never,
});
const isZero = (word: Word) => word.rate === rates.never && word.immediate === 0;
const isSeldom = (word: Word) => word.rate < rates.nonce;

const evaluate: Readonly<Record<Operation, (a: number, b: number, bits: number) => number>> = {
  add: (a, b) => a + b,
  xor: (a, b) => a ^ b,
  and: (a, b) => a & b,
  shiftLeft: (a, _, bits) => a << bits,
  shiftRight: (a, _, bits) => a >>> bits,
  rotateRight: (a, _, bits) => (a >>> bits) | (a << (32 - bits)),
};
