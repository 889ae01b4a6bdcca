export * from "./heater.ts";
