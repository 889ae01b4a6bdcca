import { afterEach, describe, expect, it } from "vitest";
import { Seconds } from "../../src/domain/index.ts";
import { describeDriver } from "../../src/drivers/describeDriver.suite.ts";
import { axeos } from "../../src/drivers/heaters/axeos/driver.ts";
import { openedSafely } from "../../src/drivers/heaters/table.ts";
import { describeWith } from "../parts.ts";
import { axeosBench, openAxeos } from "./axeosBench.ts";
import { testContext } from "./bench.ts";
import { recordedDevice } from "./recordedDevice.ts";

type Opened = Awaited<ReturnType<typeof openAxeos>>;
const opened: Opened[] = [];
afterEach(async () => {
  for (const { driver, twin } of opened.splice(0)) {
    await driver.leave();
    await twin.close();
  }
});
const open = async (...options: Parameters<typeof openAxeos>) => {
  const one = await openAxeos(...options);
  opened.push(one);
  return one;
};
/** Dust until it trips, then clean air again, and so long that it has cooled down. */
async function trip({ twin, pass, read }: Opened) {
  twin.misbehave({ kind: "chokes", factor: 2.5 });
  for (let seconds = 0; seconds < 60; seconds += 5) {
    await pass(5);
    await read();
  }
  twin.misbehave(undefined);
  await pass(120);
  await read();
}

describeDriver({
  name: "axeos",
  open: () => axeosBench(true),
  meddle: ({ twin }) => twin.boot({ frequency: 500, coreVoltage: 1120 }),
});
describeDriver({ name: "axeos without pause", open: () => axeosBench(false) });

describe("the levels of a Bitaxe", () => {
  it("are those typical of its model, the highest as it comes", async () => {
    const { driver } = await open();
    expect(driver.traits).toMatchObject({
      steps: { mining: { kind: "levels", watts: [14.8, 19.5, 22] } },
      idleWatts: 5,
      maxWatts: 27.5,
      powerReturnWatts: 27.5,
    });
  });

  it("are its owner's, where the owner has measured them", async () => {
    const { driver, mine, twin, pass } = await open(
      {},
      {
        levels: [{ frequencyMhz: 400, coreVoltageMv: 1060, watts: 15.4 }],
        idleWatts: 4,
        unattendedWatts: 20,
      },
    );
    expect(driver.traits.steps).toEqual({ mining: { kind: "levels", watts: [15.4] } });
    await mine(15.4);
    await pass(60);
    expect(twin.watts()).toBeCloseTo(5 + 17 * (400 / 525) * (1060 / 1150) ** 2, 3);
  });

  it("that the device does not offer are refused and told", async () => {
    const { read, mine } = await open({ offers: { frequency: [400, 500], coreVoltage: [1000, 1250] } });
    const { available, faults } = await read();
    expect(available).toEqual({ kind: "levels", watts: [14.8, 19.5] });
    expect(faults).toEqual(["It does not offer 525 MHz at 1150 mV; change its model or its levels"]);
    expect(await mine(22)).toEqual({
      outcome: "refused",
      why: "the device does not offer 525 MHz at 1150 mV",
    });
  });

  it("are believed where old firmware does not say what it offers", async () => {
    const { mine } = await open({ offers: null });
    expect(await mine(22)).toMatchObject({ outcome: "applied" });
  });

  it("hold once the firmware has taken them over, which takes it a moment", async () => {
    const { mine, clock, read } = await open({ takesOver: 1.8 });
    const setting = mine(14.8);
    const now = { isOver: false };
    void setting.finally(() => (now.isOver = true));
    while (!now.isOver) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      await clock.advance(Seconds(0.2));
    }
    expect(await setting).toMatchObject({ outcome: "applied", reading: { setTo: 14.8 } });
    expect((await read()).setTo).toBe(14.8);
  });

  it("stay below what it may draw unattended", async () => {
    const { driver } = await open({}, { unattendedWatts: 20 });
    expect(driver.traits.steps.mining).toEqual({ kind: "levels", watts: [14.8, 19.5] });
  });

  it("are asked for by their own watts", async () => {
    const { mine } = await open();
    expect(await mine(18)).toEqual({
      outcome: "refused",
      why: "it has no level of 18 W, but 14.8, 19.5, 22 W",
    });
  });
});

describe("a Bitaxe", () => {
  it("tells what it is set to, whoever set it", async () => {
    const { read, twin, rest } = await open();
    twin.boot({ frequency: 400, coreVoltage: 1000 });
    expect((await read()).setTo).toBe(14.8);
    twin.boot({ frequency: 450, coreVoltage: 1050 });
    expect((await read()).setTo).toBeCloseTo(5 + 9.8 * (450 / 400) * (1050 / 1000) ** 2, 0);
    await rest();
    expect((await read()).setTo).toBe(0);
  });

  it("that another hand overclocked is not left to itself, and set right before it rests", async () => {
    const { read, rest, twin, pass } = await open();
    twin.boot({ frequency: 625, coreVoltage: 1250 });
    expect((await read()).unguarded).toBe("it is set to some 28.9 W, and may be left to itself at 22 W");
    await rest();
    expect(await read()).not.toHaveProperty("unguarded");
    twin.boot();
    await pass(60);
    expect(twin.watts()).toBeCloseTo(22, 1);
  });

  it("that has lost its pools computes nothing, and says so once it had time to start", async () => {
    const { read, twin, pass } = await open();
    await pass(200);
    await read();
    twin.misbehave({ kind: "loses-its-pools" });
    await pass(200);
    expect(await read()).toMatchObject({
      workload: "idle",
      watts: 5,
      faults: ["It computes nothing; does its pool answer?"],
    });
  });

  it("without pause goes to its lowest level, and says that it cannot stop", async () => {
    const { driver, mine, rest, twin, pass } = await open({ canPause: false }, { canPause: false });
    expect(driver.traits).toMatchObject({
      canStop: false,
      safeState: { description: "it runs at its lowest level" },
    });
    await mine(22);
    expect(await rest()).toEqual({
      outcome: "refused",
      why: "its firmware cannot pause, so it runs at 14.8 W",
    });
    await pass(60);
    expect(twin.watts()).toBeCloseTo(14.8, 1);
  });

  it("whose firmware is too old to pause says what to do, and is lowered instead of stopped", async () => {
    const { read, rest, twin, pass } = await open({ canPause: false });
    expect((await read()).faults).toEqual([
      "Its firmware cannot pause; update it to 2.14 or later, or set canPause: false",
    ]);
    expect(await rest()).toEqual({
      outcome: "refused",
      why: "its firmware cannot pause, so it runs at 14.8 W",
    });
    await pass(60);
    expect(twin.watts()).toBeCloseTo(14.8, 1);
  });

  it("that answers its own network alone says so", async () => {
    const { read, twin } = await open();
    twin.misbehave({ kind: "shuts-others-out" });
    await expect(read()).rejects.toThrow("put the hearth into the same one");
  });

  it("tells a fault of its power supply", async () => {
    const { read, twin } = await open();
    twin.misbehave({ kind: "power-fault", words: "VIN\n undervoltage" });
    expect((await read()).faults).toEqual(["Its power supply has a fault: VIN undervoltage"]);
  });

  it("tells its own watts, even where it lies", async () => {
    const { read, twin, pass } = await open();
    await pass(60);
    twin.misbehave({ kind: "lies", factor: 0.5 });
    expect(await read()).toMatchObject({ watts: 11, provenance: "reported" });
  });
});

describe("a Bitaxe that overheats", () => {
  it("tells that it cools down, takes nothing meanwhile, and can be stopped", async () => {
    const bitaxe = await open();
    const { mine, rest, read, twin, pass, events } = bitaxe;
    await mine(22);
    twin.misbehave({ kind: "chokes", factor: 2.5 });
    await pass(60);
    expect(await read()).toMatchObject({
      workload: "idle",
      setTo: 0,
      busy: "it cools down after it overheated",
      faults: ["It overheated and cools down"],
    });
    expect(events.map(({ code }) => code)).toEqual(["heater/overheated"]);
    expect(await mine(14.8)).toEqual({
      outcome: "busy",
      why: "it cools down after it overheated; it is set back in 10 min",
    });
    expect(await rest()).toMatchObject({ outcome: "applied", reading: { workload: "idle" } });
  });

  it("is left where it lowered itself to, then set back deliberately, its fan too", async () => {
    const bitaxe = await open();
    const { mine, read, pass } = bitaxe;
    await mine(22);
    await trip(bitaxe);
    const lowered = await read();
    expect(lowered.faults).toEqual(["It overheated once within a day and has lowered itself to 425 MHz"]);
    expect(lowered.setTo).toBeCloseTo(5 + 9.8 * (425 / 400) * 1.05 ** 2, 0);
    expect(await mine(22)).toMatchObject({ outcome: "busy" });
    await pass(600);
    expect(await mine(22)).toMatchObject({ outcome: "applied", reading: { setTo: 22, faults: [] } });
    expect(await infoOf(bitaxe)).toMatchObject({ frequency: 525, coreVoltage: 1150, autofanspeed: 1 });
  });

  it("is set back three times a day and no more; less it always takes, and tomorrow again", async () => {
    const bitaxe = await open();
    const { mine, read, pass, events } = bitaxe;
    await mine(22);
    for (let times = 0; times < 3; times++) {
      await trip(bitaxe);
      await pass(600);
      expect(await mine(22)).toMatchObject({ outcome: "applied" });
    }
    await trip(bitaxe);
    await pass(600);
    expect(await mine(22)).toMatchObject({
      outcome: "refused",
      why: expect.stringContaining("set back 3 times within a day") as string,
    });
    expect(await read()).toMatchObject({ available: { kind: "levels", watts: [14.8, 19.5] } });
    expect(events.filter(({ code }) => code === "heater/overheated")).toHaveLength(4);
    expect(await mine(19.5)).toMatchObject({ outcome: "applied" });
    expect(await mine(22)).toMatchObject({ outcome: "refused" });
    await pass(86_400);
    expect(await mine(22)).toMatchObject({ outcome: "applied" });
  });

  it("and halts for good, as old firmware does, is told to go on after a while", async () => {
    const bitaxe = await open({ haltsForGood: true });
    const { mine, twin, pass } = bitaxe;
    await mine(22);
    await trip(bitaxe);
    expect(twin.hashes()).toBe(false);
    await pass(600);
    expect(await mine(22)).toEqual({ outcome: "busy", why: "it restarts after it overheated" });
    await pass(10);
    expect(await mine(22)).toMatchObject({ outcome: "applied", reading: { workload: "mining" } });
  });
});

async function infoOf({ twin }: Opened): Promise<unknown> {
  return (await fetch(`${twin.url}/api/system/info`)).json();
}

it("a Bitaxe that nobody guards is refused, with what to do", async () => {
  const config = axeos.config.parse({ address: "192.168.1.21" });
  await expect(openedSafely(axeos).open(config, testContext())).rejects.toThrow("declare `unattendedWatts`");
});

describeWith("shared-data", "the recorded reply of AxeOS 2.4", (shared) => {
  it("gives this reading", async () => {
    const device = await recordedDevice(`${shared}/fixtures/miners/bitaxe-axeos-2.4`, {
      "/api/system/info": "system_info.json",
    });
    const context = testContext();
    const config = axeos.config.parse({ address: device.url, model: "supra", canPause: false });
    const driver = await axeos.open(config, context);
    expect(await driver.read(new AbortController().signal)).toEqual({
      at: context.clock.now(),
      watts: 2.650_000_095_367_43,
      provenance: "reported",
      workload: "mining",
      hashrate: 1e12,
      temperature: 59.875,
      setTo: 12,
      shares: { accepted: 0, rejected: 0, stale: 0 },
      faults: [],
    });
    await device.close();
  });
});
