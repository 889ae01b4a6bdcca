import { expect } from "vitest";
import { Seconds, type SimulatedClock, Watts } from "../../src/domain/index.ts";
import { heaterBehindPlug, heaterDrivers, plugDrivers } from "../../src/drivers/index.ts";
import type { Bench, Trouble } from "../../src/drivers/contract/bench.suite.ts";
import type { HeaterDriver, Setpoint } from "../../src/heat/index.ts";
import {
  type AvalonTwin,
  type AvalonTwinOptions,
  type ShellyTwin,
  startAvalonTwin,
  startShellyTwin,
} from "../../src/lab/index.ts";
import type { WireFault } from "../../src/lab/devices/faultyServer.ts";
import { type TestContext, testContext } from "./bench.ts";

export const signal = () => AbortSignal.timeout(8000);

export interface OpenAvalon {
  readonly driver: HeaterDriver;
  readonly twin: AvalonTwin;
  readonly context: TestContext;
  readonly mine: (watts: number) => ReturnType<HeaterDriver["apply"]>;
  readonly rest: () => ReturnType<HeaterDriver["apply"]>;
  readonly read: () => ReturnType<HeaterDriver["read"]>;
  readonly pass: (seconds: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The driver at a virtual Avalon of that model. */
export async function openAvalon(
  model: "nano-3" | "nano-3s" | "q",
  keys: object = {},
  options: Partial<AvalonTwinOptions> = {},
): Promise<OpenAvalon> {
  const context = testContext();
  const twin = await startAvalonTwin({ clock: context.clock, model, ...options });
  const kind = heaterDrivers["avalon"] ?? expect.unreachable();
  const config = kind.config.parse({ address: twin.address, model, unattendedWatts: 2000, ...keys });
  const driver = whileTimePasses(await kind.open(config, context), context.clock);
  return { ...handling(driver, context), twin, close: () => twin.close() };
}

export interface PluggedAvalon extends OpenAvalon {
  readonly shelly: ShellyTwin;
}

/** The same behind a virtual Shelly. */
export async function openPlugged(
  model: "nano-3" | "nano-3s" | "q",
  section: object = {},
  options: Partial<AvalonTwinOptions> = {},
): Promise<PluggedAvalon> {
  const context = testContext();
  const twin = await startAvalonTwin({ clock: context.clock, model, isPowered: false, ...options });
  const shelly = await startShellyTwin({ clock: context.clock, load: twin });
  const kind = heaterDrivers["avalon"] ?? expect.unreachable();
  const plug = plugDrivers["shelly-gen2"] ?? expect.unreachable();
  const behind = heaterBehindPlug(kind, {
    ours: {
      ratedWatts: 2500,
      timerSeconds: 300,
      cutWhenIdle: false,
      bootSeconds: 0,
      pauseSeconds: 60,
      ...section,
    },
    definition: plug,
    driverConfig: plug.config.parse({ address: shelly.url }),
  });
  const opened = await behind.open(kind.config.parse({ address: twin.address, model }), context);
  const driver = whileTimePasses(opened, context.clock);
  const handles = handling(driver, context);
  return {
    ...handles,
    twin,
    shelly,
    async pass(seconds) {
      await handles.pass(seconds);
      await shelly.plug.whenStill();
    },
    async close() {
      await driver.leave();
      await shelly.close();
      await twin.close();
    },
  };
}

function handling(driver: HeaterDriver, context: TestContext) {
  const apply = (setpoint: Setpoint) => driver.apply(setpoint, signal());
  return {
    driver,
    context,
    mine: (watts: number) => apply({ watts: Watts(watts), workload: "mining" }),
    rest: () => apply({ watts: Watts(0), workload: "idle" }),
    read: () => driver.read(signal()),
    pass: (seconds: number) => context.clock.advance(Seconds(seconds)),
  };
}

/** Devices' time passes while they are waited for. */
function whileTimePasses(driver: HeaterDriver, clock: SimulatedClock): HeaterDriver {
  const passing = async <T>(work: Promise<T>): Promise<T> => {
    const now = { isOver: false };
    const ended = work.finally(() => (now.isOver = true));
    ended.catch(() => {});
    while (!now.isOver) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (!now.isOver) await clock.advance(Seconds(0.5));
    }
    return ended;
  };
  return {
    ...driver,
    apply: (setpoint, called) => passing(driver.apply(setpoint, called)),
    close: () => passing(driver.close()),
  };
}

const wire = (trouble: Trouble): WireFault | undefined =>
  trouble === "refusing" ? undefined : trouble === "rebooting" ? "unplugged" : trouble;

/** For the contract: troubles befall the whole way there, the plug's too where there is one. */
export function benchOf(open: OpenAvalon | PluggedAvalon): Bench {
  const { driver, twin, pass } = open;
  const shelly = "shelly" in open ? open.shelly : undefined;
  let wasCut = false;
  return {
    driver,
    tolerance: Watts(3),
    device: {
      truth: () => Promise.resolve({ watts: twin.watts(), workload: twin.works() ? "mining" : "idle" }),
      pass,
      async suffer(trouble) {
        if (trouble === "refusing") twin.misbehave("refuses");
        wasCut = trouble === "rebooting";
        if (wasCut) await twin.unplug();
        await twin.suffer(wire(trouble));
        await shelly?.suffer(wire(trouble));
      },
      async recover() {
        twin.misbehave(undefined);
        await twin.suffer(undefined);
        await shelly?.suffer(undefined);
        if (wasCut && shelly?.plug.isOn() !== false) await twin.plugIn();
        wasCut = false;
      },
      loseHearth: () => Promise.resolve(),
    },
    async dispose() {
      await open.close();
    },
  };
}
