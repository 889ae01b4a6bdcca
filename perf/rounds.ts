/** How often something was done a second, over several rounds. */
export interface Rounds {
  readonly median: number;
  readonly best: number;
}

/** Does `count` times what is measured. */
export type Work = (count: number) => void;

const roundMs = 200;
const rounds = 15;

/**
 * Warms up, then measures in rounds, each of all works one after the other, so that what else the machine does meets
 * all of them. The best round is nearest to what the code can do; the median says how far to trust it.
 */
export function ratesPerSecond<Name extends string>(
  works: Readonly<Record<Name, Work>>,
): Record<Name, Rounds> {
  const measured = (Object.entries(works) as [Name, Work][]).map(([name, work]) => ({
    name,
    work,
    count: warmUp(work),
    rates: [] as number[],
  }));
  for (let round = 0; round < rounds; round++) {
    for (const { work, count, rates } of measured) {
      const began = performance.now();
      work(count);
      rates.push((count * 1000) / (performance.now() - began));
    }
  }
  return Object.fromEntries(measured.map(({ name, rates }) => [name, summary(rates)])) as Record<
    Name,
    Rounds
  >;
}

function summary(rates: readonly number[]): Rounds {
  const sorted = rates.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, best: sorted.at(-1) ?? 0 };
}

/** Does ever more until it lasts a round, which is when compilers have done their best, too. Gives how much that was. */
function warmUp(work: Work): number {
  for (let count = 64; ; count *= 2) {
    const began = performance.now();
    work(count);
    const tookMs = performance.now() - began;
    if (tookMs > roundMs) return Math.ceil((count * roundMs) / tookMs);
  }
}
