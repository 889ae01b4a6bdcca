import { expect } from "vitest";
import { Instant, seededRandom, type SimulatedClock, simulatedClock } from "../../src/domain/index.ts";
import { type DriverContext, type DriverEvent, sharedBrokers } from "../../src/drivers/index.ts";

export interface TestContext extends DriverContext {
  readonly clock: SimulatedClock;
  /** What drivers told. */
  readonly events: DriverEvent[];
}

/** What a hearth would lend to a driver, on a clock that stands still. */
export function testContext(change: Partial<DriverContext> = {}): TestContext {
  const clock = simulatedClock(Instant(Date.UTC(2026, 0, 15)));
  const random = seededRandom(1);
  const events: DriverEvent[] = [];
  return {
    clock,
    random,
    events,
    onEvent: (event) => events.push(event),
    brokers: sharedBrokers({ clock, random }),
    secret: () => undefined,
    startMiner: () => expect.unreachable(),
    ...change,
  } as TestContext;
}
