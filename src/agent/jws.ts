import type { KeyObject } from "node:crypto";
import { errors, FlattenedSign, flattenedVerify } from "jose";

/** What a signature is for, so that none of one kind passes for another. */
export type JwsKind = "hearthwork-work+json" | "hearthwork-receipt+json";

/** Signs a text that travels beside its signature: a detached JWS (RFC 7515, appendix F; RFC 8037). */
export async function signJws(key: KeyObject, kind: JwsKind, text: string): Promise<string> {
  const { protected: header = "", signature } = await new FlattenedSign(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: "EdDSA", typ: kind })
    .sign(key);
  return `${header}..${signature}`;
}

/** Whether a detached JWS is of this kind, and this text's by this key; false also for what is none. */
export async function verifyJws(key: KeyObject, kind: JwsKind, text: string, jws: string): Promise<boolean> {
  const [header, empty, signature, ...more] = jws.split(".");
  if (header === undefined || signature === undefined || empty !== "" || more.length > 0) return false;
  const payload = Buffer.from(text).toString("base64url");
  try {
    const { protectedHeader } = await flattenedVerify({ protected: header, payload, signature }, key, {
      algorithms: ["EdDSA"],
    });
    return protectedHeader?.typ === kind;
  } catch (thrown) {
    if (thrown instanceof errors.JOSEError) return false;
    throw thrown;
  }
}
