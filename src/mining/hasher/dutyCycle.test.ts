import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Seconds } from "../../domain/index.ts";
import { advanceDutyCycle, dutyPeriod, nextTurn, startDutyCycle } from "./dutyCycle.ts";

const batch = 0.005;
/** Even one hash takes some time. */
const shortestWork = 1e-6;

describe("a duty cycle", () => {
  it("uses its share of the time, however late its timers and however busy the processor", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.004, noNaN: true }),
        fc.double({ min: 1, max: 1.5, noNaN: true }),
        (duty, timerDelay, slowdown) => {
          fc.pre(duty * slowdown < 0.95);
          const { busy, time } = run(duty, 60, timerDelay, slowdown);
          expect(busy / time).toBeCloseTo(duty, 2);
        },
      ),
    );
  });

  it.each([0.05, 0.3, 0.9])("works and rests once a period at duty %d", (duty) => {
    const { longest } = run(duty, 60, 0, 1);
    expect(longest).toBeLessThanOrEqual(duty * dutyPeriod + 1e-4);
    const start = startDutyCycle(usage(0, 0));
    expect(nextTurn(start, duty)).toEqual({ kind: "rest", for: expect.closeTo((1 - duty) * dutyPeriod) });
  });

  it("works all the time at duty 1 and never at duty 0", () => {
    const start = startDutyCycle(usage(0, 0));
    expect(nextTurn(start, 1).kind).toBe("work");
    const later = advanceDutyCycle(start, 0, usage(1000, 0));
    expect(nextTurn(later, 0).kind).toBe("rest");
  });

  it("does not catch up on time when it could not work", () => {
    const start = startDutyCycle(usage(0, 0));
    const later = advanceDutyCycle(start, 0.5, usage(1000, 0));
    expect(later.credit).toBeLessThan(dutyPeriod);
  });
});

/** Runs a thread whose timers are late and whose work takes `slowdown` times as long as the CPU time it uses. */
function run(duty: number, duration: number, timerDelay: number, slowdown: number) {
  let time = 0;
  let busy = 0;
  let stretch = 0;
  let longest = 0;
  for (let cycle = startDutyCycle(usage(0, 0)); time < duration;) {
    cycle = advanceDutyCycle(cycle, duty, usage(time, busy));
    const turn = nextTurn(cycle, duty);
    if (turn.kind === "rest") {
      time += turn.for + timerDelay;
      stretch = 0;
    } else {
      const used = Math.max(shortestWork, Math.min(turn.for, batch));
      busy += used;
      time += used * slowdown;
      stretch += used;
      longest = Math.max(longest, stretch);
    }
  }
  return { busy, time, longest };
}

const usage = (at: number, busy: number) => ({ at: Seconds(at), busy: Seconds(busy) });
