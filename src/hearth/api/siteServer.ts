import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { createServer, type ServerOptions } from "../../http/index.ts";
import type { CredentialsFile } from "../credentials.ts";
import type { SiteDesk } from "../siteDesk.ts";
import { serveCredentialsApi } from "./credentialsApi.ts";
import type { SiteService } from "../siteService.ts";
import { serveDeskApi } from "./deskApi.ts";
import { serveSiteApi } from "./siteApi.ts";
import { servePages } from "./servePages.ts";

export interface SiteServerOptions {
  readonly version: string;
  readonly log?: FastifyBaseLogger;
  /** Who may use it, and under which names and through which proxies; without it, whoever is on this machine. */
  readonly access?: Pick<ServerOptions, "access" | "hostNames" | "proxies">;
  /** The logins at devices; without it none can be kept. */
  readonly credentials?: CredentialsFile;
  /** The built dashboard's folder; without it the API alone is served. */
  readonly dashboard?: string;
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
  if (options.dashboard !== undefined) {
    await servePages(app, options.dashboard);
  }
  return app;
}

/** The folder of the built dashboard, beside the sources or the package's emitted ones; undefined before it is built. */
export function builtDashboard(): string | undefined {
  const candidates = ["../../../dist/web", "../../../web"];
  return candidates
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(`${path}/index.html`) && readFileSync(`${path}/index.html`).length > 0);
}
