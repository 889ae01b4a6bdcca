import type { FastifyInstance } from "fastify";

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/** What every answer says to the browser that gets it. */
export const pageHeaders = {
  "content-security-policy":
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; " +
    "frame-ancestors 'self'; base-uri 'none'; form-action 'self'; object-src 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

/**
 * Keeps web pages of other origins away from a server that has no login yet: the Host header must be a name that
 * is ours (so DNS rebinding fails), and a request that a browser sends must come from our own pages.
 */
export function guardBrowsers(app: FastifyInstance, hostNames: readonly string[]): void {
  const names = new Set([...loopbackNames, ...hostNames.map((name) => name.toLowerCase())]);

  app.addHook("onRequest", async (request, reply) => {
    for (const [name, value] of Object.entries(pageHeaders)) reply.header(name, value);
    const host = request.headers.host?.toLowerCase() ?? "";
    if (!names.has(host.replace(/:\d+$/, ""))) {
      return refuse(`This server does not answer to the host name "${host.slice(0, 100)}"`);
    }
    const origin = request.headers.origin;
    if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
      return refuse(`Pages of ${origin.slice(0, 100)} may not use this server`);
    }
    const site = request.headers["sec-fetch-site"];
    if (site !== undefined && site !== "same-origin" && site !== "none") {
      const opensPage = request.method === "GET" && request.headers["sec-fetch-mode"] === "navigate";
      if (!opensPage) return refuse("Other pages may not use this server");
    }
    return undefined;

    function refuse(message: string) {
      return reply.code(403).send({ code: "api/forbidden", message });
    }
  });
}
