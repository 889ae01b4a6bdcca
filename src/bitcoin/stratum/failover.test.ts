import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Instant, Seconds } from "../../domain/index.ts";
import {
  type FailoverEffect,
  type FailoverEvent,
  type FailoverState,
  startFailover,
  stepFailover,
} from "./failover.ts";

const settings = { pools: 3, retryPreferredAfter: Seconds(600) };

/** Plays events at seconds and tells what came of each in words. */
function play(script: readonly (readonly [number, FailoverEvent["kind"], number?])[]): readonly string[] {
  let state = startFailover(settings);
  return script.map(([second, kind, pool = 0]) => {
    const event: FailoverEvent = kind === "failed" ? { kind, pool, why: "test" } : { kind, pool };
    const step = stepFailover(state, event, Instant(second * 1000));
    state = step.state;
    return step.effects.map((effect) => `${effect.kind} ${effect.pool}`).join(", ");
  });
}

describe("failover", () => {
  it("takes the first pool that answers", () => {
    expect(
      play([
        [0, "start"],
        [1, "authorized", 0],
        [2, "tick"],
      ]),
    ).toEqual(["connect 0", "use 0", ""]);
  });

  it("goes down the list, and rests longer with every failure before it starts over", () => {
    expect(
      play([
        [0, "start"],
        [1, "failed", 0],
        [2, "failed", 1],
        [3, "failed", 2],
        [5.9, "tick"],
        [6, "tick"],
        [6.5, "failed", 0],
        [7, "tick"],
        [7.5, "failed", 1],
        [8, "tick"],
        [9, "failed", 2],
        [16.4, "tick"],
        [16.5, "tick"],
      ]),
    ).toEqual([
      "connect 0",
      "connect 1",
      "connect 2",
      "",
      "",
      "connect 0",
      "",
      "connect 1",
      "",
      "connect 2",
      "",
      "",
      "connect 0",
    ]);
  });

  it("tries the preferred ones again after a while on a spare, and goes back only once one has taken us", () => {
    expect(
      play([
        [0, "start"],
        [1, "failed", 0],
        [2, "failed", 1],
        [3, "authorized", 2],
        [602.9, "tick"],
        [603, "tick"],
        [604, "tick"],
        [605, "failed", 0],
        [606, "failed", 1],
        [1205, "tick"],
        [1206, "tick"],
        [1207, "authorized", 0],
        [1208, "tick"],
      ]),
    ).toEqual([
      "connect 0",
      "connect 1",
      "connect 2",
      "use 2",
      "",
      "connect 0",
      "",
      "connect 1",
      "",
      "",
      "connect 0",
      "use 0, disconnect 2",
      "",
    ]);
  });

  it("gives a proven pool another chance at once when it is lost, then goes on to the next", () => {
    expect(
      play([
        [0, "start"],
        [1, "authorized", 0],
        [100, "failed", 0],
        [101, "failed", 0],
        [102, "authorized", 1],
      ]),
    ).toEqual(["connect 0", "use 0", "connect 0", "connect 1", "use 1"]);
  });

  it("does not fall for a pool that takes us and hangs up within a minute", () => {
    expect(
      play([
        [0, "start"],
        [1, "authorized", 0],
        [60, "failed", 0],
        [61, "authorized", 1],
      ]),
    ).toEqual(["connect 0", "use 0", "connect 1", "use 1"]);
  });

  it("keeps the preferred pool when the spare is lost while it is tried", () => {
    expect(
      play([
        [0, "start"],
        [1, "failed", 0],
        [2, "authorized", 1],
        [700, "tick"],
        [701, "failed", 1],
        [702, "authorized", 0],
      ]),
    ).toEqual(["connect 0", "connect 1", "use 1", "connect 0", "", "use 0"]);
  });
});

it("never uses two pools, never connects to one twice, and always has something to wait for", () => {
  const event = fc.record({
    after: fc.integer({ min: 0, max: 120_000 }),
    answers: fc.boolean(),
    which: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 200 }), (script) => {
      const open = new Set<number>();
      let using: number | undefined;
      let state: FailoverState = startFailover(settings);
      let now = 0;
      const take = (event: FailoverEvent) => {
        const step = stepFailover(state, event, Instant(now));
        state = step.state;
        for (const effect of step.effects) carryOut(effect);
      };
      const carryOut = ({ kind, pool }: FailoverEffect) => {
        if (kind === "connect") {
          expect(open).not.toContain(pool);
          open.add(pool);
        } else if (kind === "disconnect") {
          expect(open).toContain(pool);
          expect(using).not.toBe(pool);
          open.delete(pool);
        } else {
          expect(open).toContain(pool);
          using = pool;
        }
      };
      take({ kind: "start" });
      for (const { after, answers, which } of script) {
        now += after;
        const pool = [...open][which];
        if (pool === undefined) take({ kind: "tick" });
        else if (answers && pool !== using) take({ kind: "authorized", pool });
        else if (!answers) {
          open.delete(pool);
          if (using === pool) using = undefined;
          take({ kind: "failed", pool, why: "test" });
        }
        expect(open.size).toBeLessThanOrEqual(2);
        expect(state.using?.pool).toBe(using);
      }
      now += 120_000;
      take({ kind: "tick" });
      expect(open.size).toBeGreaterThan(0);
    }),
  );
});
