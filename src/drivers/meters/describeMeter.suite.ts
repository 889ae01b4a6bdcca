import { describe, expect, it } from "vitest";
import type { Meter } from "./meter.ts";

const troubles = ["silent", "half-open", "slow", "garbage", "unplugged"] as const;
export type MeterTrouble = (typeof troubles)[number];

/** A meter freshly opened, at a device that is well. */
export interface MeterBench {
  readonly meter: Meter;
  readonly device: {
    /** From now on it measures this power, W, and has counted so much, J. */
    measure(watts: number, joules: number): void;
    suffer(trouble: MeterTrouble | undefined): Promise<void>;
  };
  dispose(): Promise<void>;
}

const patient = () => AbortSignal.timeout(5000);
const later = { name: "HearthworkError", retry: "later" };

export interface MeterSubject {
  readonly name: string;
  readonly open: () => Promise<MeterBench>;
  /** Whether it tells which way power flows. */
  readonly isSigned: boolean;
}

/** The one contract that every kind of meter keeps; one case a side of it. */
export function describeMeter({ name, open, isSigned }: MeterSubject): void {
  const at = (work: (bench: MeterBench) => Promise<void>) => async () => {
    const bench = await open();
    try {
      await work(bench);
    } finally {
      await bench.dispose();
    }
  };

  describe(`the meter ${name}`, () => {
    it.each(isSigned ? [47.5, 0, -1234.5] : [47.5, 0])("tells %d W and what it counted", (watts) =>
      at(async ({ meter, device }) => {
        device.measure(watts, 7_200_000);
        const reading = await meter.read(patient());
        expect(reading.watts).toBeCloseTo(watts, 1);
        expect(reading.energy).toBeCloseTo(7_200_000, -1);
        expect(Number.isFinite(reading.at)).toBe(true);
      })(),
    );

    it(
      "does nothing for a signal that is aborted already",
      at(async ({ meter }) => {
        await expect(meter.read(AbortSignal.abort())).rejects.toMatchObject(later);
      }),
    );

    it.each(troubles)("endures being %s, and is well again afterwards", (trouble) =>
      at(async ({ meter, device }) => {
        device.measure(100, 0);
        await device.suffer(trouble);
        await expect(meter.read(AbortSignal.timeout(150))).rejects.toMatchObject(later);
        await device.suffer(undefined);
        expect((await meter.read(patient())).watts).toBeCloseTo(100, 1);
      })(),
    );
  });
}
