import { describe, expect, it } from "vitest";
import { Seconds, Watts } from "../../src/domain/index.ts";
import { type Bench, describeDriver } from "../../src/drivers/describeDriver.suite.ts";
import { heaterBehindPlug, heaterDrivers, plugDrivers } from "../../src/drivers/index.ts";
import type { HeaterDriver, Workload } from "../../src/heat/index.ts";
import { plainLoad, type ShellyTwin, startShellyTwin } from "../../src/lab/index.ts";
import { type TestContext, testContext } from "./bench.ts";

const onWatts = 400;
const run = { watts: Watts(onWatts), workload: "mining" } as const;
const stop = { watts: Watts(0), workload: "idle" } as const;
const soon = () => AbortSignal.timeout(5000);

interface Heater {
  readonly driver: HeaterDriver;
  readonly twin: ShellyTwin;
  readonly context: TestContext;
  readonly pass: (seconds: number) => Promise<void>;
}

async function openHeater(change: object = {}, isOn = false, name = "plug"): Promise<Heater> {
  const context = testContext();
  const twin = await startShellyTwin({ clock: context.clock, load: plainLoad(Watts(onWatts)), isOn });
  const kind = heaterDrivers[name] ?? expect.unreachable();
  const shelly = plugDrivers["shelly-gen2"] ?? expect.unreachable();
  const behind = heaterBehindPlug(kind, {
    ours: {
      ratedWatts: 2500,
      timerSeconds: 120,
      cutWhenIdle: false,
      bootSeconds: 0,
      pauseSeconds: 30,
      ...change,
    },
    definition: shelly,
    driverConfig: shelly.config.parse({ address: twin.url }),
  });
  const driver = await behind
    .open(kind.config.parse({ onWatts, settleSeconds: 5 }), context)
    .catch(async (thrown: unknown) => {
      await twin.close();
      throw thrown;
    });
  return {
    driver,
    twin,
    context,
    async pass(seconds) {
      await context.clock.advance(Seconds(seconds));
      await twin.plug.whenStill();
    },
  };
}

async function openBench(name = "plug"): Promise<Bench> {
  const { driver, twin, pass } = await openHeater({}, false, name);
  const [workload = "mining"] = Object.keys(driver.traits.steps) as Workload[];
  return {
    driver,
    tolerance: Watts(1),
    device: {
      truth: () =>
        Promise.resolve({ watts: twin.plug.watts(), workload: twin.plug.isOn() ? workload : "idle" }),
      pass,
      async suffer(trouble) {
        if (trouble === "refusing") twin.refuse(true);
        else await twin.suffer(trouble === "rebooting" ? "unplugged" : trouble);
        if (trouble === "rebooting") await twin.plug.outage();
      },
      async recover() {
        twin.refuse(false);
        await twin.suffer(undefined);
      },
      loseHearth: () => Promise.resolve(),
    },
    async dispose() {
      await driver.close();
      await twin.close();
    },
  };
}

describeDriver({ name: "plug", open: openBench });
describeDriver({ name: "resistive", open: () => openBench("resistive") });
describeDriver({ name: "heat-pump", open: () => openBench("heat-pump") });

describe("a backup behind its plug", () => {
  it.each([
    ["resistive", undefined],
    ["heat-pump", { source: "air", supplyC: 35, maxSinkC: 55 }],
  ])("only heats, and its plug brings it to its safe state: %s", async (name, performance) => {
    const { driver, twin } = await openHeater({}, false, name);
    try {
      expect(driver.traits).toMatchObject({
        steps: { heating: { kind: "levels", watts: [onWatts] } },
        canStop: true,
        powerReturnWatts: 0,
        provenance: "metered",
        safeState: { guard: { by: "plug-timer", within: 120 } },
      });
      expect(driver.traits.performance).toEqual(performance);
      expect(await driver.apply(run, soon())).toMatchObject({ outcome: "refused" });
      expect(twin.plug.isOn()).toBe(false);
      const heats = { watts: Watts(onWatts), workload: "heating" } as const;
      expect(await driver.apply(heats, soon())).toMatchObject({
        outcome: "applied",
        reading: { workload: "heating" },
      });
    } finally {
      await driver.close();
      await twin.close();
    }
  });
});

describe("a heater that is only a plug", () => {
  const at = (work: (heater: Heater) => Promise<void>, isOn?: boolean) => async () => {
    const heater = await openHeater({}, isOn);
    try {
      await work(heater);
    } finally {
      await heater.driver.close();
      await heater.twin.close();
    }
  };

  it(
    "has its plug set to stay off after an outage before it is switched on, and says so once",
    at(async ({ driver, twin, context }) => {
      expect(driver.traits.powerReturnWatts).toBe(0);
      await driver.apply(run, soon());
      await driver.read(soon());
      expect(context.events).toEqual([
        {
          level: "warning",
          code: "plug/made-safe",
          message: expect.stringContaining("initial_state is restore_last, not off") as string,
        },
      ]);
      await twin.plug.outage();
      expect(twin.plug.isOn()).toBe(false);
    }),
  );

  it(
    "is not switched on when its plug cannot be made safe, and there is an alarm",
    at(async ({ driver, twin, context }) => {
      twin.refuse(true);
      const why = expect.stringContaining("Failed precondition") as string;
      expect(await driver.apply(run, soon())).toEqual({ outcome: "refused", why });
      expect(twin.plug.isOn()).toBe(false);
      expect(await driver.read(soon())).toMatchObject({ workload: "idle", unguarded: why });
      expect(context.events).toEqual([{ level: "alarm", code: "plug/unsafe", message: why }]);
    }),
  );

  it(
    "is asked nothing and switched by nothing but its setpoint",
    at(async ({ driver, twin, pass }) => {
      for (let time = 0; time < 5; time++) {
        await driver.read(soon());
        await pass(5);
      }
      expect(twin.plug.isOn()).toBe(true);
      expect(twin.plug.timerLeft()).toBe(0);
    }, true),
  );

  it(
    "stays off when a hand switched it off, until it is set anew",
    at(async ({ driver, twin, pass }) => {
      await driver.apply(run, soon());
      await twin.plug.switchOff();
      await pass(5);
      const reading = await driver.read(soon());
      expect(reading).toMatchObject({ watts: 0, workload: "idle", setTo: 0 });
      expect(reading.faults).toEqual(["it has no power: its plug was switched off by hand, or by itself"]);
      await pass(5);
      await driver.read(soon());
      expect(twin.plug.isOn()).toBe(false);
      expect(await driver.apply(run, soon())).toMatchObject({
        outcome: "applied",
        reading: { watts: onWatts },
      });
      expect((await driver.read(soon())).faults).toEqual([]);
    }),
  );

  it(
    "is without fault when its timer ran out while the hearth hung, so that it is asked again",
    at(async ({ driver, twin, pass }) => {
      await driver.apply(run, soon());
      await pass(125);
      expect(twin.plug.isOn()).toBe(false);
      expect(await driver.read(soon())).toMatchObject({ workload: "idle", faults: [] });
    }),
  );

  it(
    "says so when it has power and draws next to none",
    at(async ({ driver, twin, pass }) => {
      await driver.apply(run, soon());
      twin.plug.lieAboutWatts(0.005);
      expect(await driver.read(soon())).toMatchObject({ workload: "mining", faults: [] });
      await pass(6);
      expect(await driver.read(soon())).toMatchObject({
        workload: "idle",
        watts: 2,
        faults: ["it has power but draws only 2 W: is it switched on?"],
      });
    }),
  );

  it(
    "is unguarded, and says why, when its timer does not run",
    at(async ({ driver, twin, pass }) => {
      await driver.apply(run, soon());
      await twin.plug.switchOn();
      twin.refuse(true);
      expect(await driver.read(soon())).toMatchObject({
        watts: onWatts,
        unguarded: expect.stringContaining("its plug") as string,
      });
      twin.refuse(false);
      await pass(5);
      expect((await driver.read(soon())).unguarded).toBeUndefined();
      expect(twin.plug.timerLeft()).toBe(120);
    }),
  );

  it(
    "is off at once when it is stopped or let go of",
    at(async ({ driver, twin }) => {
      await driver.apply(run, soon());
      expect(await driver.apply(stop, soon())).toMatchObject({ outcome: "applied", reading: { watts: 0 } });
      expect(twin.plug.isOn()).toBe(false);
      await driver.apply(run, soon());
      await driver.close();
      expect(twin.plug.isOn()).toBe(false);
    }),
  );

  it(
    "is left running, with its timer, when another hand takes it over",
    at(async ({ driver, twin, pass }) => {
      await driver.apply(run, soon());
      await driver.leave();
      expect(twin.plug.isOn()).toBe(true);
      await pass(121);
      expect(twin.plug.isOn()).toBe(false);
    }),
  );

  it("is cut off when it draws more than its plug is rated for, with an alarm, and not switched on again", async () => {
    const { driver, twin, context, pass } = await openHeater({ ratedWatts: 500 });
    await driver.apply(run, soon());
    twin.plug.lieAboutWatts(1.5);
    for (let time = 0; time < 6; time++) {
      expect(await driver.read(soon())).toMatchObject(time < 4 ? { watts: 600 } : { workload: "idle" });
      await pass(5);
    }
    expect(twin.plug.isOn()).toBe(false);
    const why = "it draws 600 W, and its plug is rated for 500 W; use a plug that carries it";
    expect(context.events.at(-1)).toEqual({
      level: "alarm",
      code: "plug/cut",
      message: `Its plug cut it off: ${why}`,
    });
    expect(await driver.apply(run, soon())).toEqual({ outcome: "refused", why });
    expect(await driver.apply(stop, soon())).toMatchObject({ outcome: "applied" });
    await driver.close();
    await twin.close();
  });

  it("is refused behind a plug that is rated for less than it draws", async () => {
    await expect(openHeater({ ratedWatts: 399 })).rejects.toMatchObject({
      code: "plug/too-weak",
      message:
        'the heater driver "plug" must not be used: it draws up to 400 W, and its plug is rated for 399 W; use a plug that carries it',
    });
  });

  it("is refused without a plug", async () => {
    const kind = heaterDrivers["plug"] ?? expect.unreachable();
    await expect(kind.open(kind.config.parse({ onWatts }), testContext())).rejects.toMatchObject({
      code: "driver/unsafe",
      message: expect.stringContaining("put it behind a plug") as string,
    });
  });
});
