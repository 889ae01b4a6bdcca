import { type Clock, seededRandom } from "../../src/domain/index.ts";
import type { DriverContext, DriverEvent } from "../../src/drivers/index.ts";

/** What a driver is lent in these tests: no broker, no threads, and the credentials given. */
export function virtualContext(
  clock: Clock,
  secret: DriverContext["secret"] = () => undefined,
): DriverContext & { readonly events: readonly DriverEvent[] } {
  const events: DriverEvent[] = [];
  return {
    clock,
    random: seededRandom(1),
    events,
    onEvent: (event) => events.push(event),
    brokers: { subscribe: () => failing("a broker") },
    secret,
    startMiner: () => failing("threads"),
  };
}

function failing(what: string): never {
  throw new Error(`this driver asked for ${what}`);
}
