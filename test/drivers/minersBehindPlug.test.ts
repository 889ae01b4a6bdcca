import { describe, expect, it } from "vitest";
import { Seconds, Watts } from "../../src/domain/index.ts";
import { type Bench, describeDriver } from "../../src/drivers/describeDriver.suite.ts";
import { heaterBehindPlug, heaterDrivers, plugDrivers } from "../../src/drivers/index.ts";
import {
  type BitaxeTwin,
  type BraiinsTwin,
  startBitaxeTwin,
  startBraiinsTwin,
  startShellyTwin,
} from "../../src/lab/index.ts";
import { type TestContext, testContext } from "./bench.ts";

const timerSeconds = 180;

/** A heater whose device hangs on a virtual Shelly, by the keys that hearth.yaml would hold. */
async function behindShelly(
  name: "braiins" | "axeos",
  start: (context: TestContext) => Promise<BraiinsTwin | BitaxeTwin>,
  keys: object,
) {
  const context = testContext();
  const twin = await start(context);
  const shelly = await startShellyTwin({ clock: context.clock, load: twin });
  const kind = heaterDrivers[name] ?? expect.unreachable();
  const plug = plugDrivers["shelly-gen2"] ?? expect.unreachable();
  const behind = heaterBehindPlug(kind, {
    ours: { ratedWatts: 4000, timerSeconds, cutWhenIdle: false, bootSeconds: 60, pauseSeconds: 60 },
    definition: plug,
    driverConfig: plug.config.parse({ address: shelly.url }),
  });
  const driver = await behind.open(kind.config.parse({ address: twin.url, ...keys }), context);
  return {
    driver,
    twin,
    shelly,
    context,
    pass: async (seconds: number) => {
      await context.clock.advance(Seconds(seconds));
      await shelly.plug.whenStill();
    },
    close: async () => {
      await driver.leave();
      await shelly.close();
      await twin.close();
    },
  };
}
type Plugged = Awaited<ReturnType<typeof behindShelly>>;

const braiins = () =>
  behindShelly(
    "braiins",
    ({ clock }) => startBraiinsTwin({ clock, login: { username: "root", password: "" } }),
    {
      minWatts: 800,
      maxWatts: 3600,
      settleSeconds: 240,
    },
  );
const axeos = (canPause: boolean) =>
  behindShelly("axeos", ({ clock }) => startBitaxeTwin({ clock, canPause }), { canPause });

function benchOf({ driver, twin, shelly, pass, close }: Plugged, tolerance: number): Bench {
  return {
    driver,
    tolerance: Watts(tolerance),
    device: {
      truth: () => Promise.resolve({ watts: twin.watts(), workload: twin.hashes() ? "mining" : "idle" }),
      pass,
      async suffer(trouble) {
        if (trouble === "refusing") return twin.misbehave({ kind: "refuses" });
        const wire = trouble === "rebooting" ? "unplugged" : trouble;
        if (trouble === "rebooting") await shelly.plug.outage();
        await twin.suffer(wire);
        await shelly.suffer(wire);
      },
      async recover() {
        twin.misbehave(undefined);
        await twin.suffer(undefined);
        await shelly.suffer(undefined);
      },
      loseHearth: () => Promise.resolve(),
    },
    dispose: close,
  };
}

describeDriver({ name: "braiins behind a plug", open: async () => benchOf(await braiins(), 10) });
describeDriver({ name: "axeos behind a plug", open: async () => benchOf(await axeos(true), 0.6) });
describeDriver({
  name: "axeos without pause behind a plug",
  open: async () => benchOf(await axeos(false), 0.6),
});

describe("a miner on Braiins OS behind a plug", () => {
  const at = (work: (plugged: Plugged) => Promise<void>) => async () => {
    const plugged = await braiins();
    try {
      await work(plugged);
    } finally {
      await plugged.close();
    }
  };
  const soon = () => AbortSignal.timeout(5000);

  it(
    "may be opened without unattendedWatts, at its whole range, and draws nothing after an outage",
    at(({ driver }) => {
      expect(driver.traits).toMatchObject({
        steps: { mining: { min: 800, max: 3600 } },
        powerReturnWatts: 0,
        safeState: { guard: { by: "plug-timer" } },
      });
      return Promise.resolve();
    }),
  );

  it(
    "is cut when the hearth dies",
    at(async ({ driver, twin, shelly, pass }) => {
      await driver.apply({ watts: Watts(2000), workload: "mining" }, soon());
      await pass(120);
      expect(twin.watts()).toBe(2000);
      await pass(timerSeconds);
      expect(shelly.plug.isOn()).toBe(false);
      expect(twin.watts()).toBe(0);
    }),
  );

  it(
    "that lies about its watts is told by its plug, its own word beside it",
    at(async ({ driver, twin, pass }) => {
      await driver.apply({ watts: Watts(2000), workload: "mining" }, soon());
      for (let seconds = 0; seconds < 240; seconds += 60) {
        await pass(60);
        await driver.read(soon());
      }
      twin.misbehave({ kind: "lies", factor: 0.5 });
      const { watts, ownWatts, provenance, setTo } = await driver.read(soon());
      expect({ watts: Math.round(watts), ownWatts, provenance, setTo }).toEqual({
        watts: 2000,
        ownWatts: 1000,
        provenance: "metered",
        setTo: 2000,
      });
    }),
  );
});
