import { isIP } from "node:net";
import { isLoopback } from "../../http/index.ts";

/** For whom passkeys are made, and on which page they may be used. */
export interface RelyingParty {
  /** A host name: passkeys are no address's. */
  readonly id: string;
  readonly origin: string;
}

/** By where browsers reach the exchange; undefined where that is by an address elsewhere than on this machine. */
export function relyingPartyOf(publicUrl: string): RelyingParty | undefined {
  const url = new URL(publicUrl);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) === 0) return { id: host, origin: url.origin };
  if (!isLoopback(host)) return undefined;
  url.hostname = "localhost";
  return { id: "localhost", origin: url.origin };
}
