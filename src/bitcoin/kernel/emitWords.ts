import { type Code, i32, local } from "./instructions.ts";
import { type Machine, scalar } from "./machine.ts";
import type { Memory } from "./memory.ts";
import { isOperation, rates, type Word } from "./words.ts";

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

/** Computes the words that are the same for all nonces into their slots, once for every lane. */
export function emitSeldomWords(words: readonly Word[], machine: Machine, memory: Memory): Code {
  const base = i32.const(0);
  const read = (word: Word): Code =>
    word.rate === rates.never ? i32.const(word.immediate) : [...base, ...i32.load(memory.slot(word))];
  const compute = (word: Word): Code => {
    const { operation, operands, immediate } = word;
    if (isOperation(operation)) return [...operands.flatMap(read), ...scalar.operate(operation, immediate)];
    return operation === "constant" ? read(word) : [...base, ...i32.load(memory.input(immediate))];
  };
  return words.flatMap((word) =>
    valuesOf(machine).flatMap((value) => [
      ...base,
      ...compute(word),
      ...machine.splat,
      ...machine.store(memory.slot(word, value)),
    ]),
  );
}

export interface NonceWords {
  readonly code: Code;
  /** How many locals it takes, from `firstLocal` on. */
  readonly locals: number;
  /** The locals that hold the last word's values. */
  readonly last: readonly number[];
}

/**
 * Computes the words that change with the nonce. What is used once stays on the stack; what is used more often, and
 * the last word, is kept in a local for each value until its last use.
 */
export function emitNonceWords(
  words: readonly Word[],
  machine: Machine,
  memory: Memory,
  nonce: number,
  firstLocal: number,
): NonceWords {
  const values = valuesOf(machine);
  const uses = countUses(words);
  const readsLeft = new Map([...uses].map(([word, count]) => [word, count * machine.values]));
  const kept = words.filter((word, i) => (uses.get(word) ?? 0) > 1 || i === words.length - 1);
  const homes = new Map<Word, readonly number[]>();
  const vacant: (readonly number[])[] = [];
  let locals = 0;

  const compute = ({ operation, operands, immediate }: Word, value: number): Code =>
    isOperation(operation)
      ? [...operands.flatMap((word) => read(word, value)), ...machine.operate(operation, immediate)]
      : [...local.get(nonce), ...machine.countUp(value)];
  const read = (word: Word, value: number): Code => {
    if (word.rate < rates.nonce) return [...i32.const(0), ...machine.load(memory.slot(word, value))];
    const home = homes.get(word);
    if (!home) return compute(word, value);
    const left = (readsLeft.get(word) ?? 0) - 1;
    readsLeft.set(word, left);
    if (left === 0) vacant.push(home);
    return local.get(home[value] ?? 0);
  };

  const code: Code[] = [];
  let last: readonly number[] = [];
  for (const [i, word] of kept.entries()) {
    const computed = values.map((value) => compute(word, value));
    last = vacant.pop() ?? values.map(() => firstLocal + locals++);
    homes.set(word, last);
    for (const value of values) code.push(computed[value] ?? [], local.set(last[value] ?? 0));
    if (isAnchor(i, kept.length, machine)) code.push(emitAnchor(last, machine, memory));
  }
  return { code: code.flat(), locals, last };
}

const isAnchor = (index: number, count: number, { anchorEvery }: Machine) =>
  anchorEvery !== undefined && (index === count - 1 || index % anchorEvery === anchorEvery - 1);

/** The higher address first: the revectorizer saves nothing the other way round. */
function emitAnchor(locals: readonly number[], machine: Machine, memory: Memory): Code {
  const addresses = memory.anchor();
  return locals
    .flatMap((index, value) => [
      [...i32.const(0), ...local.get(index), ...machine.store(addresses[value] ?? 0)],
    ])
    .toReversed()
    .flat();
}

const valuesOf = ({ values }: Machine) => Array.from({ length: values }, (_, value) => value);

function countUses(words: readonly Word[]): Map<Word, number> {
  const uses = new Map<Word, number>();
  for (const operand of words.flatMap((word) => word.operands)) {
    uses.set(operand, (uses.get(operand) ?? 0) + 1);
  }
  return uses;
}
