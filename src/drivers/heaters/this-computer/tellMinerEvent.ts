import type { MinerEvent } from "../../../mining/index.ts";
import type { DriverEvent } from "../../definition.ts";

/** What the owner may want to know of a miner's life; undefined for single shares. */
export function tellMinerEvent(event: MinerEvent): DriverEvent | undefined {
  switch (event.kind) {
    case "pool":
      return { level: "info", code: "mining/pool", message: `mines at ${event.pool}` };
    case "pool-lost":
      return { level: "warning", code: "mining/pool-lost", message: `lost ${event.pool}: ${event.why}` };
    case "notice":
      return { level: "info", code: "mining/notice", message: `${event.pool} says: ${event.message}` };
    case "fault":
      return { level: "alarm", code: "mining/fault", message: event.message };
    case "recovered":
      return { level: "info", code: "mining/recovered", message: "its threads hash again" };
    default:
      return undefined;
  }
}
