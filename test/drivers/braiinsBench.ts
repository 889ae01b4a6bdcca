import { Instant, Seconds, simulatedClock, Watts } from "../../src/domain/index.ts";
import type { Bench, Trouble } from "../../src/drivers/contract/bench.suite.ts";
import { braiins } from "../../src/drivers/heaters/braiins/driver.ts";
import type { Setpoint } from "../../src/heat/index.ts";
import type { WireFault } from "../../src/lab/devices/faultyServer.ts";
import { startVirtualBraiins, type VirtualBraiinsOptions } from "../../src/lab/devices/virtualBraiins.ts";
import { virtualContext } from "./virtualContext.ts";

export const signal = new AbortController().signal;
const login = { username: "root", password: "hunter2" };

/** The driver at a virtual miner, on a clock that stands still. */
export async function openBraiins(twinOptions: Partial<VirtualBraiinsOptions> = {}, keys: object = {}) {
  const clock = simulatedClock(Instant(Date.UTC(2026, 0, 15)));
  const twin = await startVirtualBraiins({ clock, login, ...twinOptions });
  let password = "hunter2";
  const context = virtualContext(clock, (name) => (name === "miner" ? { password } : undefined));
  const config = braiins.config.parse({
    address: twin.url,
    credentials: "miner",
    minWatts: 800,
    maxWatts: 3600,
    settleSeconds: 240,
    unattendedWatts: 3600,
    ...keys,
  });
  const driver = await braiins.open(config, context);
  return {
    clock,
    twin,
    driver,
    events: context.events,
    setPassword: (next: string) => (password = next),
    read: () => driver.read(signal),
    mine: (watts: number) => driver.apply({ watts: Watts(watts), workload: "mining" }, signal),
    rest: () => driver.apply({ watts: Watts(0), workload: "idle" } satisfies Setpoint, signal),
    pass: (seconds: number) => clock.advance(Seconds(seconds)),
  };
}

const wire: Partial<Record<Trouble, WireFault>> = {
  silent: "silent",
  "half-open": "half-open",
  slow: "slow",
  garbage: "garbage",
};

export async function braiinsBench(): Promise<Bench> {
  const { driver, twin, clock } = await openBraiins();
  return {
    driver,
    tolerance: Watts(5),
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
