/** 0 … 2³² − 1 in base 128, lowest group first: WebAssembly core specification 2.0, §5.2.2. */
export function unsignedLeb128(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >>> 7;
  return rest === 0 ? [low] : [low | 0x80, ...unsignedLeb128(rest)];
}

/** The same for −2³¹ … 2³¹ − 1: it ends where the sign bit of the last group says the rest. */
export function signedLeb128(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const sign = low & 0x40 ? -1 : 0;
  return rest === sign ? [low] : [low | 0x80, ...signedLeb128(rest)];
}
