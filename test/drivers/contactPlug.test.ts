import { describe, expect, it } from "vitest";
import { Seconds, Watts } from "../../src/domain/index.ts";
import { heaterBehindPlug, heaterDrivers, meterDrivers, plugDrivers } from "../../src/drivers/index.ts";
import { plainLoad, startShellyTwin } from "../../src/lab/index.ts";
import { startHttpTwin } from "../../src/lab/devices/httpTwin.ts";
import { testContext } from "./bench.ts";

const heats = { watts: Watts(800), workload: "heating" } as const;
const stop = { watts: Watts(0), workload: "idle" } as const;
const soon = () => AbortSignal.timeout(5000);

/** A heat pump that a relay's contact lets run, with a meter of its own in its supply. */
async function openPump() {
  const context = testContext();
  const relay = await startShellyTwin({ clock: context.clock, load: plainLoad(Watts(0)), isOn: false });
  const draws = { resting: 20, running: 790, stuck: false };
  const meter = await startHttpTwin({
    answer: () => ({ body: { w: relay.plug.isOn() || draws.stuck ? draws.running : draws.resting } }),
  });
  const kind = heaterDrivers["heat-pump"] ?? expect.unreachable();
  const shelly = plugDrivers["shelly-gen2"] ?? expect.unreachable();
  const json = meterDrivers["json-http"] ?? expect.unreachable();
  const behind = heaterBehindPlug(
    kind,
    {
      ours: {
        ratedWatts: 10,
        timerSeconds: 120,
        cutWhenIdle: false,
        bootSeconds: 0,
        pauseSeconds: 30,
        switches: "contact",
      },
      definition: shelly,
      driverConfig: shelly.config.parse({ address: relay.url }),
    },
    {
      definition: json,
      driverConfig: json.config.parse({ address: `127.0.0.1:${meter.port}`, watts: { ask: "/p", at: "w" } }),
    },
  );
  const config = kind.config.parse({ onWatts: 800, idleWatts: 20, settleSeconds: 5 });
  const driver = await behind.open(config, context);
  return {
    driver,
    relay,
    meter,
    draws,
    said: behind.traits(config),
    pass: (seconds: number) => context.clock.advance(Seconds(seconds)),
    async close() {
      await driver.close();
      await relay.close();
      await meter.close();
    },
  };
}

type Pump = Awaited<ReturnType<typeof openPump>>;
const at = (work: (pump: Pump) => Promise<void>) => async () => {
  const pump = await openPump();
  try {
    await work(pump);
  } finally {
    await pump.close();
  }
};

describe("a heat pump that a contact lets run", () => {
  it(
    "says what it can before and after it is opened: it rests at its idle power, and the relay's timer is its guard",
    at(async ({ driver, said }) => {
      const expected = {
        idleWatts: 20,
        maxWatts: 800,
        canStop: true,
        powerReturnWatts: 20,
        safeState: { guard: { by: "plug-timer", within: 120 } },
      };
      expect(driver.traits).toMatchObject(expected);
      expect(said).toMatchObject(expected);
      await Promise.resolve();
    }),
  );

  it(
    "runs while the contact is closed, and its watts are the meter's",
    at(async ({ driver, relay }) => {
      expect(await driver.read(soon())).toMatchObject({ workload: "idle", watts: 20, provenance: "metered" });
      const applied = await driver.apply(heats, soon());
      expect(applied).toMatchObject({ outcome: "applied", reading: { workload: "heating", watts: 790 } });
      expect(relay.plug.isOn()).toBe(true);
      expect(await driver.apply(stop, soon())).toMatchObject({ reading: { workload: "idle", watts: 20 } });
      expect(relay.plug.isOn()).toBe(false);
    }),
  );

  it(
    "is let go by the relay's own timer when the hearth falls silent",
    at(async ({ driver, relay, pass }) => {
      await driver.apply(heats, soon());
      await driver.read(soon());
      await pass(130);
      await relay.plug.whenStill();
      expect(relay.plug.isOn()).toBe(false);
    }),
  );

  it(
    "is not kept on by a hearth that cannot see what it draws",
    at(async ({ driver, relay, meter, pass }) => {
      await driver.apply(heats, soon());
      await meter.suffer("unplugged");
      for (let second = 0; second < 130; second += 10) {
        await driver.read(AbortSignal.timeout(200)).catch(() => {});
        await pass(10);
      }
      await relay.plug.whenStill();
      expect(relay.plug.isOn()).toBe(false);
      await meter.suffer(undefined);
    }),
  );

  it(
    "is told to draw on where it does, though the contact is open",
    at(async ({ driver, draws }) => {
      await driver.apply(heats, soon());
      draws.stuck = true;
      await driver.apply(stop, soon());
      expect(await driver.read(soon())).toMatchObject({ workload: "idle", watts: 790 });
    }),
  );
});
