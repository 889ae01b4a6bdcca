import { describe, expect, it } from "vitest";
import { Seconds } from "../../domain/index.ts";
import type { SensorDriver } from "../../heat/index.ts";

/** A sensor freshly opened, at a device that has told nothing yet. */
export interface SensorBench {
  readonly sensor: SensorDriver;
  /** The device itself, as seen by someone who stands beside it. */
  readonly device: {
    /** From now on it has this temperature, °C, and lets it be known. */
    show(celsius: number): Promise<void>;
    /** It tells what makes no sense. */
    babble(): Promise<void>;
    /** It is gone; `show` brings it back. */
    vanish(): Promise<void>;
    /** Lets so much time pass, in steps that the device and the sensor can follow. */
    pass(duration: Seconds): Promise<void>;
  };
  dispose(): Promise<void>;
}

const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 10_000, interval: 20 });

/** The one contract that every kind of sensor keeps; one case a side of it. */
export function describeSensor(name: string, open: () => Promise<SensorBench>): void {
  describe(`the sensor ${name}`, () => {
    it.each(Object.entries(sides))("%s", async (_, side) => {
      const bench = await open();
      try {
        await side(bench);
      } finally {
        await bench.dispose();
      }
    });
  });
}

const sides: Readonly<Record<string, (bench: SensorBench) => Promise<void>>> = {
  async "says why while it has no reading"({ sensor }) {
    expect(sensor.latest()).toBeUndefined();
    expect(sensor.drain()).toEqual([]);
    await eventually(() => sensor.trouble()).toBeTruthy();
  },

  async "tells what its device shows, in °C"({ sensor, device }) {
    for (const celsius of [21.5, -3.25, 0]) {
      await device.show(celsius);
      await eventually(() => sensor.latest()?.value).toBeCloseTo(celsius, 1);
    }
    expect(sensor.trouble()).toBeUndefined();
  },

  async "hands over every reading once, oldest first"({ sensor, device }) {
    for (const celsius of [20, 20.5, 21]) {
      await device.show(celsius);
      await eventually(() => sensor.latest()?.value).toBeCloseTo(celsius, 1);
    }
    const drained = sensor.drain();
    expect(drained.map(({ value }) => Math.round(value * 2) / 2)).toEqual(
      expect.arrayContaining([20, 20.5, 21]),
    );
    expect(drained.map(({ at }) => at)).toEqual(drained.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(sensor.latest()).toEqual(drained.at(-1));
    expect(sensor.drain()).toEqual([]);
  },

  async "does not make its newest reading younger when its device is gone"({ sensor, device }) {
    await device.show(21);
    await eventually(() => sensor.latest()?.value).toBeCloseTo(21, 1);
    const before = sensor.latest();
    await device.vanish();
    await device.pass(Seconds(400));
    expect(sensor.latest()).toEqual(before);
    await eventually(() => sensor.trouble()).toBeTruthy();
    await device.show(22);
    await eventually(() => sensor.latest()?.value).toBeCloseTo(22, 1);
    await eventually(() => sensor.trouble()).toBeUndefined();
  },

  async "makes nothing of nonsense"({ sensor, device }) {
    await device.show(21);
    await eventually(() => sensor.latest()?.value).toBeCloseTo(21, 1);
    sensor.drain();
    await device.babble();
    await device.pass(Seconds(400));
    await eventually(() => sensor.trouble()).toBeTruthy();
    expect(sensor.drain()).toEqual([]);
    expect(sensor.latest()?.value).toBeCloseTo(21, 1);
    await device.show(22);
    await eventually(() => sensor.latest()?.value).toBeCloseTo(22, 1);
  },

  async "lets go, and twice"({ sensor, device }) {
    await device.show(21);
    await eventually(() => sensor.latest()?.value).toBeCloseTo(21, 1);
    await sensor.close();
    sensor.drain();
    await device.show(25);
    await device.pass(Seconds(60));
    expect(sensor.drain()).toEqual([]);
    await sensor.close();
  },
};
