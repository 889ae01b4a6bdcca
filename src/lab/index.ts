export * from "./demoHome.ts";
export * from "./embeddedBroker.ts";
export * from "./virtualPool.ts";
export * from "./virtualRoom.ts";
export * from "./virtualThermometer.ts";
export * from "./studies/bestest.ts";
export * from "./studies/bestestReference.ts";
export * from "./studies/building.ts";
