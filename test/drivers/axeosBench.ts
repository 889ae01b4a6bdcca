import { Seconds, Watts } from "../../src/domain/index.ts";
import type { Bench } from "../../src/drivers/describeDriver.suite.ts";
import { axeos } from "../../src/drivers/heaters/axeos/driver.ts";
import { startBitaxeTwin, type BitaxeTwinOptions } from "../../src/lab/index.ts";
import { testContext } from "./bench.ts";

const signal = new AbortController().signal;

/** The driver at a virtual Bitaxe, on a clock that stands still. */
export async function openAxeos(twinOptions: Partial<BitaxeTwinOptions> = {}, keys: object = {}) {
  const context = testContext();
  const { clock } = context;
  const twin = await startBitaxeTwin({ clock, ...twinOptions });
  const config = axeos.config.parse({ address: twin.url, unattendedWatts: 22, ...keys });
  const driver = await axeos.open(config, context);
  return {
    clock,
    twin,
    driver,
    events: context.events,
    read: () => driver.read(signal),
    mine: (watts: number) => driver.apply({ watts: Watts(watts), workload: "mining" }, signal),
    rest: () => driver.apply({ watts: Watts(0), workload: "idle" }, signal),
    pass: (seconds: number) => clock.advance(Seconds(seconds)),
  };
}

/** At a firmware that can pause, or not. */
export async function axeosBench(canPause: boolean) {
  const { driver, twin, clock } = await openAxeos({ canPause }, { canPause });
  const bench: Bench = {
    driver,
    tolerance: Watts(0.5),
    device: {
      truth: () =>
        Promise.resolve({ watts: twin.watts(), workload: twin.hashes() ? "mining" : ("idle" as const) }),
      pass: (duration) => clock.advance(duration),
      async suffer(trouble) {
        if (trouble === "refusing") twin.misbehave({ kind: "refuses" });
        else await twin.suffer(trouble === "rebooting" ? "unplugged" : trouble);
        if (trouble === "rebooting") twin.boot();
      },
      async recover() {
        twin.misbehave(undefined);
        await twin.suffer(undefined);
      },
      loseHearth: () => Promise.resolve(),
    },
    async dispose() {
      await driver.leave();
      await twin.close();
    },
  };
  return { ...bench, twin };
}
