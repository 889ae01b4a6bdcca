import { type Code, i32, local } from "./kernel/instructions.ts";
import { roundConstants } from "./kernel/sha256Constants.ts";
import { encodeModule } from "./kernel/wasmModule.ts";

/** Bytes of one block of a message. */
export const blockBytes = 64;

const wordBytes = 4;
const stateWords = 8;
const blockWords = 16;
const [block, firstWord] = [0, 1];
const firstOfState = firstWord + blockWords;
const here = i32.const(0);

/**
 * A WebAssembly module with SHA-256's compression (FIPS 180-4, §6.2.2). Its `memory` begins with the state, eight
 * words; its function `compress(address)` takes the block of 64 bytes at an address into it.
 */
export function emitCompress(): Uint8Array<ArrayBuffer> {
  return encodeModule({
    memory: { name: "memory", pages: 1 },
    function: {
      name: "compress",
      parameters: ["i32"],
      results: [],
      locals: { count: blockWords + stateWords, type: "i32" },
      body: [loadBlock(), loadState(), ...roundConstants.map(round), addState()].flat(),
    },
  });
}

const schedule = (t: number) => firstWord + (t % blockWords);
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Words are big-endian in a message, and little-endian in memory. */
const loadBlock = (): Code =>
  range(blockWords).flatMap((t) => [
    ...local.get(block),
    ...i32.load(wordBytes * t),
    ...local.set(schedule(t)),
    ...masked(rotated(schedule(t), 8), 0xff00ff00),
    ...masked(rotated(schedule(t), 24), 0x00ff00ff),
    ...i32.xor,
    ...local.set(schedule(t)),
  ]);

const loadState = (): Code =>
  range(stateWords).flatMap((i) => [...here, ...i32.load(wordBytes * i), ...local.set(firstOfState + i)]);

const addState = (): Code =>
  range(stateWords).flatMap((i) => [
    ...here,
    ...here,
    ...i32.load(wordBytes * i),
    ...local.get(firstOfState + i),
    ...i32.add,
    ...i32.store(wordBytes * i),
  ]);

const [a, b, c, d, e, f, g, h] = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** The working variables change places in each round: their values stay where they are, and the names move on. */
function round(constant: number, t: number): Code {
  const home = (name: number) => firstOfState + ((name - t + roundConstants.length) % stateWords);
  const get = (name: number) => local.get(home(name));
  return [
    t < blockWords ? [] : nextWord(t),
    // h + Σ1(e) + Ch(e, f, g) + K + W, left in h
    get(h),
    sigma(home(e), 6, 11, 25),
    i32.add,
    [...get(f), ...get(g), ...i32.xor, ...get(e), ...i32.and, ...get(g), ...i32.xor],
    i32.add,
    i32.const(constant),
    i32.add,
    local.get(schedule(t)),
    i32.add,
    local.set(home(h)),
    [...get(d), ...get(h), ...i32.add, ...local.set(home(d))],
    // and to that Σ0(a) + Maj(a, b, c)
    get(h),
    sigma(home(a), 2, 13, 22),
    i32.add,
    [...get(a), ...get(b), ...i32.xor, ...get(b), ...get(c), ...i32.xor, ...i32.and, ...get(b), ...i32.xor],
    i32.add,
    local.set(home(h)),
  ].flat();
}

/** The schedule's word t takes the place of word t − 16. */
const nextWord = (t: number): Code =>
  [
    local.get(schedule(t)),
    local.get(schedule(t - 7)),
    i32.add,
    smallSigma(schedule(t - 15), 7, 18, 3),
    i32.add,
    smallSigma(schedule(t - 2), 17, 19, 10),
    i32.add,
    local.set(schedule(t)),
  ].flat();

const rotated = (index: number, bits: number): Code => [
  ...local.get(index),
  ...i32.const(bits),
  ...i32.rotateRight,
];
const shifted = (index: number, bits: number): Code => [
  ...local.get(index),
  ...i32.const(bits),
  ...i32.shiftRight,
];
const masked = (word: Code, mask: number): Code => [...word, ...i32.const(mask), ...i32.and];
const sigma = (index: number, x: number, y: number, z: number): Code => [
  ...rotated(index, x),
  ...rotated(index, y),
  ...i32.xor,
  ...rotated(index, z),
  ...i32.xor,
];
const smallSigma = (index: number, x: number, y: number, z: number): Code => [
  ...rotated(index, x),
  ...rotated(index, y),
  ...i32.xor,
  ...shifted(index, z),
  ...i32.xor,
];
