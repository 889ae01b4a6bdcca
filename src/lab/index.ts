export * from "./demoHome.ts";
export * from "./embeddedBroker.ts";
export * from "./virtualPool.ts";
export * from "./virtualRoom.ts";
export * from "./virtualThermometer.ts";
