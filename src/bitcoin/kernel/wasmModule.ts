import type { Code } from "./instructions.ts";
import { unsignedLeb128 } from "./leb128.ts";

export const valueTypes = { i32: 0x7f, v128: 0x7b } as const;
export type ValueType = keyof typeof valueTypes;

export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
  /** The locals after the parameters: so many of one type. */
  readonly locals: { readonly count: number; readonly type: ValueType };
  /** The instructions; the closing `end` is added. */
  readonly body: Code;
}

export interface WasmModule {
  readonly memory: { readonly name: string; readonly pages: number };
  readonly function: WasmFunction;
}

const magic = [0x00, 0x61, 0x73, 0x6d];
const version = [0x01, 0x00, 0x00, 0x00];
const sections = { type: 1, function: 3, memory: 5, export: 7, code: 10 } as const;
const exportKinds = { function: 0x00, memory: 0x02 } as const;
const functionType = 0x60;
const noMaximum = 0x00;
const end = 0x0b;

/** A module of one memory and one function, both exported: WebAssembly core specification 2.0, §5.5. */
export function encodeModule({ memory, function: fn }: WasmModule): Uint8Array<ArrayBuffer> {
  const { count, type } = fn.locals;
  return Uint8Array.from(
    [
      magic,
      version,
      section("type", [functionType, ...typeVector(fn.parameters), ...typeVector(fn.results)]),
      section("function", [0]),
      section("memory", [noMaximum, ...unsignedLeb128(memory.pages)]),
      section(
        "export",
        [...name(memory.name), exportKinds.memory, 0],
        [...name(fn.name), exportKinds.function, 0],
      ),
      section("code", sized([1, ...unsignedLeb128(count), valueTypes[type], ...fn.body, end])),
    ].flat(),
  );
}

const section = (kind: keyof typeof sections, ...items: Code[]): Code => [
  sections[kind],
  ...sized([...unsignedLeb128(items.length), ...items.flat()]),
];
const typeVector = (types: readonly ValueType[]): Code => [
  types.length,
  ...types.map((type) => valueTypes[type]),
];
const name = (text: string): Code => sized([...new TextEncoder().encode(text)]);
const sized = (bytes: Code): Code => [...unsignedLeb128(bytes.length), ...bytes];
