import { emitNonceWords, emitWorkWords, type Slots, wordsOf } from "./emitWords.ts";
import { inputs, topWordOfHeaderHash } from "./headerHash.ts";
import { type Code, control, i32, local } from "./instructions.ts";
import { type Machine, scalar, vector } from "./machine.ts";
import { encodeModule } from "./wasmModule.ts";
import { createArithmetic, rates, type Word } from "./words.ts";

export interface KernelForm {
  /** Several nonces at once in vectors, or one at a time. */
  readonly simd: boolean;
}

const machineOf = ({ simd }: KernelForm): Machine => (simd ? vector : scalar);

/** How many nonces make a group. */
export const groupSize = (form: KernelForm): number => machineOf(form).lanes;

/** The bytes of one word in the kernel's memory. */
export const wordBytes = 4;

const [nonce, groups, firstFree] = [0, 1, 2];

/**
 * A WebAssembly module that searches the nonces of a block header. Its `memory` takes the `inputs`; its function
 * `scan(nonce, groups)` tries groups of nonces from `nonce` on, up to and including the first group in which the
 * most significant word of some hash is at most the target's. It gives the number of groups not tried, or −1 when
 * there was no such hash.
 */
export function emitKernel(form: KernelForm): Uint8Array<ArrayBuffer> {
  const machine = machineOf(form);
  const arithmetic = createArithmetic(machine);
  const words = wordsOf(topWordOfHeaderHash(arithmetic), arithmetic.words);
  const perWork = words.filter((word) => word.rate === rates.work);
  const perNonce = words.filter((word) => word.rate === rates.nonce);
  const slots = assignSlots(perWork);
  const topWord = emitNonceWords(perNonce, machine, slots, local.get(nonce), firstFree);

  const countGroup: Code[] = [local.get(groups), i32.const(1), i32.sub, local.set(groups)];
  const isCandidate: Code[] = [topWord.code, machine.load(wordBytes * inputs.targetTop), machine.anyAtMost];
  const returnGroups: Code[] = [control.if, local.get(groups), control.return, control.end];
  const nextGroup: Code[] = [local.get(nonce), i32.const(machine.lanes), i32.add, local.set(nonce)];
  const body: Code[] = [
    emitWorkWords(perWork, slots),
    control.loop,
    ...countGroup,
    ...isCandidate,
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
      locals: { count: topWord.locals, type: machine.value },
      body: body.flat(),
    },
  });
}

/** Inputs have the slots of their indices; what is computed of them comes after. */
function assignSlots(words: readonly Word[]): Slots {
  const computed = words.filter((word) => word.operation !== "input");
  const indices = new Map(computed.map((word, i) => [word, inputs.count + i]));
  return (word) => wordBytes * (indices.get(word) ?? word.immediate);
}
