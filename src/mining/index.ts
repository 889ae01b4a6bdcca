export * from "./hasher/hasher.ts";
export * from "./miner.ts";
