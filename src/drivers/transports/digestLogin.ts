import { createHash } from "node:crypto";
import type { Credentials } from "../credentials.ts";

/** What a device asked to be shown a password by (RFC 7616). */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly algorithm: "SHA-256" | "MD5";
}

const part = /(\w+)=(?:"([^"]*)"|([^\s,]+))/g;

/** Reads a `WWW-Authenticate` header; undefined when it asks for anything but a digest with `qop=auth`. */
export function readChallenge(header: string | undefined): DigestChallenge | undefined {
  if (header === undefined || header.length > 2000 || !/^digest\s/i.test(header)) return undefined;
  const parts = new Map<string, string>();
  for (const [, name = "", quoted, bare] of header.matchAll(part))
    parts.set(name.toLowerCase(), quoted ?? bare ?? "");
  const realm = parts.get("realm");
  const nonce = parts.get("nonce");
  const algorithm = (parts.get("algorithm") ?? "MD5").toUpperCase();
  const offersAuth = (parts.get("qop") ?? "").split(",").some((qop) => qop.trim() === "auth");
  if (realm === undefined || nonce === undefined || !offersAuth) return undefined;
  if (algorithm !== "SHA-256" && algorithm !== "MD5") return undefined;
  return { realm, nonce, opaque: parts.get("opaque"), algorithm };
}

export interface DigestUse {
  readonly method: string;
  /** As it is asked for, with its query. */
  readonly path: string;
  /** How many times this challenge was answered, with this one. */
  readonly count: number;
  readonly clientNonce: string;
}

/** The `Authorization` header that answers a challenge (RFC 7616, section 3.4). */
export function answerChallenge(
  { realm, nonce, opaque, algorithm }: DigestChallenge,
  { username = "admin", password }: Credentials,
  { method, path, count, clientNonce }: DigestUse,
): string {
  const hash = (text: string) =>
    createHash(algorithm === "MD5" ? "md5" : "sha256")
      .update(text)
      .digest("hex");
  const uses = count.toString(16).padStart(8, "0");
  const who = hash(`${username}:${realm}:${password}`);
  const response = hash(`${who}:${nonce}:${uses}:${clientNonce}:auth:${hash(`${method}:${path}`)}`);
  const quoted = { username, realm, nonce, uri: path, response, cnonce: clientNonce };
  const parts = Object.entries(quoted).map(([name, value]) => `${name}="${value.replace(/["\\]/g, "\\$&")}"`);
  const rest = [`algorithm=${algorithm}`, "qop=auth", `nc=${uses}`];
  return `Digest ${[...parts, ...rest, ...(opaque === undefined ? [] : [`opaque="${opaque}"`])].join(", ")}`;
}
