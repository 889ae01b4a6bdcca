import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { browserRuntime } from "../../solver/index.ts";

/**
 * Serves the dashboard: its files by their names, and its one document at the address of every page, so that any page
 * can be opened, linked to and loaded again. They hold nothing that is anybody's secret, and come before the login.
 */
export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    cacheControl: false,
    setHeaders: (response, path) => {
      const isNamedByItsHash = dirname(path).endsWith("assets");
      response.header("cache-control", isNamedByItsHash ? "max-age=31536000, immutable" : "no-cache");
    },
  });
  const open = { schema: { hide: true }, config: { scope: "open" } } as const;
  app.get(`/${browserRuntime.file}`, open, (_request, reply) =>
    reply.sendFile(browserRuntime.file, browserRuntime.folder),
  );
  app.get("/*", open, async (request, reply) => {
    const [path = "/"] = request.url.split("?");
    if (path.startsWith("/api/")) return reply.callNotFound();
    if (basename(path).includes(".")) return reply.sendFile(decodeURIComponent(path));
    const document = await readFile(join(folder, "index.html"), "utf8");
    return reply
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-cache")
      .send(addressedFrom(path, document));
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
