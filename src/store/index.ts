export { openStore } from "./openStore.ts";
export * from "./store.ts";
