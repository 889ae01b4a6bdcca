import { HearthworkError } from "./errors.ts";
import type { Brand } from "./units.ts";

/** SHA-256 of some bytes, in lower-case hex: what the bytes are known by. */
export type Digest = Brand<string, "Digest">;

export const digestPattern = /^[0-9a-f]{64}$/;

/** @throws {HearthworkError} `digest/malformed` unless the text is 64 lower-case hex digits */
export function Digest(text: string): Digest {
  if (digestPattern.test(text)) return text as Digest;
  throw new HearthworkError({
    code: "digest/malformed",
    message: `"${text.slice(0, 80)}" is no SHA-256: use 64 lower-case hex digits`,
  });
}
