import { afterEach, describe, expect, it } from "vitest";
import { Celsius, Instant, messageOf, Seconds, simulatedClock } from "../../src/domain/index.ts";
import { describeDriver } from "../../src/drivers/describeDriver.suite.ts";
import { braiins } from "../../src/drivers/heaters/braiins/driver.ts";
import { openedSafely } from "../../src/drivers/heaters/table.ts";
import { describeWith } from "../parts.ts";
import { testContext } from "./bench.ts";
import { braiinsBench, openBraiins, signal } from "./braiinsBench.ts";
import { recordedDevice } from "./recordedDevice.ts";

type Opened = Awaited<ReturnType<typeof openBraiins>>;
const opened: Opened[] = [];
afterEach(async () => {
  for (const { driver, twin } of opened.splice(0)) {
    await driver.leave();
    await twin.close();
  }
});
const open = async (...options: Parameters<typeof openBraiins>) => {
  const one = await openBraiins(...options);
  opened.push(one);
  return one;
};

describeDriver({
  name: "braiins",
  open: braiinsBench,
  meddle: ({ twin }) => twin.boot({ target: 2750 }),
});

describe("a miner on Braiins OS", () => {
  it("is told a new target only when it has another", async () => {
    const { mine, twin, pass } = await open();
    await mine(1200);
    await pass(600);
    expect(twin.watts()).toBe(1200);
    twin.misbehave({ kind: "refuses" });
    expect(await mine(1200)).toMatchObject({ outcome: "applied", reading: { setTo: 1200 } });
    expect(await mine(1250)).toMatchObject({
      outcome: "refused",
      why: expect.stringContaining("another configuration is in progress") as string,
    });
  });

  it("takes its target before it resumes, so that it never starts at the old one", async () => {
    const { mine, twin, pass, rest } = await open({ ramp: 10_000 });
    await mine(3600);
    await pass(10);
    await rest();
    await pass(10);
    await mine(900);
    await pass(5);
    expect(twin.watts()).toBe(900);
  });

  it("mines at its last target after a restart, and tells so", async () => {
    const { mine, rest, read, twin, pass } = await open();
    await mine(2000);
    await rest();
    await pass(300);
    expect(await read()).toMatchObject({ workload: "idle", setTo: 0, watts: 50, provenance: "estimated" });
    twin.boot();
    await pass(300);
    expect(await read()).toMatchObject({ workload: "mining", setTo: 2000, watts: 2000 });
  });

  it("whose settings were changed behind the hearth's back is told so, and set right before it rests", async () => {
    const { read, rest, twin, pass } = await open({}, { maxWatts: 1500, unattendedWatts: 1500 });
    twin.boot({ target: 3000 });
    await pass(300);
    expect(await read()).toMatchObject({
      setTo: 3000,
      unguarded: "it is set to 3000 W, and may be left to itself at 1500 W",
      faults: ["It is set to 3000 W, above the 1500 W that it may be given here"],
    });
    await rest();
    twin.boot();
    await pass(300);
    expect(twin.watts()).toBe(1500);
    expect(await read()).not.toHaveProperty("unguarded");
  });

  it("set to less by a reboot has not scaled itself down: it may be asked for all it can at once", async () => {
    const { mine, read, twin, pass } = await open();
    await mine(3000);
    await pass(300);
    await read();
    twin.boot({ target: 1000 });
    const reading = await read();
    expect(reading.setTo).toBe(1000);
    expect(reading.available).toBeUndefined();
  });

  it("is paused even where it cannot be set right", async () => {
    const { rest, twin, pass } = await open({}, { maxWatts: 1500, unattendedWatts: 1500 });
    twin.boot({ target: 3000 });
    await pass(100);
    twin.misbehave({ kind: "keeps-its-target" });
    expect(await rest()).toMatchObject({ outcome: "applied", reading: { workload: "idle" } });
    expect(twin.hashes()).toBe(false);
  });

  it("takes no more than it has scaled itself down to", async () => {
    const { mine, read, twin, pass } = await open();
    await mine(3000);
    await pass(300);
    twin.misbehave({ kind: "scales", watts: 2431 });
    await pass(300);
    expect(await read()).toMatchObject({
      watts: 2431,
      setTo: 2431,
      available: { kind: "range", min: 800, max: 2400, step: 50 },
    });
    twin.misbehave(undefined);
    await pass(1700);
    expect(await read()).toMatchObject({ setTo: 3000, available: { max: 2400 } });
    await pass(101);
    expect(await read()).not.toHaveProperty("available");
  });

  it("takes no more than it states, whatever it was opened with", async () => {
    const { mine, read } = await open({ constraints: { min: 945, default: 2000, max: 2510 } });
    const { available } = await read();
    expect(available).toEqual({ kind: "range", min: 950, max: 2500, step: 50 });
    expect(await mine(3000)).toEqual({ outcome: "refused", why: "the miner takes 945 to 2510 W now" });
  });

  it("that takes nothing of what is allowed says which keys to change", async () => {
    const { read } = await open({ constraints: { min: 4000, default: 4500, max: 5000 } });
    const { faults } = await read();
    expect(faults).toEqual([
      "It is set to 4500 W, above the 3600 W that it may be given here",
      "It takes 4000 to 5000 W, and 800 to 3600 W are allowed here: change minWatts and maxWatts",
    ]);
  });

  it("tells what its tuner does, once each", async () => {
    const { mine, read, pass, events } = await open({ tuning: Seconds(100), air: () => Celsius(-5) });
    await mine(1000);
    await pass(20);
    expect((await read()).watts).toBe(320);
    await read();
    await pass(300);
    expect((await read()).watts).toBe(1000);
    await read();
    expect(events.map(({ message }) => message)).toEqual(["Its tuner is preheating", "Its tuner is stable"]);
  });

  it("suspends itself before its chips burn, and says why", async () => {
    const { mine, read, twin, pass } = await open();
    await mine(3600);
    twin.misbehave({ kind: "chokes", factor: 2 });
    await pass(600);
    const { workload, faults } = await read();
    expect(workload).toBe("idle");
    expect(faults).toEqual([
      "It has suspended itself; look at its own page for the reason",
      "Dangerous chip temperature, mining is suspended",
    ]);
  });

  it("tells a board that is off and pools that are lost", async () => {
    const { read, twin } = await open();
    twin.misbehave({ kind: "loses-a-board" });
    twin.misbehave({ kind: "loses-its-pools" });
    expect((await read()).faults).toEqual(["Its hashboard 3 is off", "None of its pools answers"]);
  });

  it("that applies a configuration while it mines is worth asking again; a paused one is known to rest", async () => {
    const { mine, read, rest, twin } = await open();
    await mine(2000);
    twin.misbehave({ kind: "reconfigures" });
    await expect(read()).rejects.toMatchObject({ code: "device/failed", retry: "later" });
    twin.misbehave(undefined);
    await rest();
    twin.misbehave({ kind: "reconfigures" });
    expect(await read()).toMatchObject({ workload: "idle", watts: 50, provenance: "estimated", setTo: 0 });
  });
});

describe("the login at a miner", () => {
  it.each(["bare", "Bearer"] as const)("works with a %s token, also after it ran out", async (token) => {
    const { read, pass } = await open({ token, tokenLife: Seconds(100) });
    expect((await read()).workload).toBe("idle");
    await pass(200);
    expect((await read()).workload).toBe("idle");
  });

  it("with a wrong password is tried once a minute, and again at once with another", async () => {
    const { read, setPassword, pass } = await open();
    setPassword("secret");
    await expect(read()).rejects.toMatchObject({ code: "device/not-allowed" });
    await expect(read()).rejects.toThrow("a moment ago");
    setPassword("hunter2");
    expect((await read()).workload).toBe("idle");
    await pass(1);
  });

  it("never tells the password", async () => {
    const { read, setPassword } = await open();
    setPassword("invalid");
    const thrown = await read().catch((error: unknown) => error);
    expect(messageOf(thrown)).not.toContain("invalid");
    expect(messageOf(thrown)).toContain("check the entry under credentials");
  });

  it("says which entry is missing", async () => {
    const { read } = await open({}, { credentials: "other" });
    await expect(read()).rejects.toThrow("hearthwork credentials set other");
  });
});

it("a miner that nobody guards is refused, with what to do", async () => {
  const config = braiins.config.parse({ address: "192.168.1.20", minWatts: 800, maxWatts: 3000 });
  await expect(openedSafely(braiins).open(config, testContext())).rejects.toThrow(
    "put it behind a plug that has a timer (`plug:`), or declare `unattendedWatts`",
  );
});

it("a miner with unattendedWatts is never asked for more", async () => {
  const config = braiins.config.parse({
    address: "192.168.1.20",
    minWatts: 800,
    maxWatts: 3000,
    unattendedWatts: 1000,
  });
  const { traits } = await openedSafely(braiins).open(config, testContext());
  expect(traits).toMatchObject({
    steps: { mining: { min: 800, max: 1000 } },
    maxWatts: 1050,
    powerReturnWatts: 1050,
    safeState: { guard: { by: "unattended-watts", watts: 1000 } },
  });
});

describeWith("shared-data", "the recorded replies of Braiins OS 25.11", (shared) => {
  it("give this reading", async () => {
    const device = await recordedDevice(
      `${shared}/fixtures/miners/braiins-rest-25.11`,
      {
        "/api/v1/miner/details": "miner_details.json",
        "/api/v1/miner/stats": "miner_stats.json",
        "/api/v1/miner/hw/hashboards": "miner_hw_hashboards.json",
        "/api/v1/miner/errors": "miner_errors.json",
        "/api/v1/performance/tuner-state": "performance_tuner_state.json",
        "/api/v1/configuration/miner": "configuration_miner.json",
        "/api/v1/pools": "pools.json",
      },
      { "/api/v1/auth/login": { token: "t" } },
    );
    const clock = simulatedClock(Instant(Date.UTC(2026, 3, 17, 17, 22, 17)));
    const config = braiins.config.parse({ address: device.url, minWatts: 1000, maxWatts: 3100 });
    const driver = await braiins.open(config, testContext({ clock }));
    expect(await driver.read(signal)).toEqual({
      at: clock.now(),
      watts: 2472,
      provenance: "reported",
      workload: "mining",
      hashrate: 119_995_007_785_238.1,
      temperature: 71.5,
      available: { kind: "range", min: 1000, max: 2400, step: 50 },
      setTo: 2431,
      shares: { accepted: 5048, rejected: 10, stale: 0 },
      faults: [],
    });
    await device.close();
  });
});
