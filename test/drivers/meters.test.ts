import { describe, expect, it } from "vitest";
import { Seconds, Watts } from "../../src/domain/index.ts";
import { heaterDrivers, heaterWithMeter, meterDrivers, watchMeter } from "../../src/drivers/index.ts";
import { describeMeter, type MeterBench } from "../../src/drivers/meters/describeMeter.suite.ts";
import { type HttpTwinOptions, startHttpTwin } from "../../src/lab/devices/httpTwin.ts";
import { startAvalonTwin, startTasmotaTwin } from "../../src/lab/index.ts";
import { startMosquitto } from "../mosquitto.ts";
import { describeWith } from "../parts.ts";
import { type TestContext, testContext } from "./bench.ts";

interface Measured {
  watts: number;
  joules: number;
}

const open = (driver: string, keys: object, context: TestContext) => {
  const definition = meterDrivers[driver] ?? expect.unreachable();
  return definition.open(definition.config.parse(keys), context);
};

/** A meter that answers HTTP with what `written` makes of what it measures. */
async function asked(
  driver: string,
  keys: object,
  written: (now: Measured, path: string) => unknown,
): Promise<MeterBench> {
  const now: Measured = { watts: 0, joules: 0 };
  const answer: HttpTwinOptions["answer"] = ({ path, query }) => {
    const body = written(now, `${path}?${query.toString()}`);
    return body === undefined ? { status: 404 } : { body };
  };
  const twin = await startHttpTwin({ answer });
  const meter = await open(driver, { address: `127.0.0.1:${twin.port}`, ...keys }, testContext());
  return {
    meter,
    device: {
      measure: (watts, joules) => void Object.assign(now, { watts, joules }),
      suffer: (trouble) => twin.suffer(trouble),
    },
    async dispose() {
      await meter.close();
      await twin.close();
    },
  };
}

describeMeter({
  name: "shelly (EM1)",
  isSigned: true,
  open: () =>
    asked("shelly", { channel: 2 }, ({ watts, joules }, path) => {
      if (path === "/rpc/EM1.GetStatus?id=1") return { id: 1, act_power: watts, voltage: 230 };
      if (path === "/rpc/EM1Data.GetStatus?id=1") return { id: 1, total_act_energy: joules / 3600 };
      return undefined;
    }),
});
describeMeter({
  name: "shelly (PM1)",
  isSigned: true,
  open: () =>
    asked("shelly", { component: "pm1" }, ({ watts, joules }, path) =>
      path === "/rpc/PM1.GetStatus?id=0" ? { apower: watts, aenergy: { total: joules / 3600 } } : undefined,
    ),
});
describeMeter({
  name: "tasmota-http, its second channel",
  isSigned: true,
  open: () =>
    asked("tasmota-http", { channel: 2 }, ({ watts, joules }) => ({
      StatusSNS: { ENERGY: { Total: [5, joules / 3_600_000], Power: [99, watts] } },
    })),
});
describeMeter({
  name: "json-http",
  isSigned: true,
  open: () =>
    asked(
      "json-http",
      {
        watts: { ask: "/p?now=1", at: "$.grid[0].w" },
        energy: { ask: "/e?", at: "total" },
        energyUnit: "Wh",
      },
      ({ watts, joules }, path) =>
        path === "/p?now=1"
          ? { grid: [{ w: String(watts) }] }
          : path === "/e?"
            ? { total: joules / 3600 }
            : undefined,
    ),
});

describeWith("mosquitto", "meters over a broker", () => {
  async function atBroker(driver: string, keys: object): Promise<MeterBench> {
    const context = testContext();
    const broker = await startMosquitto();
    const now: Measured = { watts: 0, joules: 0 };
    const load = {
      plugIn: () => Promise.resolve(),
      unplug: () => Promise.resolve(),
      watts: () => Watts(now.watts),
    };
    const twin = await startTasmotaTwin({
      clock: context.clock,
      load,
      brokerUrl: broker.url,
      topic: "meter",
      counted: () => now.joules,
    });
    const meter = await open(driver, { broker: broker.url, ...keys }, context);
    return {
      meter,
      device: {
        measure: (watts, joules) => void Object.assign(now, { watts, joules }),
        suffer: (trouble) => twin.suffer(trouble),
      },
      async dispose() {
        await meter.close();
        await twin.close();
        await broker.close();
      },
    };
  }

  describeMeter({ name: "tasmota", isSigned: false, open: () => atBroker("tasmota", { topic: "meter" }) });
  describeMeter({
    name: "json-mqtt",
    isSigned: false,
    open: () => {
      const ask = { topic: "cmnd/meter/Status", payload: "8", answers: "stat/meter/STATUS8" };
      return atBroker("json-mqtt", {
        watts: { ask, at: "StatusSNS.ENERGY.Power" },
        energy: { ask, at: "StatusSNS.ENERGY.Total" },
      });
    },
  });
});

it("every kind of meter was held to the contract", () => {
  expect(Object.keys(meterDrivers)).toEqual(["shelly", "tasmota", "tasmota-http", "json-http", "json-mqtt"]);
});

describe("a meter that is watched", () => {
  it("hands over each of its readings once, says why there is none, and is let go of", async () => {
    const context = testContext();
    const bench = await asked("json-http", { watts: { ask: "/p" } }, ({ watts }) => watts);
    bench.device.measure(50, 0);
    const watched = watchMeter(bench.meter, context.clock);
    expect(watched.trouble()).toBe("has not answered yet");
    await expect.poll(() => watched.trouble()).toBeUndefined();
    expect(watched.drain()).toMatchObject([{ watts: 50 }]);
    expect(watched.drain()).toEqual([]);
    await bench.device.suffer("unplugged");
    await context.clock.advance(Seconds(10));
    await expect.poll(() => watched.trouble()).toContain("cannot be reached");
    await watched.close();
    await bench.dispose();
  });
});

describe("a heater with a meter", () => {
  it("tells the meter's watts and its own word beside them, and its own alone while the meter is silent", async () => {
    const context = testContext();
    const twin = await startAvalonTwin({ clock: context.clock, model: "nano-3s" });
    const bench = await asked("json-http", { watts: { ask: "/p" } }, ({ watts }) => watts);
    const kind = heaterDrivers["avalon"] ?? expect.unreachable();
    const heater = heaterWithMeter(kind, {
      definition: { ...(meterDrivers["json-http"] ?? expect.unreachable()), open: async () => bench.meter },
      driverConfig: {},
    });
    const config = kind.config.parse({ address: twin.address, model: "nano-3s", unattendedWatts: 133 });
    const driver = await heater.open(config, context);
    expect(driver.traits.provenance).toBe("metered");
    bench.device.measure(-140, 0);
    const soon = AbortSignal.timeout(5000);
    expect(await driver.read(soon)).toMatchObject({ watts: 140, provenance: "metered", ownWatts: 133 });
    await bench.device.suffer("unplugged");
    const alone = await driver.read(soon);
    expect(alone).toMatchObject({ watts: 133, provenance: "reported" });
    expect(alone.faults[0]).toContain("its meter: ");
    await driver.leave();
    await twin.close();
    await bench.dispose();
  });
});
