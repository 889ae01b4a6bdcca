export * from "./api/openApiDocument.ts";
export * from "./api/siteServer.ts";
export type * from "./siteService.ts";
export * from "./config/siteConfig.ts";
export * from "./credentials.ts";
export { parseYaml } from "./config/yamlFile.ts";
export * from "./runSite.ts";
export * from "./siteSetup.ts";
export * from "./round.ts";
