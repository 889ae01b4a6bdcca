import { describe, expect, it } from "vitest";
import { type Bench, type Trouble, troubles } from "./contract/bench.suite.ts";
import { Finding } from "./contract/calls.suite.ts";
import { type Check, checks } from "./contract/checks.suite.ts";
import { troubleChecks } from "./contract/troubleChecks.suite.ts";

export type { Bench } from "./contract/bench.suite.ts";

export interface DriverSubject {
  readonly name: string;
  /** A fresh driver at a fresh device, idle and well. */
  open(): Promise<Bench>;
  /** Troubles that this device cannot have, each with the reason. */
  readonly notApplicable?: Partial<Record<Trouble, string>>;
}

/** The one contract that every heater driver keeps; one case a side of it. */
export function describeDriver(subject: DriverSubject): void {
  const { notApplicable = {} } = subject;
  const applicable = troubles.filter((trouble) => notApplicable[trouble] === undefined);
  describe(`the heater driver ${subject.name}`, () => {
    it.each(Object.entries(checks))("%s", async (_, check) => {
      expect(await findingsOf(subject, check)).toEqual([]);
    });
    it.each(applicable)("endures a device that is %s", async (trouble) => {
      expect(await findingsOf(subject, troubleChecks[trouble])).toEqual([]);
    });
    it.each(Object.entries(notApplicable))("is not asked about a device that is %s: %s", (_, reason) => {
      expect(reason.length).toBeGreaterThan(5);
    });
  });
}

/** Runs one check at a fresh device. */
export async function findingsOf(subject: DriverSubject, check: Check): Promise<readonly string[]> {
  const bench = await subject.open();
  try {
    return await check(bench);
  } catch (thrown) {
    if (thrown instanceof Finding) return [thrown.message];
    throw thrown;
  } finally {
    await bench.dispose();
  }
}
