import { emitNonceWords, emitSeldomWords, wordsOf } from "./emitWords.ts";
import { targetTop, topWordOfHeaderHash } from "./headerHash.ts";
import { type Code, control, i32, local } from "./instructions.ts";
import { type Machine, scalar, vector, vectorPair } from "./machine.ts";
import { layOutMemory } from "./memory.ts";
import { encodeModule } from "./wasmModule.ts";
import { createArithmetic, rates, type Word } from "./words.ts";

/** One nonce at a time; four in a vector; or eight in two vectors, for compilers that join them to one. */
export type KernelForm = "scalar" | "simd" | "wide";

const machines: Readonly<Record<KernelForm, Machine>> = { scalar, simd: vector, wide: vectorPair };

/** How many nonces make a group. */
export const groupSize = (form: KernelForm): number => machines[form].values * machines[form].lanes;

const [nonce, groups, firstFree] = [0, 1, 2];

/**
 * A WebAssembly module that searches the nonces of a block header. Its `memory` takes the inputs; its function
 * `scan(nonce, groups)` tries groups of nonces from `nonce` on, up to and including the first group in which the
 * most significant word of some hash is at most the target's. It gives the number of groups not tried, or −1 when
 * there was no such hash.
 */
export function emitKernel(form: KernelForm): Uint8Array<ArrayBuffer> {
  const machine = machines[form];
  const memory = layOutMemory(machine);
  const arithmetic = createArithmetic(machine);
  const target = targetTop(arithmetic);
  const words = wordsOf(topWordOfHeaderHash(arithmetic), arithmetic.words);
  const perNonce = words.filter((word) => word.rate === rates.nonce);
  const seldom = [target, ...words.filter((word) => word.rate === rates.work), ...constantsOf(perNonce)];
  const search = emitNonceWords(perNonce, machine, memory, nonce, firstFree);

  const isAtMostTarget = search.last.map((index, value): Code => [
    ...local.get(index),
    ...i32.const(0),
    ...machine.load(memory.slot(target, value)),
    ...machine.anyAtMost,
    ...(value > 0 ? i32.or : []),
  ]);
  const countGroup: Code[] = [local.get(groups), i32.const(1), i32.sub, local.set(groups)];
  const returnGroups: Code[] = [control.if, local.get(groups), control.return, control.end];
  const nextGroup: Code[] = [local.get(nonce), i32.const(groupSize(form)), i32.add, local.set(nonce)];
  const body: Code[] = [
    emitSeldomWords(seldom, machine, memory),
    control.loop,
    ...countGroup,
    search.code,
    ...isAtMostTarget,
    ...returnGroups,
    ...nextGroup,
    local.get(groups),
    control.branchIf(0),
    control.end,
    i32.const(-1),
  ];
  return encodeModule({
    memory: { name: "memory", pages: 1 },
    function: {
      name: "scan",
      parameters: ["i32", "i32"],
      results: ["i32"],
      locals: { count: search.locals, type: machine.type },
      body: body.flat(),
    },
  });
}

/** The constants that words are made of, each value once. */
function constantsOf(words: readonly Word[]): Word[] {
  const operands = words.flatMap((word) => word.operands).filter((word) => word.rate === rates.never);
  return [...new Map(operands.map((word) => [word.immediate, word])).values()];
}
