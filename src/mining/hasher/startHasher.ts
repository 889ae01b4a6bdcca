import { type KernelForm, plainForm } from "../../bitcoin/index.ts";
import { Hashes, HearthworkError, Seconds } from "../../domain/index.ts";
import { type Crew, startCrew } from "./crew.ts";
import type { Hasher, HasherOptions, WorkSource } from "./hasher.ts";
import { createRateWindow } from "./rateWindow.ts";

const beatIntervalMs = 1000;
const mostThreads = 1024;
/** Before the threads are started again; twice as long after each fault, until they have been sound for a while. */
const usualFirstPause = Seconds(1);
const longestPause = Seconds(60);
const soundAfter = 60;
const searchWorker = new URL(
  import.meta.url.endsWith(".ts") ? "./search.worker.ts" : "./search.worker.js",
  import.meta.url,
);

export interface StartHasherOptions extends HasherOptions {
  /** Default: the fastest that gives right hashes here. */
  readonly form?: KernelForm;
  /** The threads' script, for tests of threads that fail. */
  readonly worker?: URL;
  /** Before the first restart, for tests of threads that fail. Default 1 s. */
  readonly firstPause?: Seconds;
}

/**
 * Starts the threads, without work and at duty 0. When one fails all end at once, and are started again after a
 * pause with the same work and duty.
 * @throws {HearthworkError} `hasher/bad-threads` unless there are 1 … 1024; `setDuty` throws `hasher/bad-duty`
 *   outside 0 … 1.
 */
export function startHasher(options: StartHasherOptions): Hasher {
  const { threads: count, form, worker: script = searchWorker, firstPause = usualFirstPause } = options;
  if (!Number.isInteger(count) || count < 1 || count > mostThreads) throw badThreads(count);

  const rate = createRateWindow();
  let source: WorkSource | undefined;
  let duty = 0;
  let kernel = form ?? plainForm();
  let earlier: Done = { hashes: Hashes(0), busy: Seconds(0) };
  let faults = 0;
  let isTroubled = false;
  let startedAt = now();
  let restarting: NodeJS.Timeout | undefined;
  let hasClosed = false;

  const done = () => sumOf(earlier, crew.done());
  const start = (): Crew => {
    startedAt = now();
    return startCrew({
      threads: count,
      form,
      script,
      duty,
      nextWork: () => source?.(),
      onReady: (chosen) => (kernel = chosen),
      onHit: (hit) => options.onHit(hit),
      onFault: fail,
    });
  };
  const fail = (fault: HearthworkError) => {
    const pause = Seconds(Math.min(longestPause, firstPause * 2 ** faults));
    faults += 1;
    isTroubled = true;
    restarting = setTimeout(() => void restart(), pause * 1000).unref();
    options.onFault(fault, pause);
  };
  const restart = async () => {
    await crew.end();
    if (hasClosed) return;
    earlier = done();
    crew = start();
    crew.renewWork();
  };
  const tellRecovery = () => {
    const isAsked = source !== undefined && duty > 0;
    if (!isTroubled || !crew.isReady() || (isAsked && crew.done().hashes === 0)) return;
    isTroubled = false;
    options.onRecovered();
  };
  const beat = () => {
    crew.beat();
    if (source) crew.feedIdle();
    rate.add({ at: now(), hashes: done().hashes });
    tellRecovery();
    if (now() - startedAt > soundAfter) faults = 0;
  };

  let crew = start();
  const beating = setInterval(beat, beatIntervalMs).unref();
  beat();

  return {
    setSource(next) {
      source = next;
      crew.renewWork();
    },
    setDuty(next) {
      if (!(next >= 0 && next <= 1)) throw badDuty(next);
      duty = next;
      crew.setDuty(duty);
    },
    stats() {
      const { hashes, busy } = done();
      return { hashes, busy, hashrate: rate.rateUntil({ at: now(), hashes }), duty, threads: count, kernel };
    },
    async close() {
      hasClosed = true;
      clearInterval(beating);
      clearTimeout(restarting);
      await crew.end();
    },
  };
}

type Done = ReturnType<Crew["done"]>;

const sumOf = (one: Done, other: Done): Done => ({
  hashes: Hashes(one.hashes + other.hashes),
  busy: Seconds(one.busy + other.busy),
});

const now = () => Seconds(performance.now() / 1000);

const badThreads = (threads: number) =>
  new HearthworkError({
    code: "hasher/bad-threads",
    message: `${threads} is no number of hash threads; give 1 to ${mostThreads}, at most one for each processor core`,
    data: { threads: String(threads) },
  });

const badDuty = (duty: number) =>
  new HearthworkError({
    code: "hasher/bad-duty",
    message: `${duty} is no share of time; give 0 to 1`,
    data: { duty: String(duty) },
  });
