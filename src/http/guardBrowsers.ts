import { isIP } from "node:net";
import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import { HearthworkError } from "../domain/index.ts";
import { type Caller, callerOf, plainAddress } from "./access/caller.ts";

declare module "fastify" {
  interface FastifyRequest {
    caller: Caller;
  }
}

const loopbackNames = ["localhost", "127.0.0.1", "::1"];

/** What every answer says to the browser that gets it. */
export const pageHeaders = {
  "content-security-policy":
    // Page scripts are ours alone; WebAssembly of ours may be compiled, which lets no text become code.
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; " +
    "frame-ancestors 'self'; base-uri 'none'; form-action 'self'; object-src 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

export interface BrowserGuard {
  /** Host names that are ours, beside those of loopback and the address to which a connection came. */
  readonly hostNames: readonly string[];
  /** Addresses of proxies that are believed about who is behind them. */
  readonly proxies: readonly string[];
}

/**
 * Keeps web pages of other origins away: the Host header must be a name that is ours (so DNS rebinding fails), and a
 * request that a browser sends must come from our own pages, over what it calls https or http. Learns who calls.
 */
export function guardBrowsers(app: FastifyInstance, guard: BrowserGuard): void {
  const names = namesOf(guard);
  app.decorateRequest("caller");
  app.addHook("onRequest", async (request, reply) => {
    for (const [name, value] of Object.entries(pageHeaders)) reply.header(name, value);
    const caller = judge(request.raw, guard.proxies, names);
    if (typeof caller === "string") throw forbidden(caller);
    request.caller = caller;
    const site = request.headers["sec-fetch-site"];
    if (site !== undefined && site !== "same-origin" && site !== "none") {
      const opensPage = request.method === "GET" && request.headers["sec-fetch-mode"] === "navigate";
      if (!opensPage) throw forbidden("Other pages may not use this server");
    }
  });
}

/** Who wants to go on by another protocol, such as WebSocket; words for who may not. */
export function judgeUpgrade(request: IncomingMessage, guard: BrowserGuard): Caller | string {
  return judge(request, guard.proxies, namesOf(guard));
}

const namesOf = ({ hostNames }: BrowserGuard): ReadonlySet<string> =>
  new Set([...loopbackNames, ...hostNames.map((name) => name.toLowerCase())]);

function judge(
  request: IncomingMessage,
  proxies: readonly string[],
  names: ReadonlySet<string>,
): Caller | string {
  const caller = callerOf(request, proxies);
  if (typeof caller === "string") return caller;
  const host = request.headers.host?.toLowerCase() ?? "";
  if (!isOurs(bareHost(host), request, names)) {
    return `This server does not answer to the host name "${host.slice(0, 100)}"; its owner can add one with --host-name`;
  }
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `${caller.scheme}://${host}`) {
    return `Pages of ${origin.slice(0, 100)} may not use this server`;
  }
  return caller;
}

const bareHost = (host: string) => host.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");

/** A name can be rebound to us; an address in the address bar is the one that the browser connected to. */
function isOurs(host: string, { socket }: IncomingMessage, names: ReadonlySet<string>): boolean {
  return names.has(host) || (isIP(host) !== 0 && host === plainAddress(socket.localAddress ?? ""));
}

const forbidden = (message: string) => new HearthworkError({ code: "api/forbidden", message });
