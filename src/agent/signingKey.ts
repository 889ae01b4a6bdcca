import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import { z } from "zod";
import { type JwsKind, signJws, verifyJws } from "./jws.ts";

const part = z.base64url().length(43);

/** An Ed25519 key as a file keeps it: RFC 8037. */
export const keptKeySchema = z.strictObject({ x: part.describe("public"), d: part.describe("secret") });
export type KeptKey = z.output<typeof keptKeySchema>;

export interface SigningKey {
  /** Raw, in base64url. */
  readonly publicKey: string;
  /** Of a text, in base64url. */
  sign(text: string): string;
  /** A detached JWS of a text. */
  jws(kind: JwsKind, text: string): Promise<string>;
}

export function newKey(): KeptKey {
  const { x = "", d = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  return { x, d };
}

export function signingKey({ x, d }: KeptKey): SigningKey {
  const jwk: JsonWebKey = { kty: "OKP", crv: "Ed25519", x, d };
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  return {
    publicKey: x,
    sign: (text) => sign(null, Buffer.from(text), key).toString("base64url"),
    jws: (kind, text) => signJws(key, kind, text),
  };
}

/** Whether the holder of a public key signed a text; false also for what is no key or no signature. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    return verify(null, Buffer.from(text), publicKeyOf(publicKey), Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
}

/** Whether the holder of a public key signed a text so; false also for what is no key or no signature. */
export async function isJwsBy(publicKey: string, kind: JwsKind, text: string, jws: string): Promise<boolean> {
  try {
    return await verifyJws(publicKeyOf(publicKey), kind, text, jws);
  } catch {
    return false;
  }
}

/** A few are used again and again. */
const publicKeys = new Map<string, KeyObject>();
const mostKeys = 256;

function publicKeyOf(x: string): KeyObject {
  const known = publicKeys.get(x);
  if (known) return known;
  const jwk: JsonWebKey = { kty: "OKP", crv: "Ed25519", x };
  const key = createPublicKey({ key: jwk, format: "jwk" });
  if (publicKeys.size >= mostKeys) publicKeys.clear();
  publicKeys.set(x, key);
  return key;
}

/** What a public key is told by: the first half of its SHA-256, in hex. */
export const fingerprintOf = (publicKey: string): string =>
  createHash("sha256").update(Buffer.from(publicKey, "base64url")).digest("hex").slice(0, 32);
