export * from "./credentials.ts";
export * from "./definition.ts";
export * from "./heaters/table.ts";
export { plugKeys } from "./plugs/behindPlug.ts";
export * from "./plugs/table.ts";
export * from "./sensors/table.ts";
export * from "./transports/brokers.ts";
