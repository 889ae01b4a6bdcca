export * from "./errors.ts";
export * from "./ids.ts";
export * from "./money.ts";
export * from "./random.ts";
export * from "./reading.ts";
export * from "./time.ts";
export * from "./units.ts";
