import { describe, expect, it } from "vitest";
import { Instant, Seconds, simulatedClock } from "../../../domain/index.ts";
import { keepNewest } from "./keepNewest.ts";

const start = Instant(Date.UTC(2026, 0, 15, 12));

function open() {
  const clock = simulatedClock(start);
  const newest = keepNewest({ path: ["t"], timePath: ["at"], unit: "°C" }, clock);
  const hear = (t: number, measuredAt: number, retained = false) => {
    const payload = new TextEncoder().encode(JSON.stringify({ t, at: measuredAt }));
    newest.onMessage({ payload, at: clock.now(), retained });
  };
  return { clock, newest, hear };
}

describe("a value with its time of measurement", () => {
  it("counts from then", () => {
    const { newest, hear } = open();
    hear(20, start - 5000);
    expect(newest.latest()).toEqual({ value: 20, at: start - 5000 });
  });

  it("that is a little ahead of our clock counts as new", () => {
    const { newest, hear } = open();
    hear(20, start + 60_000);
    expect(newest.latest()).toEqual({ value: 20, at: start });
    expect(newest.trouble()).toBeUndefined();
  });

  it("that is far ahead of our clock is not believed", () => {
    const { newest, hear } = open();
    hear(20, start + 61_000);
    expect(newest.latest()).toBeUndefined();
    expect(newest.trouble()).toBe("its clock is 61 s ahead of ours");
  });

  it("does not give way to an older one that was retained", () => {
    const { newest, hear } = open();
    hear(20, start - 1000);
    hear(10, start - 2000, true);
    hear(10, start - 1000, true);
    expect(newest.latest()?.value).toBe(20);
    hear(21, start - 500, true);
    expect(newest.latest()?.value).toBe(21);
  });

  it("gives way to what is said later, whatever that says of its time", () => {
    const { newest, hear } = open();
    hear(20, start - 1000);
    hear(21, start - 2000);
    expect(newest.latest()).toEqual({ value: 21, at: start - 2000 });
  });

  it("hands over every reading once, the oldest giving way beyond a thousand", () => {
    const { newest, hear } = open();
    for (let n = 0; n < 1005; n++) hear(20 + n / 1000, start - 5000 + n);
    const drained = newest.drain();
    expect(drained).toHaveLength(1000);
    expect(drained[0]?.at).toBe(start - 4995);
    expect(newest.drain()).toEqual([]);
    expect(newest.latest()?.at).toBe(start - 3996);
  });
});

describe("a silence", () => {
  it("is told although the wall clock was set back", async () => {
    const { clock, newest, hear } = open();
    hear(20, start - 1000);
    clock.jump(Seconds(-3600));
    await clock.advance(Seconds(300));
    expect(newest.trouble()).toBe("no value for 301 s");
  });

  it("is told after the computer slept, when only the wall clock went on", () => {
    const { clock, newest, hear } = open();
    hear(20, start);
    clock.jump(Seconds(400));
    expect(newest.trouble()).toBe("no value for 400 s");
  });

  it("is explained by messages without the value, though one of them alone is no trouble", async () => {
    const { clock, newest, hear } = open();
    hear(20, start);
    newest.onMessage({ payload: new TextEncoder().encode('{"battery":9}'), at: start, retained: false });
    expect(newest.trouble()).toBeUndefined();
    await clock.advance(Seconds(301));
    expect(newest.trouble()).toBe("nothing lies at t");
  });
});
