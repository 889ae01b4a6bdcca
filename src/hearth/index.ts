export * from "./api/openApiDocument.ts";
export * from "./api/siteServer.ts";
export type * from "./siteService.ts";
