import { describe, expect, it } from "vitest";
import { describeDriver } from "../../src/drivers/describeDriver.suite.ts";
import { heaterDrivers } from "../../src/drivers/index.ts";
import { benchOf, openAvalon, type OpenAvalon, openPlugged } from "./avalonBench.ts";
import { testContext } from "./bench.ts";

describeDriver({ name: "avalon (Q)", open: async () => benchOf(await openAvalon("q")) });
describeDriver({
  name: "avalon (Nano 3S behind a plug)",
  open: async () => benchOf(await openPlugged("nano-3s")),
});

const at = (opening: () => Promise<OpenAvalon>, work: (open: OpenAvalon) => Promise<void>) => async () => {
  const open = await opening();
  try {
    await work(open);
  } finally {
    await open.close();
  }
};

describe("an Avalon Q", () => {
  it(
    "is set to its mode before it is started, and stopped by its own clock",
    at(
      () => openAvalon("q"),
      async ({ mine, rest, twin, context }) => {
        expect(await mine(1300)).toMatchObject({
          outcome: "applied",
          reading: { workload: "mining", setTo: 1300 },
        });
        const started = Number(twin.written[1]?.split(":")[1]);
        expect(twin.written).toEqual(["0,workmode,set,1", `0,softon,1:${started}`]);
        expect(started).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 15) / 1000 + 5);
        await context.clock.advance(200 as never);
        expect(await rest()).toMatchObject({ outcome: "applied", reading: { workload: "idle", setTo: 0 } });
        expect(twin.works()).toBe(false);
      },
    ),
  );

  it(
    "is asked nothing that it does already",
    at(
      () => openAvalon("q", {}, { works: true }),
      async ({ mine, twin }) => {
        await mine(1674);
        await mine(1674);
        expect(twin.written).toEqual([]);
      },
    ),
  );

  it(
    "starts though it hangs up at softon",
    at(
      () => openAvalon("q"),
      async ({ mine, twin }) => {
        twin.misbehave("hangs up at softon");
        expect(await mine(1674)).toMatchObject({ outcome: "applied" });
        expect(twin.works()).toBe(true);
      },
    ),
  );

  it(
    "is busy while it calibrates, and takes its mode afterwards",
    at(
      () => openAvalon("q", {}, { works: true }),
      async ({ mine, twin }) => {
        twin.misbehave("calibrates");
        expect(await mine(800)).toEqual({ outcome: "busy", why: "it calibrates and takes no new mode" });
        twin.misbehave(undefined);
        expect(await mine(800)).toMatchObject({ outcome: "applied", reading: { setTo: 800 } });
      },
    ),
  );

  it.each(["joins nothing", "writes bad JSON"] as const)("is understood though it %s", async (fault) => {
    await at(
      () => openAvalon("q", {}, { works: true }),
      async ({ mine, pass, read, twin }) => {
        twin.misbehave(fault);
        await mine(800);
        await pass(200);
        expect(await read()).toMatchObject({
          watts: 800,
          provenance: "reported",
          workload: "mining",
          hashrate: 800 * 0.0538 * 1e12,
          networkDifficulty: 126_271_255_279_306.98,
        });
      },
    )();
  });
});

describe("an Avalon that cannot stop", () => {
  it(
    "refuses to, and is set by levels where its firmware has no modes",
    at(
      () => openAvalon("nano-3"),
      async ({ mine, rest, read, twin, pass }) => {
        expect(await rest()).toMatchObject({ outcome: "refused" });
        await mine(60);
        await pass(200);
        expect(twin.written).toEqual(["0,worklevel,set,0"]);
        expect(await read()).toMatchObject({ watts: 60, provenance: "estimated", setTo: 60 });
      },
    ),
  );

  it(
    "is left in its lowest mode, and offered none that it may not be left in",
    at(
      () => openAvalon("nano-3s", { unattendedWatts: 100 }),
      async ({ driver, twin }) => {
        expect(driver.traits.steps.mining).toEqual({ kind: "levels", watts: [70, 100] });
        await driver.close();
        expect(twin.written).toEqual(["0,workmode,set,0"]);
      },
    ),
  );

  it("is refused without a plug and without a power that it may be left at", async () => {
    const kind = heaterDrivers["avalon"] ?? expect.unreachable();
    const config = kind.config.parse({ address: "127.0.0.1", model: "nano-3s" });
    await expect(kind.open(config, testContext())).rejects.toMatchObject({ code: "driver/unsafe" });
  });

  it(
    "is not written to when it is another model than hearth.yaml says",
    at(
      () => openAvalon("nano-3s", { model: "nano-3" }),
      async ({ mine, read, twin }) => {
        const why = "it says that it is a nano-3s, hearth.yaml says nano-3";
        expect(await mine(60)).toEqual({ outcome: "refused", why });
        expect((await read()).faults).toEqual([why]);
        expect(twin.written).toEqual([]);
      },
    ),
  );
});
