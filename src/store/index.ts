export * from "./openStore.ts";
export * from "./store.ts";
