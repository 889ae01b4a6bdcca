import { Seconds, Watts } from "../../src/domain/index.ts";
import type { Bench } from "../../src/drivers/describeDriver.suite.ts";
import { braiins } from "../../src/drivers/heaters/braiins/driver.ts";
import type { Setpoint } from "../../src/heat/index.ts";
import { startBraiinsTwin, type BraiinsTwinOptions } from "../../src/lab/index.ts";
import { testContext } from "./bench.ts";

export const signal = new AbortController().signal;
const login = { username: "root", password: "hunter2" };

/** The driver at a virtual miner, on a clock that stands still. */
export async function openBraiins(twinOptions: Partial<BraiinsTwinOptions> = {}, keys: object = {}) {
  let password = "hunter2";
  const context = testContext({ secret: (name) => (name === "miner" ? { password } : undefined) });
  const { clock } = context;
  const twin = await startBraiinsTwin({ clock, login, ...twinOptions });
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

export async function braiinsBench() {
  const { driver, twin, clock } = await openBraiins();
  const bench: Bench = {
    driver,
    tolerance: Watts(5),
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
