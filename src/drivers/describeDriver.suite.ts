import { describe, expect, it } from "vitest";
import { type Bench, type Trouble, troubles } from "./contract/bench.suite.ts";
import { Finding } from "./contract/calls.suite.ts";
import { checks } from "./contract/checks.suite.ts";
import { seesThroughMeddling, troubleChecks } from "./contract/troubleChecks.suite.ts";

export type { Bench } from "./contract/bench.suite.ts";

export interface DriverSubject<B extends Bench = Bench> {
  readonly name: string;
  /** A fresh driver at a fresh device, idle and well. */
  open(): Promise<B>;
  /** Another hand changes the device's settings, at its own page or by a restart. */
  readonly meddle?: (bench: B) => void;
  /** What this device cannot do, and troubles that it cannot have, each with the reason. */
  readonly notApplicable?: Partial<Record<Trouble | keyof typeof checks, string>>;
}

/** The one contract that every heater driver keeps; one case a side of it. */
export function describeDriver<B extends Bench>(subject: DriverSubject<B>): void {
  const { notApplicable = {}, meddle } = subject;
  const applies = (name: string) => !Object.hasOwn(notApplicable, name);
  describe(`the heater driver ${subject.name}`, () => {
    it.each(Object.entries(checks).filter(([name]) => applies(name)))("%s", async (_, check) => {
      expect(await findingsOf(subject, check)).toEqual([]);
    });
    it.each(troubles.filter(applies))("endures a device that is %s", async (trouble) => {
      expect(await findingsOf(subject, troubleChecks[trouble])).toEqual([]);
    });
    if (meddle) {
      it("tells the truth of settings that another hand changed, and obeys again", async () => {
        const check = (bench: B) => seesThroughMeddling(bench, () => meddle(bench));
        expect(await findingsOf(subject, check)).toEqual([]);
      });
    }
    it.each(Object.entries(notApplicable))("is not asked whether it %s: %s", (_, reason) => {
      expect(reason.length).toBeGreaterThan(5);
    });
  });
}

/** Runs one check at a fresh device. */
export async function findingsOf<B extends Bench>(
  subject: Pick<DriverSubject<B>, "open">,
  check: (bench: B) => Promise<readonly string[]>,
): Promise<readonly string[]> {
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
