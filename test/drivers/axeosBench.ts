import { Instant, Seconds, simulatedClock, Watts } from "../../src/domain/index.ts";
import type { Bench, Trouble } from "../../src/drivers/contract/bench.suite.ts";
import { axeos } from "../../src/drivers/heaters/axeos/driver.ts";
import type { WireFault } from "../../src/lab/devices/faultyServer.ts";
import { startVirtualBitaxe, type VirtualBitaxeOptions } from "../../src/lab/devices/virtualBitaxe.ts";
import { virtualContext } from "./virtualContext.ts";

const signal = new AbortController().signal;

/** The driver at a virtual Bitaxe, on a clock that stands still. */
export async function openAxeos(twinOptions: Partial<VirtualBitaxeOptions> = {}, keys: object = {}) {
  const clock = simulatedClock(Instant(Date.UTC(2026, 0, 15)));
  const twin = await startVirtualBitaxe({ clock, ...twinOptions });
  const context = virtualContext(clock);
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

const wire: Partial<Record<Trouble, WireFault>> = {
  silent: "silent",
  "half-open": "half-open",
  slow: "slow",
  garbage: "garbage",
};

/** At a firmware that can pause, or not. */
export async function axeosBench(canPause: boolean): Promise<Bench> {
  const { driver, twin, clock } = await openAxeos({ canPause }, { canPause });
  return {
    driver,
    tolerance: Watts(0.5),
    device: {
      truth: () =>
        Promise.resolve({ watts: twin.watts(), workload: twin.hashes() ? "mining" : ("idle" as const) }),
      pass: (duration) => clock.advance(duration),
      async suffer(trouble) {
        if (trouble === "refusing") twin.misbehave({ kind: "refuses" });
        else if (trouble === "rebooting") await twin.suffer("unplugged");
        else await twin.suffer(wire[trouble]);
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
}
