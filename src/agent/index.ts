export * from "./agent.ts";
export * from "./exchangeAddress.ts";
export * from "./signingKey.ts";
export * from "./writeTogether.ts";
export { hostMeter } from "./hostMeter.ts";
export { openRapl } from "./rapl.ts";
export { type ReceiptCheck, verifyReceipt } from "./verifyReceipt.ts";
