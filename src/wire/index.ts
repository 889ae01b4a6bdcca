export * from "./access.ts";
export * from "./credentials.ts";
export * from "./problem.ts";
export type * from "./json.ts";
export * from "./site.ts";
export * from "./config.ts";
export * from "./devices.ts";
export * from "./heaterDetail.ts";
export * from "./virtualHome.ts";
