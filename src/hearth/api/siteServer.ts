import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { createServer, type Pages, servePages, type ServerOptions } from "../../http/index.ts";
import { browserRuntime } from "../../solver/index.ts";
import type { CredentialsFile } from "../credentials.ts";
import type { SiteDesk } from "../siteDesk.ts";
import { serveCredentialsApi } from "./credentialsApi.ts";
import type { SiteService } from "../siteService.ts";
import { serveDeskApi } from "./deskApi.ts";
import { serveSiteApi } from "./siteApi.ts";

export interface SiteServerOptions {
  readonly version: string;
  readonly log?: FastifyBaseLogger;
  /** Who may use it, and under which names and through which proxies; without it, whoever is on this machine. */
  readonly access?: Pick<ServerOptions, "access" | "hostNames" | "proxies">;
  /** The logins at devices; without it none can be kept. */
  readonly credentials?: CredentialsFile;
  /** The built dashboard; without it the API alone is served. */
  readonly dashboard?: Pages;
}

/** A site's API and dashboard, ready to listen. */
export async function createSiteServer(
  site: SiteService,
  desk: SiteDesk,
  options: SiteServerOptions,
): Promise<FastifyInstance> {
  const app = await createServer({
    title: "Hearthwork site",
    description: "A site's heaters, rooms, history and live state. Times are UTC; money is a decimal string.",
    version: options.version,
    cookie: "hearthwork-site",
    ...options.access,
    ...(options.log ? { log: options.log } : {}),
  });
  serveSiteApi(app, site);
  serveCredentialsApi(app, options.credentials);
  serveDeskApi(app, desk);
  if (options.dashboard) {
    await servePages(app, options.dashboard);
    app.get(
      `/${browserRuntime.file}`,
      { schema: { hide: true }, config: { scope: "open" } },
      (_request, reply) => reply.sendFile(browserRuntime.file, browserRuntime.folder),
    );
  }
  return app;
}
