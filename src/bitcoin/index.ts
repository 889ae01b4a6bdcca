export * from "./work.ts";
