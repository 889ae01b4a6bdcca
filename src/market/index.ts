export * from "./account.ts";
export * from "./posting.ts";
export * from "./price.ts";
export type * from "./book.ts";
export * from "./match.ts";
