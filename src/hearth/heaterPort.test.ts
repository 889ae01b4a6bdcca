import { describe, expect, it } from "vitest";
import { HeaterId, Instant, Seconds, simulatedClock, Watts } from "../domain/index.ts";
import type { Applied, HeaterDriver, HeaterReading, HeaterTraits, Setpoint } from "../heat/index.ts";
import { openHeaterPort } from "./heaterPort.ts";

const traits: HeaterTraits = {
  steps: { mining: { kind: "levels", watts: [Watts(500), Watts(1000)] } },
  idleWatts: Watts(5),
  maxWatts: Watts(1000),
  powerReturnWatts: Watts(5),
  canStop: true,
  stopSurvivesRestart: true,
  settle: Seconds(0),
  change: "live",
  provenance: "reported",
  safeState: { description: "stops", guard: { by: "device-watchdog", within: Seconds(5) } },
};
const heating = (watts: number): Setpoint => ({ watts: Watts(watts), workload: "mining" });

function device() {
  const clock = simulatedClock(Instant(0));
  const told: string[] = [];
  let watts = 5;
  const reading = (): HeaterReading => ({
    at: clock.now(),
    watts: Watts(watts),
    provenance: "reported",
    workload: watts > 5 ? "mining" : "idle",
    faults: [],
  });
  const driver: HeaterDriver = {
    traits,
    async read() {
      told.push("read");
      return reading();
    },
    async apply(setpoint): Promise<Applied> {
      told.push(`apply ${setpoint.watts}`);
      watts = setpoint.watts;
      return { outcome: "applied", reading: reading() };
    },
    async close() {
      told.push("close");
    },
    async leave() {
      told.push("leave");
    },
  };
  return { clock, driver, told };
}

describe("a heater's line", () => {
  it("reads every 5 s and applies a setpoint at once", async () => {
    const { clock, driver, told } = device();
    const port = openHeaterPort(HeaterId("h"), driver, clock);
    await clock.advance(Seconds(6));
    expect(told).toEqual(["read", "read"]);
    port.ask(heating(500));
    await clock.advance(Seconds(0));
    expect(told.at(-1)).toBe("apply 500");
    expect(port.snapshot()).toMatchObject({ reading: { watts: 500 }, trouble: undefined });
  });

  it("writes the same setpoint again only when told to", async () => {
    const { clock, driver, told } = device();
    const port = openHeaterPort(HeaterId("h"), driver, clock);
    port.ask(heating(500));
    await clock.advance(Seconds(1));
    port.ask(heating(500));
    await clock.advance(Seconds(1));
    expect(told.filter((word) => word === "apply 500")).toHaveLength(1);
    port.ask(heating(500), true);
    await clock.advance(Seconds(1));
    expect(told.filter((word) => word === "apply 500")).toHaveLength(2);
  });

  it("writes a refused setpoint again until it holds", async () => {
    const { clock, driver, told } = device();
    let refusals = 2;
    const apply = driver.apply.bind(driver);
    driver.apply = async (setpoint, signal) => {
      if (refusals-- > 0) {
        told.push("busy");
        return { outcome: "busy", why: "calibrating" };
      }
      return apply(setpoint, signal);
    };
    const port = openHeaterPort(HeaterId("h"), driver, clock);
    await clock.advance(Seconds(0));
    port.ask(heating(1000));
    await clock.advance(Seconds(0));
    expect(port.snapshot().trouble).toBe("busy: calibrating");
    await clock.advance(Seconds(11));
    expect(told.filter((word) => word === "busy")).toHaveLength(2);
    expect(port.snapshot()).toMatchObject({ reading: { watts: 1000 }, trouble: undefined });
  });

  it("stops a heater again whose start failed half-way, though it had held the very same stop before", async () => {
    const { clock, driver, told } = device();
    const stop: Setpoint = { watts: Watts(0), workload: "idle" };
    const apply = driver.apply.bind(driver);
    driver.apply = async (setpoint, signal) => {
      const applied = await apply(setpoint, signal);
      if (setpoint.watts > 0) throw new Error("no answer, but it runs");
      return applied;
    };
    const port = openHeaterPort(HeaterId("h"), driver, clock);
    port.ask(stop);
    await clock.advance(Seconds(1));
    port.ask(heating(1000));
    await clock.advance(Seconds(1));
    expect(port.snapshot()).toMatchObject({ held: undefined, trouble: "no answer, but it runs" });
    port.ask(stop);
    await clock.advance(Seconds(1));
    expect(told.at(-1)).toBe("apply 0");
    expect(port.snapshot().held).toEqual(stop);
    port.ask(stop, true);
    await clock.advance(Seconds(1));
    expect(told.filter((word) => word === "apply 0")).toHaveLength(3);
  });

  it("goes on seeing a heater that does not take its stop, and goes on telling it", async () => {
    const { clock, driver, told } = device();
    const port = openHeaterPort(HeaterId("h"), driver, clock);
    port.ask(heating(1000));
    await clock.advance(Seconds(1));
    driver.apply = ({ watts }) => {
      told.push(`refused ${watts}`);
      return Promise.reject(new Error("the relay does not open"));
    };
    port.ask({ watts: Watts(0), workload: "idle" });
    await clock.advance(Seconds(16));
    expect(told.filter((word) => word === "refused 0").length).toBeGreaterThan(2);
    const { reading, ...rest } = port.snapshot();
    expect(reading).toMatchObject({ watts: 1000, workload: "mining" });
    expect(clock.now() - (reading?.at ?? 0)).toBeLessThan(6000);
    expect(rest).toEqual({ answers: true, held: undefined, trouble: "the relay does not open" });
  });

  it("still holds what it held while a device is busy with the next", async () => {
    const { clock, driver } = device();
    const port = openHeaterPort(HeaterId("h"), driver, clock);
    port.ask(heating(500));
    await clock.advance(Seconds(1));
    driver.apply = () => Promise.resolve({ outcome: "busy", why: "calibrating" });
    port.ask(heating(1000));
    await clock.advance(Seconds(1));
    expect(port.snapshot()).toMatchObject({ held: heating(500), trouble: "busy: calibrating" });
  });

  it("gives up on a call at its deadline, asks a hanging driver nothing more, and goes on when it answers", async () => {
    const { clock, driver, told } = device();
    let release = () => {};
    const read = driver.read.bind(driver);
    driver.read = (signal) => {
      told.push("hang");
      return new Promise((resolve) => {
        release = () => resolve(read(signal));
      });
    };
    const port = openHeaterPort(HeaterId("h"), driver, clock);
    await clock.advance(Seconds(30));
    expect(told).toEqual(["hang"]);
    expect(port.snapshot()).toMatchObject({ reading: undefined, answers: false });
    expect(port.snapshot().trouble).toMatch(/hangs|no answer/);
    release();
    driver.read = read;
    await clock.advance(Seconds(10));
    expect(port.snapshot()).toMatchObject({ reading: { watts: 5 }, answers: true });
  });

  it("closes the driver even while a call hangs", async () => {
    const { clock, driver, told } = device();
    driver.read = () => new Promise(() => {});
    const port = openHeaterPort(HeaterId("h"), driver, clock);
    await clock.advance(Seconds(1));
    const closed = port.close();
    await clock.advance(Seconds(20));
    await closed;
    expect(told.at(-1)).toBe("close");
  });

  it("stops the heater by itself when nobody has asked for anything for 90 s", async () => {
    const { clock, driver, told } = device();
    const port = openHeaterPort(HeaterId("h"), driver, clock);
    port.ask(heating(500));
    for (let round = 0; round < 12; round++) {
      await clock.advance(Seconds(10));
      port.ask(heating(500));
    }
    expect(told).not.toContain("apply 0");
    await clock.advance(Seconds(100));
    expect(told).toContain("apply 0");
    port.ask(heating(500));
    await clock.advance(Seconds(1));
    expect(told.at(-1)).toBe("apply 500");
  });

  it("takes a driver that throws at once for one that fails", async () => {
    const { clock, driver } = device();
    driver.read = () => {
      throw new Error("broken driver");
    };
    const port = openHeaterPort(HeaterId("h"), driver, clock);
    await clock.advance(Seconds(30));
    expect(port.snapshot()).toMatchObject({ answers: false, trouble: "broken driver" });
  });
});
