/** Chance, passed in. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform among the integers 0 … below − 1. */
  integer(below: number): number;
  /** Normal with mean 0 and deviation 1. */
  normal(): number;
  /** An independent stream, the same for the same name. */
  fork(name: string): Random;
}

/** A reproducible stream: xoshiro128** (Blackman, Vigna 2018), seeded by SplitMix32. */
export function seededRandom(seed: number): Random {
  let mixed = seed >>> 0;
  const splitMix = () => {
    mixed = (mixed + 0x9e3779b9) >>> 0;
    let z = mixed;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  let [a, b, c, d] = [splitMix(), splitMix(), splitMix(), splitMix()];

  const uint32 = () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  const next = () => (uint32() * 0x200000 + (uint32() >>> 11)) / 0x20000000000000;

  return {
    next,
    integer: (below) => Math.floor(next() * below),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    fork: (name) => {
      let hash = seed >>> 0;
      for (const character of name)
        hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
      return seededRandom(hash);
    },
  };
}

const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by));
