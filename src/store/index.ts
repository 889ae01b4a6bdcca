export { type DataDirLock, lockDataDir } from "./dataDirLock.ts";
export { openStore } from "./openStore.ts";
export * from "./privateFile.ts";
export { type Announcement, announceProgram, runningProgram } from "./runFile.ts";
export * from "./store.ts";
export { type ExchangeStore, openExchangeStore } from "./exchange/openExchangeStore.ts";
export type { StoredJob } from "./exchange/jobs.ts";
export type * from "./exchange/leases.ts";
export type { Returned } from "./exchange/results.ts";
