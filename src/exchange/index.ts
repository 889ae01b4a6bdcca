export { exchangeDocument } from "./api/exchangeServer.ts";
export * from "./exchange.ts";
