export * from "./book.ts";
export * from "./economics.ts";
export * from "./feed.ts";
export * from "./meter.ts";
export * from "./peak.ts";
export * from "./tariff.ts";
export * from "./restoredBook.ts";
export { type Counterfactual, counterfactualDefaults, counterfactualNames } from "./counterfactual.ts";
export { verdictOn } from "./verdict.ts";
