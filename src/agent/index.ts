export * from "./agent.ts";
export * from "./exchangeAddress.ts";
export * from "./signingKey.ts";
