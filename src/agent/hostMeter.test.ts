import { describe, expect, it } from "vitest";
import { Joules } from "../domain/index.ts";
import { hostMeter } from "./hostMeter.ts";

const power = { idleWatts: 20, fullWatts: 100, cores: 4, slots: 2 };

describe("the meter of a machine that heats nothing", () => {
  it("gives each task its share of the machine's own counter", () => {
    let counted = 0;
    const meter = hostMeter({ power, pue: 1.2, carbon: null, counter: () => Joules(counted) });
    const first = meter.begin();
    counted = 10;
    const second = meter.begin();
    counted = 30;
    expect(first({ seconds: 1, cpuSeconds: 1 })).toEqual({
      method: "rapl",
      energy: { metered: 0, reported: 20, estimated: 0 },
      heat: [],
      boundary: { name: "the computer room", joules: 24 },
      carbon: null,
    });
    expect(second({ seconds: 1, cpuSeconds: 1 }).energy.reported).toBe(10);
  });

  it("estimates by declared power where there is no counter", () => {
    const meter = hostMeter({ power, pue: 1, carbon: null, counter: undefined });
    expect(meter.begin()({ seconds: 10, cpuSeconds: 5 })).toMatchObject({
      method: "declared-power",
      energy: { metered: 0, reported: 0, estimated: 200 },
      boundary: { name: "the machine", joules: 200 },
    });
  });
});
