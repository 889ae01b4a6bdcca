export * from "./agreement.ts";
export * from "./failure.ts";
export * from "./jobFile.ts";
export * from "./jobSpec.ts";
export * from "./module/judgeModule.ts";
export * from "./module/taskAbi.ts";
export type * from "./taskRunner.ts";
export * from "./trust.ts";
export * from "./verdict.ts";
