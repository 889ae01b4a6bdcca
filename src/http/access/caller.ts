import { BlockList, isIP, isIPv6 } from "node:net";
import type { TLSSocket } from "node:tls";
import type { IncomingMessage } from "node:http";

/** Who sends a request, as far as the connection tells. */
export interface Caller {
  readonly address: string;
  /** What the browser speaks, to us or to the proxy before us. */
  readonly scheme: "http" | "https";
  /** A process of this machine, and nobody behind it. */
  readonly isLocal: boolean;
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Whether an address or a name to listen on can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  if (host === "localhost") return true;
  return isIP(host) !== 0 && loopback.check(host, isIPv6(host) ? "ipv6" : "ipv4");
}

const forwardingHeaders = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-host",
  "x-real-ip",
];

/**
 * Who sends a request. What a proxy says of who is behind it counts from the addresses in `proxies` alone.
 * @returns words for who must not be answered: a network's plain HTTP, or a proxy that does not say enough
 */
export function callerOf(request: IncomingMessage, proxies: readonly string[]): Caller | string {
  const { socket } = request;
  const peer = plainAddress(socket.remoteAddress ?? "");
  const scheme = (socket as TLSSocket).encrypted ? "https" : "http";
  const isForwarded = forwardingHeaders.some((name) => request.headers[name] !== undefined);
  if (proxies.includes(peer)) {
    if (isForwarded) return behindProxy(request);
    // Either a process of this machine, or the proxy, which then hides who is behind it: so it is not trusted as ours.
    if (isLoopback(peer)) return { address: peer, scheme, isLocal: false };
    return "The proxy before this server must send X-Forwarded-For and X-Forwarded-Proto";
  }
  if (scheme === "http" && !isLoopback(peer))
    return "This server speaks plain HTTP to this machine alone: use https";
  return { address: peer, scheme, isLocal: isLoopback(peer) && !isForwarded };
}

function behindProxy({ headers }: IncomingMessage): Caller | string {
  const address = plainAddress(lastOf(headers["x-forwarded-for"]));
  if (isIP(address) === 0) return "The proxy before this server must say in X-Forwarded-For who asks";
  if (lastOf(headers["x-forwarded-proto"]) !== "https") {
    return "The proxy before this server must be reached by https, and say so in X-Forwarded-Proto";
  }
  return { address, scheme: "https", isLocal: false };
}

/** The trusted proxy's own entry comes last; what stands before it anybody may have written. */
function lastOf(header: string | readonly string[] | undefined): string {
  const text = typeof header === "string" ? header : (header?.at(-1) ?? "");
  return text.slice(text.lastIndexOf(",") + 1).trim();
}

/** Without what marks IPv4 in IPv6, the zone of a link-local address, and brackets and port as some proxies write. */
export function plainAddress(text: string): string {
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1");
  return bare
    .replace(/%.*$/, "")
    .replace(/^::ffff:(?=\d+\.)/i, "")
    .toLowerCase();
}
