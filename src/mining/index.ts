export * from "./hasher/hasher.ts";
export * from "./hasher/startHasher.ts";
export * from "./miner.ts";
