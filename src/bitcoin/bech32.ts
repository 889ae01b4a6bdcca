const alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;
const checksumOf = { bech32: 1, bech32m: 0x2bc830a3 } as const;
const longest = 90;
const checksumDigits = 6;

export interface Bech32 {
  readonly encoding: keyof typeof checksumOf;
  readonly prefix: string;
  /** Digits of five bits each. */
  readonly digits: readonly number[];
}

/** What a text says in Bech32 (BIP 173) or Bech32m (BIP 350), or why it says nothing. */
export function decodeBech32(text: string): Bech32 | { readonly why: string } {
  const lower = text.toLowerCase();
  if (text.length > longest) return { why: `it is longer than ${longest} characters` };
  if (text !== lower && text !== text.toUpperCase()) return { why: "it mixes upper and lower case" };
  if (/[^\x21-\x7e]/.test(text)) return { why: "it has a character that Bech32 lacks" };
  const separator = lower.lastIndexOf("1");
  if (separator < 1) return { why: "it lacks the 1 after its prefix" };
  const prefix = lower.slice(0, separator);
  const digits = Array.from(lower.slice(separator + 1), (character) => alphabet.indexOf(character));
  if (digits.includes(-1)) return { why: "it has a character that Bech32 lacks" };
  if (digits.length < checksumDigits) return { why: "it is too short" };
  const checksum = polymod([...expand(prefix), ...digits]);
  const encoding = (["bech32", "bech32m"] as const).find((name) => checksumOf[name] === checksum);
  if (!encoding) return { why: "its checksum is wrong; a character was mistyped" };
  return { encoding, prefix, digits: digits.slice(0, -checksumDigits) };
}

/** Bytes out of digits of five bits; undefined when what is left over is more than padding. */
export function bytesOfDigits(digits: readonly number[]): Uint8Array | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const digit of digits) {
    value = ((value << 5) | digit) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >>> bits) & 0xff);
  }
  const padding = value & ((1 << bits) - 1);
  return bits >= 5 || padding !== 0 ? undefined : Uint8Array.from(bytes);
}

const expand = (prefix: string): number[] => {
  const codes = Array.from(prefix, (character) => character.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
};

function polymod(values: readonly number[]): number {
  let checksum = 1;
  for (const value of values) {
    const top = checksum >>> 25;
    checksum = ((checksum & 0x1ffffff) << 5) ^ value;
    generator.forEach((term, i) => {
      if ((top >>> i) & 1) checksum ^= term;
    });
  }
  return checksum >>> 0;
}
