import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Seconds, Watts } from "../../domain/index.ts";
import type { HeaterTraits } from "../../heat/index.ts";
import { traitProblems } from "../checkTraits.ts";
import type { DriverContext } from "../definition.ts";
import { describeDriver, findingsOf } from "../describeDriver.suite.ts";
import { openedSafely } from "../heaters/table.ts";
import { badDrivers } from "./badDrivers.suite.ts";
import { badInTrouble } from "./badInTrouble.suite.ts";
import { type Check, checks } from "./checks.suite.ts";
import { openLineHeater } from "./lineHeater.suite.ts";
import { troubleChecks } from "./troubleChecks.suite.ts";

describeDriver({ name: "line heater", open: openLineHeater });

describe("the contract finds a driver that", () => {
  it.each([...badDrivers, ...badInTrouble])("%s (%s)", async (_, found, words, spoil) => {
    const check: Check = { ...checks, ...troubleChecks }[found];
    const open = async () => {
      const bench = await openLineHeater();
      return { ...bench, driver: spoil(bench.driver, bench) };
    };
    expect(await findingsOf({ open }, check)).toContainEqual(expect.stringContaining(words));
  });
});

it("a heater without a guard is refused and let go of", async () => {
  const bench = await openLineHeater();
  const { driver, device } = bench;
  await driver.apply({ watts: Watts(60), workload: "mining" }, AbortSignal.timeout(5000));
  const { guard: _, ...safeState } = driver.traits.safeState;
  const unguarded: HeaterTraits = { ...driver.traits, safeState: safeState as HeaterTraits["safeState"] };
  const opening = openedSafely({
    name: "mine",
    summary: "",
    config: z.unknown(),
    traits: () => driver.traits,
    open: () => Promise.resolve({ ...driver, traits: unguarded }),
  }).open({}, {} as DriverContext);
  await expect(opening).rejects.toMatchObject({
    code: "driver/unsafe",
    message: expect.stringContaining(
      'the heater driver "mine" must not be used: nothing brings it to a safe state when the hearth dies',
    ) as string,
  });
  expect((await device.truth()).workload).toBe("idle");
  await bench.dispose();
});

it("a heater is refused that draws more once it is open than its settings told", async () => {
  const bench = await openLineHeater();
  const { driver } = bench;
  const strong: HeaterTraits = { ...driver.traits, powerReturnWatts: driver.traits.maxWatts };
  const opening = openedSafely({
    name: "mine",
    summary: "",
    config: z.unknown(),
    traits: () => driver.traits,
    open: () => Promise.resolve({ ...driver, traits: strong }),
  }).open({}, {} as DriverContext);
  await expect(opening).rejects.toMatchObject({
    code: "driver/unsafe",
    message: expect.stringContaining("once open it says other than before of its power") as string,
  });
  await bench.dispose();
});

it.each<[Partial<HeaterTraits>, string]>([
  [{ idleWatts: Watts(-1) }, "its idle power of -1 W is none"],
  [{ maxWatts: Watts(5) }, "its most, 5 W, is not above its idle power"],
  [{ settle: Seconds(0) }, "its settling time of 0 s is none"],
  [{ steps: {} }, "it can compute nothing"],
  [{ steps: { mining: { kind: "levels", watts: [] } } }, "mining: it has no level"],
  [{ steps: { mining: { kind: "levels", watts: [Watts(5)] } } }, "its lowest level, 5 W, is not above"],
  [
    { steps: { job: { kind: "levels", watts: [Watts(200)] } } },
    "job: its highest level, 200 W, is above its most",
  ],
  [
    { steps: { mining: { kind: "range", min: Watts(10), max: Watts(20), step: Watts(0) } } },
    "its levels do not ascend",
  ],
  [{ canStop: false }, "its guard would stop it, but it cannot stop"],
  [
    { safeState: { description: "stops", guard: { by: "plug-timer", within: Seconds(3600) } } },
    "its guard acts within 3600 s, not 900",
  ],
  [
    { safeState: { description: "runs on", guard: { by: "nobody" } } },
    "put it behind a plug that has a timer (`plug:`), or declare `unattendedWatts`",
  ],
  [
    { safeState: { description: "runs on", guard: { by: "unattended-watts", watts: Watts(500) } } },
    "its unattended power is 500 W",
  ],
  [
    { safeState: { description: " ", guard: { by: "plug-timer", within: Seconds(60) } } },
    "it does not describe its safe state",
  ],
])("traits with %j are refused", async (change, problem) => {
  const bench = await openLineHeater();
  await bench.dispose();
  expect(traitProblems(bench.driver.traits)).toEqual([]);
  expect(traitProblems({ ...bench.driver.traits, ...change }).join("; ")).toContain(problem);
});
