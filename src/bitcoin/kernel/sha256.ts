import { initialState, roundConstants } from "./sha256Constants.ts";
import type { Arithmetic, Word } from "./words.ts";

export type State = readonly [Word, Word, Word, Word, Word, Word, Word, Word];

export const initialWords = ({ constant }: Arithmetic): State => asState(initialState.map(constant));

/** SHA-256's compression of one block of 16 words into a state of eight: FIPS 180-4, §6.2.2. */
export function compress(arithmetic: Arithmetic, state: State, block: readonly Word[]): State {
  const { constant, sum, xor, and } = arithmetic;
  const schedule = [...block];
  let [a, b, c, d, e, f, g, h] = state;
  let bc = xor(b, c);

  for (const [t, roundConstant] of roundConstants.entries()) {
    const w = (schedule[t] ??= nextWord(arithmetic, schedule.slice(t - 16)));
    const choice = xor(and(e, xor(f, g)), g);
    const added = sum(constant(roundConstant), w, h, choice, bigSigma1(arithmetic, e));
    const ab = xor(a, b);
    const majority = xor(and(ab, bc), b);
    [h, g, f, e] = [g, f, e, sum(d, added)];
    [d, c, b, a] = [c, b, a, sum(majority, bigSigma0(arithmetic, a), added)];
    bc = ab;
  }
  const out = [a, b, c, d, e, f, g, h];
  return asState(state.map((word, i) => sum(word, out[i] as Word)));
}

/** The schedule's next word, from the 16 before it. */
function nextWord(arithmetic: Arithmetic, before: readonly Word[]): Word {
  const [w16, w15, , , , , , , , w7, , , , , w2] = before as State & Word[];
  return arithmetic.sum(w16, smallSigma0(arithmetic, w15), w7 as Word, smallSigma1(arithmetic, w2 as Word));
}

export const asState = (words: readonly Word[]) => words as unknown as State;

const bigSigma0 = ({ xor, rotateRight }: Arithmetic, x: Word) =>
  xor(rotateRight(x, 2), rotateRight(x, 13), rotateRight(x, 22));
const bigSigma1 = ({ xor, rotateRight }: Arithmetic, x: Word) =>
  xor(rotateRight(x, 6), rotateRight(x, 11), rotateRight(x, 25));
const smallSigma0 = ({ xor, rotateRight, shiftRight }: Arithmetic, x: Word) =>
  xor(rotateRight(x, 7), rotateRight(x, 18), shiftRight(x, 3));
const smallSigma1 = ({ xor, rotateRight, shiftRight }: Arithmetic, x: Word) =>
  xor(rotateRight(x, 17), rotateRight(x, 19), shiftRight(x, 10));
