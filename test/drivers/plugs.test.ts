import { expect, it } from "vitest";
import { describePlug, type PlugBench } from "../../src/drivers/plugs/describePlug.suite.ts";
import type { WireFault } from "../../src/lab/devices/faultyServer.ts";
import { plugDrivers } from "../../src/drivers/index.ts";
import { Watts } from "../../src/domain/index.ts";
import { type PlugCore, plainLoad, startShellyTwin, startTasmotaTwin } from "../../src/lab/index.ts";
import { type TestContext, testContext } from "./bench.ts";
import { startMosquitto } from "../mosquitto.ts";
import { describeWith } from "../parts.ts";

interface Faulty {
  suffer(fault: WireFault | undefined): Promise<void>;
  refuse(refuses: boolean): void;
}

const load = () => plainLoad(Watts(400));

/** The plug of that kind at a twin, by the keys that hearth.yaml would hold. */
async function bench(
  driver: string,
  keys: object,
  twin: Faulty & { readonly plug: PlugCore },
  context: TestContext,
  close: () => Promise<void>,
): Promise<PlugBench> {
  const definition = plugDrivers[driver] ?? expect.unreachable();
  const plug = await definition.open(definition.config.parse(keys), context);
  return {
    plug,
    device: {
      isOn: () => twin.plug.isOn(),
      watts: () => twin.plug.watts(),
      outage: () => twin.plug.outage(),
      refuse: (refuses) => twin.refuse(refuses),
      suffer: (trouble) => twin.suffer(trouble),
      async pass(duration) {
        await context.clock.advance(duration);
        await twin.plug.whenStill();
      },
    },
    async dispose() {
      await plug.close();
      await close();
    },
  };
}

describePlug("shelly-gen2", async () => {
  const context = testContext();
  const { clock } = context;
  const twin = await startShellyTwin({ clock, load: load() });
  return bench("shelly-gen2", { address: twin.url }, twin, context, () => twin.close());
});

describePlug("json-http", async () => {
  const context = testContext();
  const { clock } = context;
  const twin = await startShellyTwin({ clock, load: load() });
  const status = "/rpc/Switch.GetStatus?id=0";
  const keys = {
    address: twin.url,
    on: { ask: status, at: "output" },
    watts: { ask: status, at: "apower" },
    energy: { ask: status, at: "aenergy.total" },
    energyUnit: "Wh",
    timer: { ask: status, at: "timer_duration" },
    arm: [{ path: "/rpc/Switch.Set", body: { id: 0, on: true, toggle_after: "{seconds}" } }],
    cut: ["/rpc/Switch.Set?id=0&on=false"],
    powerOn: {
      ask: "/rpc/Switch.GetConfig?id=0",
      at: "initial_state",
      off: "off",
      set: [{ path: "/rpc/Switch.SetConfig", body: { id: 0, config: { initial_state: "off" } } }],
    },
  };
  return bench("json-http", keys, twin, context, () => twin.close());
});

describePlug("tasmota-http", async () => {
  const context = testContext();
  const { clock } = context;
  const twin = await startTasmotaTwin({ clock, load: load() });
  return bench("tasmota-http", { address: twin.url }, twin, context, () => twin.close());
});

describeWith("mosquitto", "plugs over a broker", () => {
  async function atBroker(driver: string, keys: object) {
    const context = testContext();
    const { clock } = context;
    const broker = await startMosquitto();
    const twin = await startTasmotaTwin({ clock, load: load(), brokerUrl: broker.url, topic: "heater" });
    return bench(driver, { broker: broker.url, ...keys }, twin, context, async () => {
      await twin.close();
      await broker.close();
    });
  }

  describePlug("tasmota", () => atBroker("tasmota", { topic: "heater" }));

  describePlug("json-mqtt", () => {
    const result = "stat/heater/RESULT";
    const sensor = { topic: "cmnd/heater/Status", payload: "8", answers: "stat/heater/STATUS8" };
    return atBroker("json-mqtt", {
      on: { ask: { topic: "cmnd/heater/Power", answers: result }, at: "POWER" },
      watts: { ask: sensor, at: "StatusSNS.ENERGY.Power" },
      energy: { ask: sensor, at: "StatusSNS.ENERGY.Total" },
      arm: [
        { topic: "cmnd/heater/PulseTime1", payload: "1{seconds}", answers: result },
        { topic: "cmnd/heater/Power", payload: "ON", answers: result },
      ],
      cut: [{ topic: "cmnd/heater/Power", payload: "OFF", answers: result }],
      powerOn: {
        ask: { topic: "cmnd/heater/PowerOnState", answers: result },
        at: "PowerOnState",
        off: 0,
        set: [{ topic: "cmnd/heater/PowerOnState", payload: "0", answers: result }],
      },
    });
  });
});

it("every kind of plug was held to the contract", () => {
  expect(Object.keys(plugDrivers)).toEqual([
    "shelly-gen2",
    "tasmota",
    "tasmota-http",
    "json-http",
    "json-mqtt",
  ]);
});
