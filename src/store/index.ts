export { type DataDirLock, dataDirHolder, lockDataDir } from "./dataDirLock.ts";
export { openStore } from "./openStore.ts";
export * from "./privateFile.ts";
export * from "./store.ts";
