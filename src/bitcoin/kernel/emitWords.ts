import { type Code, i32, local } from "./instructions.ts";
import { type Machine, scalar } from "./machine.ts";
import { isOperation, rates, type Word } from "./words.ts";

/** The address in memory of a word that changes with the work. */
export type Slots = (word: Word) => number;

/** What `root` is made of, itself last, each after its operands, in the order of `words`. */
export function wordsOf(root: Word, words: readonly Word[]): Word[] {
  const found = new Set<Word>();
  const open = [root];
  for (let word = open.pop(); word; word = open.pop()) {
    if (found.has(word)) continue;
    found.add(word);
    open.push(...word.operands);
  }
  return words.filter((word) => found.has(word));
}

/** Computes each word that changes with the work into its slot. */
export function emitWorkWords(words: readonly Word[], slots: Slots): Code {
  const read = (word: Word) =>
    word.rate === rates.never ? i32.const(word.immediate) : scalar.load(slots(word));
  const code: Code[] = [];
  for (const word of words) {
    const { operation, operands, immediate } = word;
    if (!isOperation(operation)) continue;
    code.push(
      i32.const(0),
      ...operands.map(read),
      scalar.operate(operation, immediate),
      i32.store(slots(word)),
    );
  }
  return code.flat();
}

export interface NonceWords {
  readonly code: Code;
  /** How many locals of the machine's type it takes, from `firstLocal` on. */
  readonly locals: number;
}

/**
 * Computes the words that change with the nonce and leaves the last of them on the stack. What is used once stays
 * on the stack; what is used more often is kept in a local until its last use.
 */
export function emitNonceWords(
  words: readonly Word[],
  machine: Machine,
  slots: Slots,
  firstNonce: Code,
  firstLocal: number,
): NonceWords {
  const usesLeft = countUses(words);
  const kept = new Set(words.filter((word) => (usesLeft.get(word) ?? 0) > 1));
  const homes = new Map<Word, number>();
  const vacant: number[] = [];
  let locals = 0;

  const compute = ({ operation, operands, immediate }: Word): Code =>
    isOperation(operation)
      ? [...operands.flatMap(read), ...machine.operate(operation, immediate)]
      : [...firstNonce, ...machine.countUp];

  const read = (word: Word): Code => {
    if (word.rate === rates.never) return machine.constant(word.immediate);
    if (word.rate === rates.work) return machine.load(slots(word));
    const home = homes.get(word);
    if (home === undefined) return compute(word);
    const left = (usesLeft.get(word) ?? 0) - 1;
    usesLeft.set(word, left);
    if (left === 0) vacant.push(home);
    return local.get(home);
  };

  const code: Code[] = [];
  for (const word of kept) {
    code.push(compute(word));
    const home = vacant.pop() ?? firstLocal + locals++;
    homes.set(word, home);
    code.push(local.set(home));
  }
  code.push(...words.slice(-1).map(compute));
  return { code: code.flat(), locals };
}

function countUses(words: readonly Word[]): Map<Word, number> {
  const uses = new Map<Word, number>();
  for (const operand of words.flatMap((word) => word.operands)) {
    uses.set(operand, (uses.get(operand) ?? 0) + 1);
  }
  return uses;
}
