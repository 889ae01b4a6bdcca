export * from "./credentials.ts";
export * from "./definition.ts";
export * from "./heaters/table.ts";
export * from "./sensors/table.ts";
export * from "./transports/brokers.ts";
