import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { HearthworkError } from "../../domain/index.ts";

/** KiB, passes and lanes of Argon2id, as OWASP's password storage cheat sheet asks for at the least. */
const memoryKib = 19_456;
const passes = 2;
const lanes = 1;
const tagBytes = 32;

const minLength = 10;
const maxLength = 256;
const minVariety = 5;
const commonWords =
  /^(?:password|passwort|hearthwork|administrator|letmein|welcome|iloveyou|changeme)[\d!.?*_-]*$/i;
const keyboardRows = ["qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "1234567890", "1q2w3e4r5t6z"];

/** The form in which a password is kept, after the PHC's string format. */
export const passwordHashPattern =
  /^\$argon2id\$v=19\$m=(\d{4,6}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

/** Why a password would be guessed too soon, in words; undefined when it will do. */
export function weaknessOf(password: string): string | undefined {
  const characters = Array.from(password.normalize("NFKC"));
  if (characters.length < minLength) return `it needs at least ${minLength} characters`;
  if (characters.length > maxLength) return `it may have at most ${maxLength} characters`;
  if (new Set(characters).size < minVariety) return `it needs at least ${minVariety} different characters`;
  const lower = characters.join("").toLowerCase();
  const isRow = keyboardRows.some((row) => row.repeat(2).startsWith(lower) || lower.startsWith(row));
  if (commonWords.test(lower) || isRow || isSequence(lower)) return "it is among the first that are tried";
  return undefined;
}

/** @throws {HearthworkError} `access/weak-password` */
export function requireStrength(password: string): void {
  const weakness = weaknessOf(password);
  if (weakness === undefined) return;
  throw new HearthworkError({
    code: "access/weak-password",
    message: `this password will not do: ${weakness}. Several words that nobody else would put together are good.`,
  });
}

function isSequence(text: string): boolean {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  return new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0))).size === 1;
}

/** A salted hash of a password, `$argon2id$v=19$…`. Takes some 20 MiB and, on another thread, a fraction of a second. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive(password, salt, { memory: memoryKib, passes, parallelism: lanes });
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** Whether it is the password that was hashed, in a time that tells nothing of how near it is. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt = "", tag = ""] = passwordHashPattern.exec(hash) ?? [];
  const derived = await derive(password, Buffer.from(salt, "base64"), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return timingSafeEqual(derived, Buffer.from(tag, "base64"));
}

function derive(
  password: string,
  nonce: Buffer,
  cost: { readonly memory: number; readonly passes: number; readonly parallelism: number },
): Promise<Buffer> {
  const message = password.normalize("NFKC");
  return new Promise((resolve, reject) => {
    argon2("argon2id", { message, nonce, tagLength: tagBytes, ...cost }, (fault, tag) =>
      fault ? reject(fault) : resolve(tag),
    );
  });
}

const unpadded = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
