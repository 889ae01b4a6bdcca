const newline = 0x0a;
const nothing = new Uint8Array(0);
const decoder = new TextDecoder();

export interface TakenLines {
  /** Complete lines without their ends; blank ones are left out. */
  readonly lines: readonly string[];
  /** The start of a line that is not complete yet, for the next call. Holds no reference to what was received. */
  readonly rest: Uint8Array;
  /** A line grew past the limit; the connection is of no more use. */
  readonly tooLong: boolean;
}

/** What a connection has received before anything was. */
export const noRest: Uint8Array = nothing;

/**
 * Cuts what was received into lines, keeping at most `mostBytes` of an unfinished one.
 * @param rest of the call before, or `noRest`.
 */
export function takeLines(rest: Uint8Array, received: Uint8Array, mostBytes: number): TakenLines {
  const lines: string[] = [];
  let start = 0;
  let held = rest;
  for (;;) {
    const end = received.indexOf(newline, start);
    const stop = end < 0 ? received.length : end;
    if (held.length + stop - start > mostBytes) return { lines, rest: nothing, tooLong: true };
    if (end < 0) return { lines, rest: joined(held, received.subarray(start)), tooLong: false };
    const bytes =
      held.length === 0 ? received.subarray(start, end) : joined(held, received.subarray(start, end));
    const line = decoder.decode(bytes).trim();
    if (line !== "") lines.push(line);
    held = nothing;
    start = end + 1;
  }
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  if (tail.length === 0) return head;
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head, 0);
  bytes.set(tail, head.length);
  return bytes;
}
