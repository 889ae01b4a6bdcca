export { Access, accessRecordSchema } from "./access/access.ts";
export * from "./apiClient.ts";
export * from "./frontDoor.ts";
export * from "./liveStream.ts";
export * from "./server.ts";
