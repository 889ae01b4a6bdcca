export * from "./apiClient.ts";
export * from "./exchangeClient.ts";
