import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** The built pages of one of our servers. */
export interface Pages {
  readonly folder: string;
  /** The one document, by its name in the folder, from which all of them are opened. */
  readonly document: string;
}

/**
 * Serves a dashboard: its files by their names, and its one document at the address of every page, so that any page
 * can be opened, linked to and loaded again. They hold nothing that is anybody's secret, and come before the login.
 */
export async function servePages(app: FastifyInstance, { folder, document }: Pages): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    cacheControl: false,
    setHeaders: (response, path) => {
      const isNamedByItsHash = dirname(path).endsWith("assets");
      response.header("cache-control", isNamedByItsHash ? "max-age=31536000, immutable" : "no-cache");
    },
  });
  app.get("/*", { schema: { hide: true }, config: { scope: "open" } }, async (request, reply) => {
    const [path = "/"] = request.url.split("?");
    if (path.startsWith("/api/") || path.endsWith(".html")) return reply.callNotFound();
    if (basename(path).includes(".")) return reply.sendFile(decodeURIComponent(path));
    return reply
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-cache")
      .send(addressedFrom(path, await readFile(join(folder, document), "utf8")));
  });
}

/**
 * The document names its files relative to the dashboard's root, since another server may serve the whole below a path
 * that nobody here knows. From a page further down the root is as many steps up.
 */
function addressedFrom(path: string, document: string): string {
  const depth = path.split("/").length - 2;
  return depth === 0 ? document : document.replaceAll('"./', `"${"../".repeat(depth)}`);
}

/** The built pages, beside the sources or the package's emitted ones; undefined before they are built. */
export function builtPages(document: string): Pages | undefined {
  const folder = ["../../dist/web", "../../web"]
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(join(path, "assets")) && isWhole(join(path, document)));
  return folder === undefined ? undefined : { folder, document };
}

const isWhole = (path: string) => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
