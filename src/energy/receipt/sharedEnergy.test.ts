import { array, assert, boolean, double, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { Joules } from "../../domain/index.ts";
import { assumedPower, declaredEnergy } from "./declaredPower.ts";
import { SharedEnergy } from "./sharedEnergy.ts";

describe("the energy of a machine that several tasks share", () => {
  it("is each task's in equal parts while they run together, and nobody's while none runs", () => {
    const shared = new SharedEnergy(Joules(100));
    const one = shared.begin(Joules(110));
    const two = shared.begin(Joules(120));
    expect(shared.end(one, Joules(140))).toBe(20);
    expect(shared.end(two, Joules(145))).toBe(15);
    const three = shared.begin(Joules(200));
    expect(shared.end(three, Joules(203))).toBe(3);
  });

  it("is never more than was counted, however tasks come and go", () => {
    const steps = array(tuple(boolean(), double({ min: 0, max: 1e6, noNaN: true })), {
      maxLength: 40,
    });
    assert(
      property(steps, (all) => {
        const shared = new SharedEnergy(Joules(0));
        const running: number[] = [];
        let [counted, given] = [0, 0];
        for (const [isBegin, more] of all) {
          counted += more;
          const task = isBegin ? undefined : running.shift();
          if (task === undefined) running.push(shared.begin(Joules(counted)));
          else given += shared.end(task, Joules(counted));
        }
        for (const task of running) given += shared.end(task, Joules(counted));
        expect(given).toBeLessThanOrEqual(counted * (1 + 1e-9));
      }),
    );
  });
});

describe("the energy of declared power", () => {
  it("is a slot's part of idling, and a core's part of what work adds", () => {
    const power = { idleWatts: 20, fullWatts: 100, cores: 4, slots: 2 };
    expect(declaredEnergy(power, { seconds: 10, cpuSeconds: 5 })).toBe(200);
  });

  it("is a cloud machine's where nobody declared any", () => {
    expect(assumedPower(8)).toEqual({ idleWatts: 5.92, fullWatts: 28 });
  });
});
