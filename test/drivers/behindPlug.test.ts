import { describe, expect, it } from "vitest";
import { Celsius } from "../../src/domain/index.ts";
import { openPlugged, type PluggedAvalon } from "./avalonBench.ts";

const at =
  (opening: () => Promise<PluggedAvalon>, work: (open: PluggedAvalon) => Promise<void>) => async () => {
    const open = await opening();
    try {
      await work(open);
    } finally {
      await open.close();
    }
  };
const q = (section: object = {}, isOff = true) => openPlugged("q", section, isOff ? {} : { works: true });
const nano = (section: object = {}) => openPlugged("nano-3s", section);

/** Runs it, as a hearth does, for so long. */
async function look({ read, pass }: PluggedAvalon, seconds: number) {
  let reading = await read();
  for (let passed = 0; passed < seconds; passed += 5) {
    await pass(5);
    reading = await read();
  }
  return reading;
}
const codes = ({ context }: PluggedAvalon) => context.events.map(({ code }) => code);

describe("a miner behind a plug", () => {
  it(
    "tells the plug's watts, and its own word beside them",
    at(q, async (open) => {
      await open.mine(1300);
      await look(open, 200);
      open.twin.misbehave("lies about watts");
      expect(await open.read()).toMatchObject({
        watts: 1300,
        provenance: "metered",
        ownWatts: 650,
        setTo: 1300,
      });
    }),
  );

  it(
    "keeps its power while it is stopped, and is cut once the hearth is silent",
    at(q, async (open) => {
      const { mine, rest, pass, shelly, twin } = open;
      await mine(800);
      expect(await rest()).toMatchObject({ outcome: "applied", reading: { workload: "idle" } });
      expect(await look(open, 400)).toMatchObject({ watts: 17, workload: "idle" });
      expect(shelly.plug.isOn()).toBe(true);
      await pass(301);
      expect(shelly.plug.isOn()).toBe(false);
      expect(twin.watts()).toBe(0);
    }),
  );

  it(
    "that is cut when it idles is told to stop first, and cut once it draws little",
    at(
      () => q({ cutWhenIdle: true }),
      async (open) => {
        const { mine, rest, shelly, twin } = open;
        expect(open.driver.traits).toMatchObject({ idleWatts: 0, stopSurvivesRestart: true });
        await mine(800);
        await look(open, 200);
        await rest();
        expect(twin.works()).toBe(false);
        expect(shelly.plug.isOn()).toBe(true);
        expect(await look(open, 30)).toMatchObject({ watts: 0, workload: "idle", faults: [] });
        expect(shelly.plug.isOn()).toBe(false);
        expect(codes(open)).toEqual(["plug/made-safe"]);
      },
    ),
  );

  it(
    "is cut by its plug's own timer when the hearth dies while it stops",
    at(
      () => q({ cutWhenIdle: true }),
      async ({ mine, rest, pass, shelly }) => {
        await mine(800);
        await pass(200);
        await rest();
        expect(shelly.plug.timerLeft()).toBeLessThanOrEqual(60);
        await pass(61);
        expect(shelly.plug.isOn()).toBe(false);
      },
    ),
  );

  it(
    "that does not take its stop is cut all the same, with an alarm",
    at(q, async (open) => {
      const { mine, rest, twin, shelly } = open;
      await mine(800);
      await look(open, 100);
      twin.misbehave("refuses");
      expect(await rest()).toMatchObject({ outcome: "refused" });
      expect(shelly.plug.isOn()).toBe(true);
      expect(await look(open, 70)).toMatchObject({ watts: 0, workload: "idle" });
      expect(shelly.plug.isOn()).toBe(false);
      expect(codes(open)).toContain("plug/cut");
    }),
  );

  it(
    "that cannot be reached is stopped by its plug, with an alarm",
    at(q, async (open) => {
      const { mine, rest, twin, shelly } = open;
      await mine(800);
      await look(open, 100);
      await twin.suffer("unplugged");
      expect(await rest()).toMatchObject({ outcome: "busy" });
      await look(open, 70);
      expect(shelly.plug.isOn()).toBe(false);
      expect(codes(open)).toContain("plug/cut");
    }),
  );

  it(
    "that falls silent while it draws power is cut after a minute, and stays off until it is set anew",
    at(q, async (open) => {
      const { mine, read, twin, shelly } = open;
      await mine(800);
      await look(open, 30);
      await twin.suffer("unplugged");
      const silent = await look(open, 50);
      expect(silent).toMatchObject({ workload: "mining", provenance: "metered" });
      expect(silent.faults[0]).toContain("it does not answer");
      expect(silent.temperature).toBeUndefined();
      await look(open, 15);
      expect(shelly.plug.isOn()).toBe(false);
      expect(open.context.events.at(-1)).toMatchObject({
        level: "alarm",
        code: "plug/cut",
        message: expect.stringMatching(/it has not answered for 6\d s, draws \d+ W/) as string,
      });
      await twin.suffer(undefined);
      expect((await look(open, 60)).faults[0]).toContain("it was cut off: it has not answered");
      expect(shelly.plug.isOn()).toBe(false);
      expect(await mine(800)).toMatchObject({ outcome: "applied" });
      expect((await read()).faults).toEqual([]);
    }),
  );

  it(
    "that falls silent while it is hot is cut sooner",
    at(
      () => openPlugged("q", {}, { air: () => Celsius(30) }),
      async (open) => {
        const { mine, twin, shelly } = open;
        await mine(1674);
        const { temperature = 0 } = await look(open, 600);
        expect(temperature).toBeGreaterThan(85);
        expect(twin.temperature()).toBeGreaterThan(85);
        await twin.suffer("unplugged");
        await look(open, 25);
        expect(shelly.plug.isOn()).toBe(false);
        expect(open.context.events.at(-1)?.message).toMatch(
          new RegExp(`2\\d s, draws 1674 W and had ${Math.round(temperature)} °C when last heard`),
        );
      },
    ),
  );

  it(
    "that hangs leaves time to cut it off",
    at(q, async (open) => {
      const { mine, twin, shelly, pass, read, rest } = open;
      await mine(800);
      await look(open, 60);
      await twin.suffer("silent");
      expect(await read()).toMatchObject({ provenance: "metered" });
      await pass(61);
      await rest();
      await pass(61);
      expect(shelly.plug.isOn()).toBe(false);
    }),
  );

  it(
    "that falls silent and draws little keeps its power: it shut itself down, and its fans may cool it",
    at(q, async (open) => {
      const { mine, rest, twin, shelly } = open;
      await mine(800);
      await look(open, 60);
      await rest();
      await look(open, 60);
      await twin.suffer("unplugged");
      expect(await look(open, 300)).toMatchObject({ workload: "idle", watts: 17 });
      expect(shelly.plug.isOn()).toBe(true);
      expect(codes(open)).toEqual(["plug/made-safe"]);
    }),
  );

  it(
    "is unguarded once its plug is silent for a while, and is read all the same",
    at(q, async (open) => {
      const { mine, read, pass, shelly } = open;
      await mine(800);
      await look(open, 200);
      await shelly.suffer("unplugged");
      const first = await read();
      expect(first).toMatchObject({ watts: 800, provenance: "reported", workload: "mining" });
      expect(first.unguarded).toBeUndefined();
      await pass(21);
      expect((await read()).unguarded).toContain("its plug: ");
      await shelly.suffer(undefined);
      expect((await read()).unguarded).toBeUndefined();
    }),
  );

  it(
    "starts up behind it before it is set: until then it is busy",
    at(
      () => openPlugged("nano-3s", { bootSeconds: 90 }, { boot: 60 as never }),
      async (open) => {
        const { mine, rest, read, pass, twin } = open;
        await pass(61);
        await mine(133);
        await rest();
        expect(twin.watts()).toBe(0);
        expect(await mine(133)).toEqual({ outcome: "busy", why: "starts after its power was switched on" });
        expect(await read()).toMatchObject({ busy: "starts after its power was switched on", faults: [] });
        await pass(61);
        expect(await mine(133)).toMatchObject({ outcome: "applied", reading: { workload: "mining" } });
      },
    ),
  );

  it(
    "that cannot stop is cut at once, and draws nothing after an outage",
    at(nano, async ({ mine, rest, read, shelly, driver, pass }) => {
      expect(driver.traits).toMatchObject({ idleWatts: 0, canStop: true, powerReturnWatts: 0 });
      await mine(133);
      expect(await rest()).toMatchObject({ outcome: "applied", reading: { watts: 0, workload: "idle" } });
      expect(shelly.plug.isOn()).toBe(false);
      await mine(133);
      await shelly.plug.outage();
      await pass(5);
      expect(await read()).toMatchObject({ watts: 0, workload: "idle" });
    }),
  );

  it(
    "is stopped and then cut when it is let go of, soon and by the plug's own timer",
    at(q, async ({ mine, driver, shelly, pass, twin }) => {
      await mine(800);
      await pass(100);
      await driver.close();
      expect(twin.watts()).toBeGreaterThan(0);
      expect(shelly.plug.timerLeft()).toBeLessThanOrEqual(60);
      await pass(61);
      expect(shelly.plug.isOn()).toBe(false);
    }),
  );
});
