/** How often one thing was done a second, over several rounds. */
export interface Rounds {
  readonly median: number;
  readonly best: number;
}

/**
 * Warms up, then measures in rounds. Other programs take time from some rounds, so that the best is nearest to what
 * the code can do; the median says how far to trust it.
 * @param work does `count` times what is measured
 */
export function ratePerSecond(work: (count: number) => void, roundMs = 400, rounds = 9): Rounds {
  const count = countFor(work, roundMs);
  const rates = Array.from({ length: rounds }, () => {
    const began = performance.now();
    work(count);
    return (count * 1000) / (performance.now() - began);
  }).sort((a, b) => a - b);
  return { median: rates[Math.floor(rounds / 2)] ?? 0, best: rates.at(-1) ?? 0 };
}

/** Doubles until it lasts a round: by then the compiler has done its best, too. */
function countFor(work: (count: number) => void, roundMs: number): number {
  for (let count = 64; ; count *= 2) {
    const began = performance.now();
    work(count);
    const tookMs = performance.now() - began;
    if (tookMs > roundMs / 2) return Math.ceil((count * roundMs) / tookMs);
  }
}
