export * from "./liveStream.ts";
export * from "./server.ts";
