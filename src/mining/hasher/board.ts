import { Hashes, Seconds } from "../../domain/index.ts";

/** What the threads share: when the main thread was last alive, and what each search thread has done. */
export interface Board {
  readonly buffer: SharedArrayBuffer;
  /** Called by the main thread while it is well. */
  beat(): void;
  /** How long ago it last was, on the clock that all threads of a process share. */
  beatAge(): Seconds;
  setDone(thread: number, hashes: number, busy: Seconds): void;
  /** Acts while no other thread does; those wait. */
  alone<T>(act: () => T): T;
  /** The sum over all threads. */
  done(): { readonly hashes: Hashes; readonly busy: Seconds };
}

const beatIndex = 0;
const lockIndex = 1;
const hashesIndex = (thread: number) => 2 + 2 * thread;
const busyIndex = (thread: number) => 3 + 2 * thread;

export const boardFor = (threads: number): Board =>
  openBoard(new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT * hashesIndex(threads)));

export function openBoard(buffer: SharedArrayBuffer): Board {
  const cells = new BigInt64Array(buffer);
  const threads = (cells.length - hashesIndex(0)) / 2;
  const sum = (index: (thread: number) => number) => {
    let total = 0n;
    for (let thread = 0; thread < threads; thread++) total += Atomics.load(cells, index(thread));
    return Number(total);
  };
  return {
    buffer,
    beat: () => void Atomics.store(cells, beatIndex, process.hrtime.bigint()),
    beatAge: () => Seconds(Number(process.hrtime.bigint() - Atomics.load(cells, beatIndex)) / 1e9),
    setDone(thread, hashes, busy) {
      Atomics.store(cells, hashesIndex(thread), BigInt(hashes));
      Atomics.store(cells, busyIndex(thread), BigInt(Math.round(busy * 1e6)));
    },
    alone(act) {
      while (Atomics.compareExchange(cells, lockIndex, 0n, 1n) !== 0n) Atomics.wait(cells, lockIndex, 1n);
      try {
        return act();
      } finally {
        Atomics.store(cells, lockIndex, 0n);
        Atomics.notify(cells, lockIndex, 1);
      }
    },
    done: () => ({ hashes: Hashes(sum(hashesIndex)), busy: Seconds(sum(busyIndex) / 1e6) }),
  };
}
