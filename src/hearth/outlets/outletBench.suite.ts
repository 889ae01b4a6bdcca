import { expect } from "vitest";
import { Instant, seededRandom, Seconds, simulatedClock, type SiteEvent } from "../../domain/index.ts";
import type { Credentials } from "../../drivers/index.ts";
import type { Json } from "../../store/index.ts";
import type { EventView, SiteView } from "../../wire/index.ts";
import type { OutletContext } from "./outlet.ts";

/** What an outlet is lent in a test: a clock that stands still, and a memory that outlives the outlet. */
export function outletBench({ login }: { readonly login?: Credentials } = {}) {
  const clock = simulatedClock(Instant(Date.UTC(2026, 0, 14, 12)));
  const kept = new Map<string, string>();
  const events: Omit<SiteEvent, "at">[] = [];
  const faults: unknown[] = [];
  const context: OutletContext = {
    clock,
    random: seededRandom(1),
    version: "1.2.3",
    memory: {
      remember: async (name, value) => void kept.set(name, JSON.stringify(value)),
      recall: async (name) => JSON.parse(kept.get(name) ?? "null") as Json,
    },
    secret: (name) => (name === "known" ? login : undefined),
    tell: (event) => events.push(event),
    onFault: (thrown) => faults.push(thrown),
  };
  return {
    clock,
    context,
    events,
    faults,
    kept,
    /** Lets simulated time pass while real sockets do their work. */
    async until(look: () => unknown, step = Seconds(1)) {
      await expect
        .poll(
          async () => {
            await clock.advance(step);
            return look();
          },
          { timeout: 15_000 },
        )
        .toBeTruthy();
    },
  };
}

export const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 });

const alarmAt = "2026-01-14T11:59:00.000Z";
export const openAlarm = (subject: string, level: EventView["level"] = "alarm"): EventView => ({
  at: alarmAt,
  level,
  code: "room/too-hot",
  subject,
  message: `${subject} is above its limit of 26 °C: nothing heats it`,
});

/** A site's view of which an outlet for alarms reads no more than this. */
export const viewWith = (...alarms: EventView[]): SiteView =>
  ({ now: "2026-01-14T12:00:00.000Z", alarms }) as unknown as SiteView;
