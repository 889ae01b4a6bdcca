import { describe, expect, it } from "vitest";
import { HearthworkError, Instant, Seconds, simulatedClock } from "../domain/index.ts";
import type { Store, TickRecord } from "../store/index.ts";
import { openJournal } from "./journal.ts";

const tick = (at: number): TickRecord => ({
  at: Instant(at),
  readings: [],
  decisions: [],
  events: [],
  state: null,
});

/** The two calls that a journal makes, over a database that can be taken away. */
function flakyStore() {
  const kept: number[] = [];
  let fault: ((ticks: readonly TickRecord[]) => HearthworkError | undefined) | undefined;
  const write = async (ticks: readonly TickRecord[]) => {
    const thrown = fault?.(ticks);
    if (thrown) throw thrown;
    kept.push(...ticks.map(({ at }) => at));
  };
  const store = { recordTick: (one: TickRecord) => write([one]), recordHistory: write } as Store;
  return { store, kept, fail: (next: typeof fault) => (fault = next) };
}
const away = () =>
  new HearthworkError({ code: "store/unreachable", message: "database away", retry: "later" });

describe("the journal", () => {
  it("keeps order, and tells when a tick is durable", async () => {
    const clock = simulatedClock(Instant(0));
    const { store, kept } = flakyStore();
    const journal = openJournal(store, clock);
    await Promise.all([1, 2, 3].map((at) => journal.record(tick(at))));
    expect(kept).toEqual([1, 2, 3]);
    expect(journal.trouble()).toBeUndefined();
  });

  it("holds ticks while the database is away and writes them when it is back", async () => {
    const clock = simulatedClock(Instant(0));
    const { store, kept, fail } = flakyStore();
    fail(away);
    const journal = openJournal(store, clock);
    const written = [1, 2, 3].map((at) => journal.record(tick(at)));
    await clock.advance(Seconds(20));
    expect(kept).toEqual([]);
    expect(journal.trouble()).toContain("3 rounds wait");
    fail(undefined);
    await clock.advance(Seconds(6));
    await Promise.all(written);
    expect(kept).toEqual([1, 2, 3]);
    expect(journal.trouble()).toBeUndefined();
  });

  it("lets go of the oldest ticks past two hours, and says so", async () => {
    const clock = simulatedClock(Instant(0));
    const { store, kept, fail } = flakyStore();
    fail(away);
    const journal = openJournal(store, clock);
    const told = Array.from({ length: 1000 }, (_, index) => journal.record(tick(index + 1)));
    await clock.advance(Seconds(6));
    expect(journal.trouble()).toContain("280 were lost");
    fail(undefined);
    await clock.advance(Seconds(6));
    expect(kept).toHaveLength(720);
    expect(kept.at(-1)).toBe(1000);
    expect((await Promise.all(told)).filter((isKept) => isKept)).toHaveLength(720);
  });

  it("does not let one tick that can never be kept hold up the others", async () => {
    const clock = simulatedClock(Instant(0));
    const { store, kept, fail } = flakyStore();
    fail((ticks) =>
      ticks.some(({ at }) => at === 2)
        ? new HearthworkError({ code: "store/not-a-number", message: "bad reading" })
        : undefined,
    );
    const journal = openJournal(store, clock);
    const told = [1, 2, 3].map((at) => journal.record(tick(at)));
    await clock.advance(Seconds(1));
    expect(kept).toEqual([1, 3]);
    expect(await Promise.all(told)).toEqual([true, false, true]);
  });

  it("ends by its deadline though the database stays away", async () => {
    const clock = simulatedClock(Instant(0));
    const { store, fail } = flakyStore();
    fail(away);
    const journal = openJournal(store, clock);
    void journal.record(tick(1));
    let ended = false;
    void journal.close(Seconds(3)).then(() => (ended = true));
    await clock.advance(Seconds(2));
    expect(ended).toBe(false);
    await clock.advance(Seconds(2));
    expect(ended).toBe(true);
  });
});
