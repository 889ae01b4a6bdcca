import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Instant, type Provenance, Seconds, Watts } from "../domain/index.ts";
import { meterPower, type MeterState, newMeter, weaker } from "./meter.ts";

const limits = { maxGap: Seconds(30), maxWatts: Watts(5000) };
const start = Date.UTC(2026, 0, 5);

interface Tick {
  /** Seconds by the monotonic clock. */
  readonly after: number;
  readonly watts?: number;
  /** When it was measured, s after the start; else now. */
  readonly at?: number;
  readonly wallJump?: number;
  readonly provenance?: Provenance;
}

function meter(ticks: readonly Tick[]) {
  let state: MeterState = newMeter;
  let wall = 0;
  const sum = { joules: 0, metered: 0, unmetered: 0, provenance: null as Provenance | null };
  for (const { after, watts, at, wallJump = 0, provenance = "metered" } of ticks) {
    wall += after + wallJump;
    const reading =
      watts === undefined
        ? undefined
        : { at: Instant(start + (at ?? wall) * 1000), watts: watts as Watts, provenance };
    const input = { now: Instant(start + wall * 1000), elapsed: Seconds(after), reading };
    const metered = meterPower(limits, state, input);
    state = metered.state;
    sum.joules += metered.energy.joules;
    sum.metered += metered.energy.metered;
    sum.unmetered += metered.energy.unmetered;
    sum.provenance = weaker(sum.provenance, metered.energy.provenance);
  }
  return { ...sum, state };
}

const first: Tick = { after: 0, watts: 100 };
const tick: Tick = { after: 10, watts: 100 };
const silence: Tick = { after: 10 };

describe("meterPower", () => {
  it.each<[string, Tick[], number, number, number]>([
    ["a steady power", [first, tick, tick], 2000, 20, 0],
    ["a ramp, by its mean", [first, { after: 10, watts: 300 }], 2000, 10, 0],
    ["one reading alone: nothing", [first], 0, 0, 0],
    ["a gap of two rounds, bridged", [first, silence, silence, tick], 3000, 30, 0],
    ["a longer gap, not bridged", [first, silence, silence, silence, tick, tick], 1000, 10, 40],
    ["time after the last reading, pending", [first, silence, silence, silence], 0, 0, 0],
    ["and counted as unmetered when it is too long", [first, silence, silence, silence, silence], 0, 0, 40],
    ["and on", [first, silence, silence, silence, silence, silence], 0, 0, 50],
    ["time before the first reading", [silence, silence, tick, tick], 1000, 10, 30],
    ["one long round", [first, { after: 45, watts: 100 }, tick], 1000, 10, 45],
    ["a reading handed in again", [first, tick, { after: 10, watts: 100, at: 10 }, tick], 3000, 30, 0],
    ["a late reading", [first, tick, { after: 10, watts: 900, at: 5 }, tick], 3000, 30, 0],
    ["a negative power", [first, { after: 10, watts: -50 }, tick], 2000, 20, 0],
    ["a power that is no number", [first, { after: 10, watts: Number.NaN }, tick], 2000, 20, 0],
    ["an infinite power", [first, { after: 10, watts: Infinity }, tick], 2000, 20, 0],
    ["an absurd power", [first, { after: 10, watts: 5001 }, tick], 2000, 20, 0],
    ["only absurd powers", [first, ...[1, 2, 3, 4].map(() => ({ after: 10, watts: 9e9 }))], 0, 0, 40],
    [
      "the device's own times",
      [first, { after: 10, watts: 100, at: 8 }, { after: 10, watts: 100, at: 20 }],
      2000,
      20,
      0,
    ],
    ["a wall clock that jumps forward", [first, { ...tick, wallJump: 3600 }, tick], 2000, 20, 0],
    ["a wall clock that jumps back", [first, tick, { ...tick, wallJump: -3600 }, tick], 3000, 30, 0],
    ["a monotonic clock that gives nonsense", [first, { after: 0, watts: 100, at: 0 }], 0, 0, 0],
  ])("counts %s", (_case, ticks, joules, metered, unmetered) => {
    const sum = meter(ticks);
    expect([sum.joules, sum.metered, sum.unmetered]).toEqual([joules, metered, unmetered]);
  });

  it("tells how many readings it passed over as impossible", () => {
    expect(
      meter([first, { after: 10, watts: -1 }, { after: 10, watts: Number.NaN }, tick]).state.rejected,
    ).toBe(2);
  });

  it("is as sure as the weaker one of two readings", () => {
    const of = (...sources: Provenance[]) =>
      meter(sources.map((provenance, index) => ({ after: index === 0 ? 0 : 10, watts: 100, provenance })))
        .provenance;
    expect(of("metered", "metered")).toBe("metered");
    expect(of("metered", "reported", "metered")).toBe("reported");
    expect(of("estimated", "metered")).toBe("estimated");
    expect(of("estimated")).toBeNull();
  });

  it("accounts for every second once, fills no gap, and keeps within what was read", () => {
    const ticks = fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 60 }),
        watts: fc.option(fc.integer({ min: -100, max: 6000 }), { nil: undefined }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(ticks, (ticks) => {
        const given = ticks.map(({ after, watts }) => (watts === undefined ? { after } : { after, watts }));
        const sum = meter(given);
        const passed = ticks.reduce((total, { after }) => total + after, 0);
        const pending = sum.state.isGap ? 0 : sum.state.since;
        expect(sum.metered + sum.unmetered + pending).toBeCloseTo(passed, 6);
        const read = ticks.map(({ watts }) => watts ?? -1).filter((watts) => watts >= 0 && watts <= 5000);
        expect(sum.joules).toBeLessThanOrEqual(Math.max(0, ...read) * sum.metered + 1e-6);
        expect(sum.joules).toBeGreaterThanOrEqual(Math.min(5000, ...read) * sum.metered - 1e-6);
        expect(JSON.parse(JSON.stringify(sum.state))).toEqual(sum.state);
      }),
    );
  });
});
