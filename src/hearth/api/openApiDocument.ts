import type { SiteDesk } from "../siteDesk.ts";
import type { SiteService } from "../siteService.ts";
import { createSiteServer } from "./siteServer.ts";

const unasked: SiteService = new Proxy({} as SiteService, {
  get: (_target, property) => {
    if (property === "onChange") return () => () => {};
    throw new Error("the document is made without asking the site");
  },
});

/** The OpenAPI document of a site's API; its version is the API's, not the program's. */
export async function openApiDocument(): Promise<unknown> {
  const app = await createSiteServer(unasked, {} as SiteDesk, { version: "1" });
  await app.ready();
  const document: unknown = app.swagger();
  await app.close();
  return document;
}
