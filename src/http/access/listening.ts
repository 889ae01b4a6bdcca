import { isIP } from "node:net";
import { HearthworkError } from "../../domain/index.ts";
import { isLoopback } from "./caller.ts";

/** Where a server is reached, and what keeps the way there private. */
export interface Listening {
  /** An address or name of this machine; 0.0.0.0 and :: are all of them. */
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** PEM files. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** Addresses of reverse proxies that are believed about who is behind them. */
  readonly proxies: readonly string[];
}

/** `HOST`, `HOST:PORT`, `[IPV6]`, `[IPV6]:PORT` or a bare IPv6 address; undefined when it is none of them. */
export function parseListen(text: string): { readonly host: string; readonly port?: number } | undefined {
  if (isIP(text) !== 0) return { host: text };
  const [, inBrackets, name, digits] =
    /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]{1,253}))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = inBrackets ?? name;
  if (host === undefined || (inBrackets !== undefined && isIP(inBrackets) !== 6)) return undefined;
  if (digits === undefined) return { host };
  const port = Number(digits);
  return port <= 65_535 ? { host, port } : undefined;
}

/**
 * Refuses to be reached from elsewhere by whoever likes, or by a way on which others read along.
 * @param danger what whoever reaches it could do, for the message
 * @throws {HearthworkError} `access/no-password`, `access/no-tls`
 */
export function refuseUnsafe(
  { host, tls, proxies }: Listening,
  hasPassword: boolean,
  danger = "heat your rooms",
): void {
  const isOurs = isLoopback(host);
  if (!hasPassword && (!isOurs || proxies.length > 0)) {
    throw new HearthworkError({
      code: "access/no-password",
      message: `whoever reaches ${isOurs ? "the proxy" : host} could ${danger}: set an owner password first, with: hearthwork password set, and the same --data`,
      data: { host },
    });
  }
  if (!isOurs && tls === undefined && proxies.length === 0) {
    throw new HearthworkError({
      code: "access/no-tls",
      message: `on ${host} the password would go over the network in the clear: give --tls-cert and --tls-key, or name the proxy that adds TLS with --trust-proxy`,
      data: { host },
    });
  }
}
