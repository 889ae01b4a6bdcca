export * from "./account.ts";
export * from "./posting.ts";
export * from "./price.ts";
export * from "./book.ts";
export * from "./match.ts";
export * from "./bookQuote.ts";
export * from "./heatAsk.ts";
export * from "./patience.ts";
