import { sha256d } from "./sha256d.ts";

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const checksumBytes = 4;

/** The payload of a Base58Check text, or why there is none. */
export function decodeBase58Check(text: string): Uint8Array | { readonly why: string } {
  const bytes = decodeBase58(text);
  if (!bytes) return { why: "it has a character that Base58 lacks" };
  if (bytes.length <= checksumBytes) return { why: "it is too short" };
  const payload = bytes.slice(0, -checksumBytes);
  const checksum = sha256d(payload).subarray(0, checksumBytes);
  const matches = checksum.every((byte, i) => byte === bytes[payload.length + i]);
  return matches ? payload : { why: "its checksum is wrong; a character was mistyped" };
}

function decodeBase58(text: string): Uint8Array | undefined {
  let value = 0n;
  for (const character of text) {
    const digit = alphabet.indexOf(character);
    if (digit < 0) return undefined;
    value = value * 58n + BigInt(digit);
  }
  const zeros = /^1*/.exec(text)?.[0].length ?? 0;
  const bytes: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 8n) bytes.push(Number(rest & 0xffn));
  return Uint8Array.from([...Array<number>(zeros).fill(0), ...bytes.reverse()]);
}
