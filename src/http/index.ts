export * from "./frontDoor.ts";
export * from "./liveStream.ts";
export * from "./server.ts";
