export * from "./demoHome.ts";
