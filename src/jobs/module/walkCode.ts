import type { ByteReader } from "./byteReader.ts";

type Immediates = (code: ByteReader) => void;

const none: Immediates = () => {};
const index: Immediates = (code) => code.skipNumber();
const twoIndices: Immediates = (code) => {
  code.skipNumber();
  code.skipNumber();
};
const bytes =
  (count: number): Immediates =>
  (code) =>
    code.skip(count);
const list: Immediates = (code) => {
  const count = code.count();
  for (let i = 0; i < count; i += 1) code.skipNumber();
};

/** Alignment and offset; an alignment past 2⁶ names one of several memories, which no module of ours has. */
const memoryArgument: Immediates = (code) => {
  if (code.count() >= 64) throw new RangeError(`more than one memory at byte ${code.at}`);
  code.skipNumber();
};

/** What follows an opcode of one byte; undefined: not allowed. WebAssembly core specification 2.0, §5.4. */
function plain(opcode: number): Immediates | undefined {
  if (opcode >= 0x45 && opcode <= 0xc4) return none;
  if (opcode >= 0x28 && opcode <= 0x3e) return memoryArgument;
  if (opcode >= 0x20 && opcode <= 0x24) return index;
  return few.get(opcode);
}

const few = new Map<number, Immediates>([
  [0x00, none], // unreachable
  [0x01, none], // nop
  [0x02, index], // block
  [0x03, index], // loop
  [0x04, index], // if
  [0x05, none], // else
  [0x0b, none], // end
  [0x0c, index], // br
  [0x0d, index], // br_if
  [
    0x0e, // br_table
    (code) => {
      list(code);
      code.skipNumber();
    },
  ],
  [0x0f, none], // return
  [0x10, index], // call
  [0x11, twoIndices], // call_indirect
  [0x1a, none], // drop
  [0x1b, none], // select
  [0x1c, list], // select with types
  [0x3f, bytes(1)], // memory.size
  [0x40, bytes(1)], // memory.grow
  [0x41, index], // i32.const
  [0x42, index], // i64.const
  [0x43, bytes(4)], // f32.const
  [0x44, bytes(8)], // f64.const
]);

/** After 0xFC: saturating truncation, and what moves whole stretches of memory. */
function extended(opcode: number): Immediates | undefined {
  if (opcode <= 7) return none;
  if (opcode === 8) return twoIndices; // memory.init
  if (opcode === 9) return index; // data.drop
  if (opcode === 10) return bytes(2); // memory.copy
  if (opcode === 11) return bytes(1); // memory.fill
  return undefined;
}

/** After 0xFD: vectors of 128 bits. From 256 on they are the relaxed ones, whose results differ between machines. */
function vector(opcode: number): Immediates | undefined {
  if (opcode <= 11 || opcode === 92 || opcode === 93) return memoryArgument;
  if (opcode === 12 || opcode === 13) return bytes(16);
  if (opcode >= 21 && opcode <= 34) return bytes(1);
  if (opcode >= 84 && opcode <= 91) {
    return (code) => {
      memoryArgument(code);
      code.skip(1);
    };
  }
  return opcode <= 255 ? none : undefined;
}

/**
 * Reads the instructions of a function's body to their end.
 * @returns in words, the first that a task may not use
 */
export function walkCode(code: ByteReader): string | undefined {
  while (!code.isDone()) {
    const opcode = code.byte();
    if (opcode === 0xfe) return "instructions for threads";
    const prefixed = opcode === 0xfc || opcode === 0xfd ? code.count() : undefined;
    if (opcode === 0xfd && prefixed !== undefined && prefixed > 255) return "relaxed SIMD";
    const immediates =
      prefixed === undefined ? plain(opcode) : opcode === 0xfc ? extended(prefixed) : vector(prefixed);
    if (!immediates) {
      const name = [opcode, ...(prefixed === undefined ? [] : [prefixed])].map((byte) => byte.toString(16));
      return `the instruction 0x${name.join(" ")}, which is not of WebAssembly 2.0 without references`;
    }
    immediates(code);
  }
  return undefined;
}
