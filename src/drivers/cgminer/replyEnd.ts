import type { ReplyEnd } from "../transports/askLine.ts";

const nul = 0;
const newline = 0x0a;
const quote = 0x22;
const backslash = 0x5c;
const opening = new Set([0x7b, 0x5b]);
const closing = new Set([0x7d, 0x5d]);

/**
 * A reply ends at NUL, and at a newline where every bracket is closed: some firmware breaks its JSON over lines. Where
 * damage keeps that from ever being so, or no terminator comes, silence ends it.
 */
export function cgminerReplyEnd(): ReplyEnd {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let brackets = 0;
  let newlines = 0;
  const isBalanced = () => brackets > 0 && depth <= 0 && !inString;

  const see = (byte: number) => {
    if (escaped) escaped = false;
    else if (byte === backslash) escaped = inString;
    else if (byte === quote) inString = !inString;
    else if (!inString && opening.has(byte)) depth += 1;
    else if (!inString && closing.has(byte)) depth -= 1;
    else return;
    brackets += 1;
  };

  return {
    find(chunk) {
      for (const [index, byte] of chunk.entries()) {
        if (byte === nul) return index;
        if (byte === newline) {
          newlines += 1;
          if (brackets === 0 || isBalanced()) return index;
        } else see(byte);
      }
      return -1;
    },
    mayEndHere: () => isBalanced() || newlines > 0,
  };
}
