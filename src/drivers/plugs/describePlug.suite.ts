import { describe, expect, it } from "vitest";
import { HearthworkError, Seconds, type Watts } from "../../domain/index.ts";
import type { Plug } from "./plug.ts";

const troubles = ["silent", "half-open", "slow", "garbage", "unplugged"] as const;
export type PlugTrouble = (typeof troubles)[number];

/** A plug freshly opened, at a device that is on, has a load, and whose settings are not safe. */
export interface PlugBench {
  readonly plug: Plug;
  /** The plug itself, as seen by someone who stands beside it. */
  readonly device: {
    isOn(): boolean;
    watts(): Watts;
    pass(duration: Seconds): Promise<void>;
    /** The mains go away and come back. */
    outage(): Promise<void>;
    suffer(trouble: PlugTrouble | undefined): Promise<void>;
    /** It answers, but does nothing that it is told. */
    refuse(refuses: boolean): void;
  };
  dispose(): Promise<void>;
}

const timer = Seconds(60);
const patient = () => AbortSignal.timeout(5000);
const hasty = () => AbortSignal.timeout(150);
const later = { name: "HearthworkError", retry: "later" };

/** The one contract that every kind of plug keeps; one case a side of it. */
export function describePlug(name: string, open: () => Promise<PlugBench>): void {
  const at = (work: (bench: PlugBench) => Promise<void>) => async () => {
    const bench = await open();
    try {
      await work(bench);
    } finally {
      await bench.dispose();
    }
  };
  const cases = (entries: Readonly<Record<string, (bench: PlugBench) => Promise<void>>>) =>
    it.each(Object.entries(entries))("%s", (_, work) => at(work)());

  describe(`the plug ${name}`, () => {
    cases(told);
    cases(timed);
    cases(refusing);
    it.each(troubles)("endures being %s, and is well again afterwards", (trouble) =>
      at(({ plug, device }) => endures(plug, device, trouble))(),
    );
  });
}

const told = {
  async "tells its state, its power and what it counted"({ plug, device }: PlugBench) {
    const before = await plug.read(patient());
    expect(before).toMatchObject({ on: true, watts: device.watts() });
    await device.pass(Seconds(3600));
    const { energy = 0 } = await plug.read(patient());
    expect(energy - (before.energy ?? 0)).toBeCloseTo(device.watts() * 3600, -1);
  },

  async "cuts, and switches on again"({ plug, device }: PlugBench) {
    expect(await plug.cut(patient())).toMatchObject({ on: false, watts: 0 });
    expect(device.isOn()).toBe(false);
    expect(await plug.hold(timer, patient())).toMatchObject({ on: true });
    expect(device.watts()).toBeGreaterThan(0);
  },

  async "is set to stay off after an outage, once"({ plug, device }: PlugBench) {
    expect((await plug.secure(patient())).kind).toBe("made safe");
    expect(await plug.secure(patient())).toEqual({ kind: "safe" });
    await plug.hold(timer, patient());
    await device.outage();
    expect(device.isOn()).toBe(false);
  },
};

const timed = {
  async "cuts by its own timer when it hears nothing more"({ plug, device }: PlugBench) {
    const { timer: left = 1 } = await plug.hold(timer, patient());
    expect(left).toBeGreaterThan(0);
    await device.pass(Seconds(timer - 2));
    expect(device.isOn()).toBe(true);
    await device.pass(Seconds(4));
    expect(device.isOn()).toBe(false);
    expect(await plug.read(patient())).toMatchObject({ on: false, watts: 0 });
  },

  async "goes on for as long as its timer is started again"({ plug, device }: PlugBench) {
    await plug.hold(timer, patient());
    for (let time = 0; time < 6; time++) {
      await device.pass(Seconds(timer / 2));
      await plug.arm(timer, patient());
    }
    expect(device.isOn()).toBe(true);
    await device.pass(Seconds(timer + 2));
    expect(device.isOn()).toBe(false);
  },

  async "has its timer shortened"({ plug, device }: PlugBench) {
    await plug.hold(timer, patient());
    await plug.arm(Seconds(20), patient());
    await device.pass(Seconds(22));
    expect(device.isOn()).toBe(false);
  },
};

const refusing = {
  async "says when it cannot be set to stay off"({ plug, device }: PlugBench) {
    device.refuse(true);
    const secured = await plug.secure(patient()).catch((thrown: unknown) => thrown);
    if (!(secured instanceof HearthworkError)) expect(secured).toMatchObject({ kind: "unsafe" });
  },

  async "is not believed to be off when it is on"({ plug, device }: PlugBench) {
    device.refuse(true);
    await expect(plug.cut(patient())).rejects.toThrow(HearthworkError);
    expect(device.isOn()).toBe(true);
  },

  async "is not believed to be on when it is off"({ plug, device }: PlugBench) {
    await plug.cut(patient());
    device.refuse(true);
    await expect(plug.hold(timer, patient())).rejects.toThrow(HearthworkError);
    expect(device.isOn()).toBe(false);
  },

  async "does nothing for a signal that is aborted already"({ plug, device }: PlugBench) {
    const gone = AbortSignal.abort();
    await expect(plug.read(gone)).rejects.toMatchObject(later);
    await expect(plug.cut(gone)).rejects.toMatchObject(later);
    await expect(plug.secure(gone)).rejects.toMatchObject(later);
    await expect(plug.hold(timer, gone)).rejects.toMatchObject(later);
    expect(device.isOn()).toBe(true);
  },
};

async function endures(plug: Plug, device: PlugBench["device"], trouble: PlugTrouble): Promise<void> {
  await plug.read(patient());
  await device.suffer(trouble);
  await expect(plug.read(hasty())).rejects.toMatchObject(later);
  await expect(plug.hold(timer, hasty())).rejects.toMatchObject(later);
  await expect(plug.secure(hasty())).rejects.toMatchObject(later);
  await device.suffer(undefined);
  expect((await plug.hold(timer, patient())).on).toBe(true);
  expect((await plug.cut(patient())).on).toBe(false);
  expect(device.isOn()).toBe(false);
}
