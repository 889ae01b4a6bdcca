import { beforeEach, describe, expect, it } from "vitest";
import { HeaterId, Instant, type Provenance, Seconds, type SimulatedClock, simulatedClock, Watts } from "../../domain/index.ts"; // prettier-ignore
import type { HeaterReading, Workload } from "../../heat/index.ts";
import { TaskGauges } from "./taskGauges.ts";

const pc = { id: HeaterId("pc"), idleWatts: Watts(30), wattsPerSlot: Watts(60) };
let site: SimulatedClock;
let host: SimulatedClock;
let gauges: TaskGauges;
let reading: HeaterReading | undefined;
let setpoint = 0;
beforeEach(() => {
  [site, host] = [simulatedClock(Instant(0)), simulatedClock(Instant(0))];
  gauges = new TaskGauges(site, host);
  reading = undefined;
  gauges.follow({ reading: () => reading, setpoint: () => setpoint });
});
const reads = (watts: number, workload: Workload, provenance: Provenance = "metered", at = site.now()) => {
  reading = { at, watts: Watts(watts), provenance, workload, faults: [] };
};
const pass = async (seconds: number, ofHost = seconds) => {
  await Promise.all([site.advance(Seconds(seconds)), host.advance(Seconds(ofHost))]);
  gauges.follow({ reading: () => reading, setpoint: () => setpoint });
};

describe("what tasks drew", () => {
  it("is what their heater was metered at from the moment on at which it runs them, in equal parts", async () => {
    setpoint = 150;
    reads(30, "idle");
    const [one, two] = [gauges.begin(pc), gauges.begin(pc)];
    gauges.follow({ reading: () => reading, setpoint: () => setpoint });
    reads(100, "job", "metered", Instant(3000));
    await pass(4);
    await pass(7);
    expect(one()).toEqual({ joules: 400, provenance: "metered" });
    setpoint = 90;
    reads(80, "job");
    await pass(10);
    expect(two()).toEqual({ joules: 1200, provenance: "metered" });
  });

  it("leaves out what it mines beside them", async () => {
    setpoint = 180;
    reads(200, "job");
    const task = gauges.begin(pc);
    await pass(10);
    expect(task()).toEqual({ joules: 1000, provenance: "metered" });
  });

  it("is told as reported where it was for a while, and not at all where nobody measured", async () => {
    setpoint = 90;
    reads(90, "job");
    const one = gauges.begin(pc);
    await pass(5);
    reads(90, "job", "reported");
    await pass(5);
    expect(one()).toEqual({ joules: 900, provenance: "reported" });
    const two = gauges.begin(pc);
    reads(90, "job", "estimated");
    await pass(5);
    expect(two()).toBeUndefined();
    reads(90, "job");
    const three = gauges.begin(pc);
    await pass(61);
    expect(three()).toBeUndefined();
  });

  it("counts by the exchange's time where the site's is faster", async () => {
    setpoint = 90;
    reads(90, "job");
    const task = gauges.begin(pc);
    await pass(50, 5);
    expect(task()).toEqual({ joules: 450, provenance: "metered" });
  });
});
