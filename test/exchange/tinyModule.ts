/** What a module is made of, for tests; WebAssembly core specification 2.0, §5.5. */
export interface TinyModule {
  /** Functions without parameters and results, from the module `hearthwork` unless it is said. */
  readonly imports?: readonly { readonly module?: string; readonly name: string; readonly kind?: number }[];
  /** As the memory section has them; a maximum of 2 pages when it is not said. Null: no memory. */
  readonly limits?: readonly number[] | null;
  readonly exports?: readonly ("memory" | "run")[];
  /** The instructions of `run`, without the end. */
  readonly code?: readonly number[];
  readonly table?: number;
  readonly after?: readonly number[];
}

const number = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...number(value >>> 7)];
const text = (words: string) => [...number(words.length), ...new TextEncoder().encode(words)];
const list = (items: readonly (readonly number[])[]) => [...number(items.length), ...items.flat()];
const section = (id: number, content: readonly number[]) => [id, ...number(content.length), ...content];

/** The magic number and the version. */
const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** The shortest module of its kind. */
export function tinyModule({
  imports = [],
  limits = [1, 1, 2],
  exports = ["memory", "run"],
  code = [],
  table,
  after = [],
}: TinyModule): Uint8Array {
  const body = [0, ...code, 0x0b];
  const functions = imports.filter(({ kind = 0 }) => kind === 0).length;
  return new Uint8Array([
    ...head,
    ...section(1, list([[0x60, 0, 0]])),
    ...section(
      2,
      list(
        imports.map(({ module = "hearthwork", name, kind = 0 }) => [...text(module), ...text(name), kind, 0]),
      ),
    ),
    ...section(3, list([[0]])),
    ...(table === undefined ? [] : section(4, list([[0x70, 0, ...number(table)]]))),
    ...(limits === null ? [] : section(5, list([limits]))),
    ...section(
      7,
      list(
        exports.map((name) => [...text(name), ...(name === "memory" ? [2, 0] : [0, ...number(functions)])]),
      ),
    ),
    ...section(10, list([[...number(body.length), ...body]])),
    ...after,
  ]);
}
