/**
 * Hashes of found shares, kept by their first eight bytes: these no miner chooses, and among thousands no two agree
 * by chance. A pool keeps many, so each takes about sixteen bytes.
 */
export interface SeenHashes {
  /** Pairs of words, both zero where there is room. */
  table: Uint32Array;
  size: number;
}

const firstPlaces = 8;

export const noHashes = (): SeenHashes => ({ table: new Uint32Array(2 * firstPlaces), size: 0 });

/** Remembers a hash of 32 bytes. @returns false when it was known. */
export function seeHash(seen: SeenHashes, hash: Uint8Array): boolean {
  const { low, high } = wordsOf(hash);
  const at = placeOf(seen.table, low, high);
  if (seen.table[at] !== 0 || seen.table[at + 1] !== 0) return false;
  seen.table[at] = low;
  seen.table[at + 1] = high;
  seen.size += 1;
  if (4 * seen.size > seen.table.length) seen.table = doubled(seen.table);
  return true;
}

export function hasSeen({ table }: SeenHashes, hash: Uint8Array): boolean {
  const { low, high } = wordsOf(hash);
  const at = placeOf(table, low, high);
  return table[at] !== 0 || table[at + 1] !== 0;
}

/** Where a pair is, or would be: at or after the place that its own bits name. */
function placeOf(table: Uint32Array, low: number, high: number): number {
  let at = (2 * low) % table.length;
  while ((table[at] !== 0 || table[at + 1] !== 0) && (table[at] !== low || table[at + 1] !== high)) {
    at = (at + 2) % table.length;
  }
  return at;
}

function doubled(table: Uint32Array): Uint32Array {
  const larger = new Uint32Array(2 * table.length);
  for (let at = 0; at < table.length; at += 2) {
    const [low = 0, high = 0] = [table[at], table[at + 1]];
    if (low === 0 && high === 0) continue;
    const place = placeOf(larger, low, high);
    larger[place] = low;
    larger[place + 1] = high;
  }
  return larger;
}

function wordsOf(hash: Uint8Array): { low: number; high: number } {
  const view = new DataView(hash.buffer, hash.byteOffset, 8);
  return { low: view.getUint32(0, true), high: view.getUint32(4, true) };
}
