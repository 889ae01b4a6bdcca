import { describe, expect, it } from "vitest";
import { Digest, Seconds, Watts } from "../../../domain/index.ts";
import type { TaskRunner } from "../../../jobs/index.ts";
import type { ComputingDriver } from "../../definition.ts";
import { type Bench, describeDriver } from "../../describeDriver.suite.ts";
import { openTestComputer as open, signal } from "./testComputer.suite.ts";

const noWire = "there is no wire: its threads run in this process";

async function openBench(): Promise<Bench> {
  const { driver, clock, miner } = await open();
  const watts = () => 30 + (miner.stats().hashrate / 4e6) * 60;
  return {
    driver,
    tolerance: Watts(0.5),
    device: {
      truth: () => Promise.resolve({ watts: watts(), workload: watts() > 30 ? "mining" : "idle" }),
      pass: (duration) => clock.advance(duration),
      suffer: () => expect.unreachable(),
      recover: () => expect.unreachable(),
      loseHearth: () => Promise.resolve(miner.loseHearth()),
    },
    dispose: () => driver.close(),
  };
}

describeDriver({
  name: "this-computer",
  open: openBench,
  notApplicable: {
    silent: noWire,
    "half-open": noWire,
    slow: noWire,
    dripping: noWire,
    oversized: noWire,
    garbage: noWire,
    refusing: noWire,
    "lets go of it and leaves it as it is": "its threads are this process's own and end with it",
    rebooting: "when this computer restarts, the hearth on it does too",
  },
});

describe("this computer's power", () => {
  it.each([
    [33, 0.05],
    [60, 0.5],
    [90, 1],
  ])("of %d W is asked for as a duty of %d", async (watts, duty) => {
    const { mine, miner } = await open();
    expect(await mine(watts)).toMatchObject({ outcome: "applied", reading: { watts, workload: "mining" } });
    expect(miner.stats().duty).toBeCloseTo(duty, 9);
  });

  it("is estimated from the time in which the threads were really busy", async () => {
    const { mine, miner, settled } = await open({ threads: 1 });
    await mine(90);
    expect(await settled()).toMatchObject({ watts: 90, provenance: "estimated" });
    miner.setDuty(0.25);
    expect((await settled()).watts).toBeCloseTo(45, 9);
  });

  it("is told for the new setpoint at once, not for the time before it", async () => {
    const { mine, settled, clock } = await open();
    await mine(90);
    await settled();
    await clock.advance(Seconds(8));
    expect(await mine(45)).toMatchObject({ reading: { watts: 45 } });
    expect((await settled()).watts).toBeCloseTo(45, 9);
    expect(await mine(30 + 3)).toMatchObject({ outcome: "applied" });
    expect((await settled()).hashrate).toBeCloseTo(0.05 * 4e6, 3);
  });

  it("is told of all the time since a setpoint that changed nothing", async () => {
    const { mine, miner, clock } = await open();
    await mine(60);
    await clock.advance(Seconds(5));
    miner.setDuty(1);
    await clock.advance(Seconds(5));
    miner.setDuty(0.5);
    expect(await mine(60)).toMatchObject({ reading: { watts: 75 } });
  });

  it("is capped by the duty that its owner allows", async () => {
    const { driver, mine } = await open({ maxDuty: 0.5 });
    expect(driver.traits.steps.mining).toEqual({ kind: "range", min: 31.5, max: 60, step: 1.5 });
    expect(await mine(90)).toEqual({
      outcome: "refused",
      why: "90 W is not between 31.5 W and 60 W; 0 W is asked for as idle",
    });
    expect(driver.traits.maxWatts).toBe(90);
  });

  it("is refused for work that it cannot do", async () => {
    const { driver } = await open();
    const heating = driver.apply({ watts: Watts(60), workload: "heating" }, signal);
    expect(await heating).toEqual({
      outcome: "refused",
      why: "this computer computes with every watt",
    });
    const job = driver.apply({ watts: Watts(60), workload: "job" }, signal);
    expect(await job).toEqual({ outcome: "refused", why: "this computer only mines" });
  });

  it("does not hide that the threads did not obey", async () => {
    const { mine, miner } = await open();
    miner.jam();
    await expect(mine(60)).rejects.toMatchObject({ code: "driver/not-applied" });
  });
});

describe("this computer without a pool", () => {
  const why = "no pool answers: pool.test:3333 refused the connection";

  it("says that it cannot heat, and draws its idle power", async () => {
    const { mine, miner, settled } = await open();
    miner.losePool(why);
    const applied = await mine(90);
    expect(applied).toMatchObject({
      outcome: "applied",
      reading: { watts: 30, workload: "idle", faults: [why] },
    });
    expect(await settled()).toMatchObject({ watts: 30, workload: "idle", hashrate: 0, faults: [why] });
  });

  it("heats again when one is back", async () => {
    const { mine, miner, settled } = await open();
    miner.losePool(why);
    await mine(90);
    miner.losePool(undefined);
    expect(await settled()).toMatchObject({ watts: 90, workload: "mining", faults: [] });
  });
});

describe("this computer with tasks of an exchange", () => {
  const order = {
    module: { digest: Digest("0".repeat(64)), bytes: new Uint8Array() },
    input: new Uint8Array(),
    memoryMiB: 1,
    limitSeconds: 60,
    maxOutputBytes: 1,
  };
  const work = (driver: ComputingDriver, of: AbortSignal = signal) =>
    driver.tasks?.run(order, of, () => {}) ?? expect.unreachable();
  const settledTasks = () => new Promise<void>((resolve) => setImmediate(resolve));
  /** Ends a task when it is told to. */
  const runner: TaskRunner = {
    run: (_order, of) =>
      new Promise((resolve) =>
        of.addEventListener("abort", () =>
          resolve({ kind: "failed", failure: "evicted", message: "it was stopped" }),
        ),
      ),
    close: async () => {},
  };
  const openTwo = () => open({ threads: 2 }, "/nowhere", runner);

  it("runs one on a thread of its own, mines with the rest, and with all of it once the task is gone", async () => {
    const { driver, miner } = await openTwo();
    await driver.apply({ watts: Watts(90), workload: "job" }, signal);
    expect(miner.stats().duty).toBe(1);
    const stop = new AbortController();
    const task = work(driver, stop.signal);
    await settledTasks();
    expect(miner.stats().duty).toBe(0.5);
    expect(await driver.read(signal)).toMatchObject({ workload: "job", watts: 90 });
    stop.abort();
    await task;
    expect(miner.stats().duty).toBe(1);
  });

  it("has as many places as the setpoint has watts for", async () => {
    const { driver, miner } = await openTwo();
    await driver.apply({ watts: Watts(60), workload: "job" }, signal);
    const tasks = [work(driver), work(driver)];
    await settledTasks();
    expect(miner.stats().duty).toBe(0);
    expect(await driver.read(signal)).toMatchObject({ watts: 60, workload: "job" });
    await driver.apply({ watts: Watts(30), workload: "idle" }, signal);
    expect(await tasks[0]).toMatchObject({ failure: "evicted" });
    expect((await driver.read(signal)).workload).toBe("idle");
  });

  it("ends them when it is to mine, and when it is let go of", async () => {
    const { driver } = await openTwo();
    await driver.apply({ watts: Watts(90), workload: "job" }, signal);
    const first = work(driver);
    await settledTasks();
    await driver.apply({ watts: Watts(90), workload: "mining" }, signal);
    expect(await first).toMatchObject({ failure: "evicted" });
    await driver.apply({ watts: Watts(90), workload: "job" }, signal);
    const second = work(driver);
    await settledTasks();
    await driver.close();
    expect(await second).toMatchObject({ failure: "evicted" });
  });

  it("heats with them while no pool gives it work", async () => {
    const { driver, miner, settled } = await openTwo();
    miner.losePool("no pool");
    await driver.apply({ watts: Watts(90), workload: "job" }, signal);
    void work(driver);
    await settledTasks();
    expect(await settled()).toMatchObject({ watts: 60, workload: "job" });
  });
});
