import { setImmediate } from "node:timers/promises";
import {
  type Clock,
  HearthworkError,
  type Instant,
  type JobId,
  plus,
  type ProviderId,
  Seconds,
} from "../domain/index.ts";
import { restAfter, trustRules } from "../jobs/index.ts";
import { type Ask, type Bid, match } from "../market/index.ts";
import type { ExchangeStore, Failed, Lease, Returned, Work } from "../store/index.ts";
import { bidOfSpec } from "./bidOfSpec.ts";
import { gather } from "./gather.ts";

/** A provider that is connected here, as the dispatcher sees it. */
export interface Seat {
  readonly provider: ProviderId;
  /** What it offers beside what it works on; undefined while it gets nothing. */
  ask(now: Instant): Ask | undefined;
  /** Gives it a lease that was made for it. */
  give(lease: Lease, work: Work, deadline: Instant): void;
  /** It is to get nothing for a while. */
  rest(until: Instant): void;
}

export interface DispatcherOptions {
  readonly store: ExchangeStore;
  readonly clock: Clock;
  readonly onFault: (thrown: unknown, what: string) => void;
  /** Chance, uniform in [0, 1), that nobody can foresee. */
  readonly draw: () => number;
  /** That these are not let in any more. */
  readonly onBanned: (providers: readonly ProviderId[]) => void;
  /** That jobs ended: what anybody does for them is not wanted any more. */
  readonly onEnded: (jobs: readonly JobId[]) => void;
  /** That these results of jobs were found wrong, and are replaced. */
  readonly onReplaced: (results: readonly { readonly job: JobId; readonly index: number }[]) => void;
  /** An id for a job of the exchange's own, like all others. */
  readonly newJobId: () => JobId;
}

/** A lease that is not renewed for so long ends. */
export const leaseTime = Seconds(30);
/** A batch that is written at once after a batch carries little: what came in while its commit was under way. */
export const betweenBatches = Seconds(0.002);
const sweepEvery = Seconds(2);
const foldEvery = Seconds(1);
const releaseEvery = Seconds(60);
const recheckEvery = Seconds(2);
const canariesEvery = Seconds(5);
const forgottenEvery = Seconds(60);
const mostLeases = 4096;
const mostResults = 256;

/** Places what waits on who is here, and takes what they bring. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #seats = new Map<ProviderId, Seat>();
  readonly #closing = new AbortController();
  readonly #loops: Promise<void>[] = [];
  #isPlacing = false;
  #isWanted = false;
  readonly bring: (result: Omit<Returned, "draw">) => Promise<boolean>;
  readonly fail: (failure: Failed) => Promise<boolean>;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    const { store, clock } = options;
    const rest = () => clock.sleep(betweenBatches);
    this.bring = gather(
      mostResults,
      async (results) => {
        const drawn = results.map((result) => ({ ...result, draw: options.draw() }));
        const { held, ended, banned } = await again(() => store.takeResults(drawn, clock.now()));
        if (ended.length > 0) options.onEnded(ended);
        if (banned.length > 0) options.onBanned(banned);
        return ({ lease }) => held.has(lease);
      },
      rest,
    );
    this.fail = gather(mostResults, async (failures) => {
      const { failed, ended } = await again(() => store.failLeases(failures, clock.now()));
      await this.#restBadNodes(failures.filter(({ lease }) => failed.has(lease)));
      if (ended.length > 0) options.onEnded(ended);
      return ({ lease }) => failed.has(lease);
    });
  }

  start(): void {
    this.#loops.push(
      this.#every(sweepEvery, "a sweep", () => this.#sweep()),
      this.#every(forgottenEvery, "looking for jobs that are done", () => this.#endForgotten()),
      this.#every(recheckEvery, "doing doubted results again", () => this.#recheck()),
      this.#every(canariesEvery, "giving out tasks with known results", () => this.#orderCanaries()),
      this.#every(releaseEvery, "letting go of what was held back", () => this.#release()),
      this.#every(foldEvery, "folding the ledger", async () => {
        while ((await this.#options.store.fold()) === "more");
      }),
    );
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#loops);
    while (this.#isPlacing) await this.#options.clock.sleep(Seconds(0.01));
  }

  seat(seat: Seat): void {
    this.#seats.set(seat.provider, seat);
    this.kick();
  }

  unseat(seat: Seat): void {
    if (this.#seats.get(seat.provider) === seat) this.#seats.delete(seat.provider);
  }

  /** What is asked now by who has slots left. */
  asks(): Ask[] {
    const now = this.#options.clock.now();
    return [...this.#seats.values()].flatMap((seat) => seat.ask(now) ?? []);
  }

  /** Something has changed: there may be something to place. */
  kick(): void {
    this.#isWanted = true;
    if (!this.#isPlacing) void this.#placeAll();
  }

  async #placeAll(): Promise<void> {
    this.#isPlacing = true;
    while (this.#isWanted && !this.#closing.signal.aborted) {
      // Many slots come free in the same turn of the loop: one round is for all of them.
      await setImmediate();
      this.#isWanted = false;
      try {
        await this.#placeOnce();
        await this.#options.clock.sleep(betweenBatches, this.#closing.signal);
      } catch (thrown) {
        this.#options.onFault(thrown, "placing tasks");
        await this.#options.clock.sleep(Seconds(1), this.#closing.signal);
        this.#isWanted = true;
      }
    }
    this.#isPlacing = false;
  }

  async #placeOnce(): Promise<void> {
    const { store, clock } = this.#options;
    const asks = this.asks();
    const free = asks.flatMap(({ steps }) => steps).reduce((sum, { slots }) => sum + slots, 0);
    if (free === 0) return;
    const work = await store.work(Math.min(free, mostLeases));
    if (work.length === 0) return;
    const placements = match(
      asks,
      work.map((one) => bidOf(one, clock.now())),
    );
    const now = clock.now();
    const deadline = plus(now, leaseTime);
    const checked = new Set(work.filter(({ doers }) => doers.length > 0).map(({ job }) => job));
    const { true: checks = [], false: firsts = [] } = Object.groupBy(
      placements,
      ({ job }) => `${checked.has(job)}` as const,
    );
    const leases = (
      await Promise.all([
        again(() => store.makeFirstLeases(firsts, now, deadline)),
        again(() => store.makeLeases(checks, now, deadline)),
      ])
    ).flat();
    const byJob = new Map(work.map((one) => [one.job, one]));
    for (const lease of leases) {
      const one = byJob.get(lease.job);
      if (one) this.#seats.get(lease.provider)?.give(lease, one, deadline);
    }
  }

  async #sweep(): Promise<void> {
    const { store, clock, onEnded } = this.#options;
    const lost = await store.expireLeases(clock.now(), mostLeases);
    const late = await store.endLateJobs(clock.now());
    const ended = [...lost.ended, ...late];
    if (ended.length > 0) onEnded(ended);
    this.kick();
  }

  async #endForgotten(): Promise<void> {
    const { store, clock, onEnded } = this.#options;
    const ended = await store.endForgottenJobs(clock.now());
    if (ended.length > 0) onEnded(ended);
  }

  async #recheck(): Promise<void> {
    const { store, clock, newJobId, onBanned, onReplaced } = this.#options;
    const ordered = await again(() => store.orderRechecks(newJobId, clock.now()));
    if (ordered > 0) this.kick();
    for (const { replaced, banned } of [
      await again(() => store.closeRechecks(clock.now())),
      await again(() => store.closeAppeals(clock.now())),
    ]) {
      if (replaced.length > 0) onReplaced(replaced);
      if (banned.length > 0) onBanned(banned);
    }
  }

  async #orderCanaries(): Promise<void> {
    const { store, clock, newJobId } = this.#options;
    if ((await again(() => store.orderCanaries(newJobId, clock.now()))) > 0) this.kick();
  }

  async #release(): Promise<void> {
    const { store, clock } = this.#options;
    const windowBegan = plus(clock.now(), Seconds(-trustRules.auditSeconds));
    await store.lapseRechecks(windowBegan);
    await store.releaseHeld(windowBegan, clock.now());
  }

  async #restBadNodes(failures: readonly Failed[]): Promise<void> {
    const { store, clock } = this.#options;
    for (const { provider, kind } of failures) {
      const seconds = restAfter[kind];
      if (seconds === 0) continue;
      const until = plus(clock.now(), Seconds(seconds));
      await store.restProvider(provider, until);
      this.#seats.get(provider)?.rest(until);
    }
  }

  async #every(period: Seconds, what: string, work: () => Promise<void>): Promise<void> {
    const { clock, onFault } = this.#options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await clock.sleep(period, signal);
      if (!signal.aborted) await work().catch((thrown: unknown) => onFault(thrown, what));
    }
  }
}

const bidOf = ({ job, consumer, spec, doers, wanted, isJudged, machine }: Work, now: Instant): Bid => ({
  ...bidOfSpec(spec, wanted, now),
  job,
  consumer,
  doers,
  leastTrust: isJudged ? 1 : undefined,
  machine,
});

const tries = 4;

/** What may succeed later is tried a few times at once: two replicas can get in each other's way. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left -= 1) {
    try {
      return await work();
    } catch (thrown) {
      const isPassing = thrown instanceof HearthworkError && thrown.retry === "later";
      if (!isPassing || left <= 1) throw thrown;
    }
  }
}
