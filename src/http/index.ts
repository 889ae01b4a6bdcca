export { Access, accessRecordSchema } from "./access/access.ts";
export { isLoopback } from "./access/caller.ts";
export * from "./access/listening.ts";
export { readTls } from "./access/tlsFiles.ts";
export * from "./frontDoor.ts";
export * from "./liveStream.ts";
export * from "./server.ts";
export * from "./servePages.ts";
export { type BrowserGuard, judgeUpgrade } from "./guardBrowsers.ts";
