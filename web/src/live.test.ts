import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { atMostEvery, followLive, isHeard, type LinkFacts, linkOf } from "./live.ts";

const facts: LinkFacts = { streamOpen: true, pollFailed: false, heardAtMs: 100_000, tickedAtMs: 100_000 };

describe("the connection", () => {
  it.each([
    ["connecting", { heardAtMs: undefined, tickedAtMs: undefined, streamOpen: false }, 0],
    ["lost", { heardAtMs: undefined, tickedAtMs: undefined, pollFailed: true }, 0],
    ["live", {}, 110_000],
    ["polling", { streamOpen: false }, 110_000],
    ["lost", { streamOpen: false, pollFailed: true }, 101_000],
    ["live", { pollFailed: true }, 110_000],
    ["lost", { pollFailed: true }, 123_000],
    ["old", { heardAtMs: 140_000 }, 141_000],
  ] as const)("is %s with %o", (kind, change, nowMs) => {
    expect(linkOf({ ...facts, ...change }, nowMs).kind).toBe(kind);
  });

  it("tells for how long the loop has stood still", () => {
    expect(linkOf({ ...facts, heardAtMs: 160_000 }, 160_000)).toEqual({ kind: "old", seconds: 60 });
  });

  it("needs no polling while the stream speaks", () => {
    expect(isHeard(facts, 121_000)).toBe(true);
    expect(isHeard(facts, 123_000)).toBe(false);
    expect(isHeard({ ...facts, streamOpen: false }, 101_000)).toBe(false);
  });
});

describe("live updates", () => {
  class Stream extends EventTarget {
    static readonly opened: Stream[] = [];
    isClosed = false;
    readonly url: string;
    constructor(url: string) {
      super();
      this.url = url;
      Stream.opened.push(this);
    }
    close() {
      this.isClosed = true;
    }
  }

  beforeEach(() => {
    vi.useFakeTimers();
    Stream.opened.length = 0;
    vi.stubGlobal("EventSource", Stream);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("opens the stream again after ever longer pauses, until it speaks", () => {
    const onOpen = vi.fn<(open: boolean) => void>();
    const leave = followLive("/live", "site", { onValue: () => {}, onOpen });
    const fail = () => Stream.opened.at(-1)?.dispatchEvent(new Event("error"));

    fail();
    expect(onOpen).toHaveBeenLastCalledWith(false);
    expect(Stream.opened[0]?.isClosed).toBe(true);
    vi.advanceTimersByTime(999);
    expect(Stream.opened).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(Stream.opened).toHaveLength(2);

    fail();
    vi.advanceTimersByTime(1999);
    expect(Stream.opened).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(Stream.opened).toHaveLength(3);

    Stream.opened[2]?.dispatchEvent(new Event("open"));
    expect(onOpen).toHaveBeenLastCalledWith(true);
    Stream.opened[2]?.dispatchEvent(new MessageEvent("site", { data: "{}" }));
    fail();
    vi.advanceTimersByTime(1000);
    expect(Stream.opened).toHaveLength(4);

    leave();
    expect(Stream.opened[3]?.isClosed).toBe(true);
  });

  it("opens nothing after it was left", () => {
    const leave = followLive("/live", "site", { onValue: () => {}, onOpen: () => {} });
    Stream.opened[0]?.dispatchEvent(new Event("error"));
    leave();
    vi.advanceTimersByTime(60_000);
    expect(Stream.opened).toHaveLength(1);
  });

  it("hands on each value", () => {
    const onValue = vi.fn<(site: { tick: number }) => void>();
    followLive("/live", "site", { onValue, onOpen: () => {} });
    Stream.opened[0]?.dispatchEvent(new MessageEvent("site", { data: '{"tick":7}' }));
    expect(onValue).toHaveBeenCalledWith({ tick: 7 });
  });

  it("shows at most one value in a while, and always the last", () => {
    const shown: number[] = [];
    const paced = atMostEvery<number>(250, (value) => shown.push(value));
    for (const value of [1, 2, 3]) paced.push(value);
    expect(shown).toEqual([1]);
    vi.advanceTimersByTime(250);
    expect(shown).toEqual([1, 3]);
    vi.advanceTimersByTime(250);
    paced.push(4);
    expect(shown).toEqual([1, 3, 4]);
    paced.push(5);
    paced.stop();
    vi.advanceTimersByTime(1000);
    expect(shown).toEqual([1, 3, 4]);
  });
});
