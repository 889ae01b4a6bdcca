import { inputs } from "./headerHash.ts";
import type { Machine } from "./machine.ts";
import { rates, type Word } from "./words.ts";

const wordBytes = 4;

/** Where an input's word is written. */
export const inputAddress = (index: number): number => wordBytes * index;

/** A kernel's memory: the inputs, then a slot for each word that is the same for all nonces, then the anchors. */
export interface Memory {
  readonly input: (index: number) => number;
  /** The address of one value of a word, the same in all its lanes. */
  readonly slot: (word: Word, value?: number) => number;
  /** Addresses side by side for the values of a word that is stored only to be seen there. */
  readonly anchor: () => readonly number[];
}

export function layOutMemory({ values, lanes }: Machine): Memory {
  const valueBytes = wordBytes * lanes;
  const slotBytes = values * valueBytes;
  const slots = new Map<Word | number, number>();
  let next = Math.ceil((wordBytes * inputs.count) / slotBytes) * slotBytes;
  const take = () => {
    next += slotBytes;
    return next - slotBytes;
  };
  return {
    input: inputAddress,
    slot(word, value = 0) {
      const key = word.rate === rates.never ? word.immediate : word;
      const address = slots.get(key) ?? take();
      slots.set(key, address);
      return address + value * valueBytes;
    },
    anchor() {
      const address = take();
      return Array.from({ length: values }, (_, value) => address + value * valueBytes);
    },
  };
}
