export * from "./credentials.ts";
export * from "./problem.ts";
export * from "./site.ts";
