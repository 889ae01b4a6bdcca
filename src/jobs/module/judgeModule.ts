import { ByteReader } from "./byteReader.ts";
import { bytesPerMiB, bytesPerPage, taskImportModule, taskImports } from "./taskAbi.ts";
import { walkCode } from "./walkCode.ts";

/** What is to know of a module before it runs. */
export type ModuleVerdict =
  | { readonly kind: "sound"; readonly maxMemoryMiB: number }
  | { readonly kind: "refused"; readonly why: string };

/** Of a module in bytes; and of the entries of its table. */
export const maxModuleBytes = 4 * bytesPerMiB;
const maxTableEntries = 65_536;
const maxMemoryPages = 65_536;

interface Found {
  readonly imports: string[];
  readonly exports: Map<string, number>;
  maxPages: number | undefined;
  memories: number;
  trouble: string | undefined;
}

/**
 * Whether a module may run as a task: it imports the task's ABI alone, has one memory with a declared maximum, exports
 * `memory` and `run`, and has neither threads nor relaxed SIMD. That the rest of it is well formed is the engine's to
 * say, which compiles it.
 */
export function judgeModule(bytes: Uint8Array): ModuleVerdict {
  const refused = (why: string) => ({ kind: "refused", why }) as const;
  if (bytes.length > maxModuleBytes) return refused(`it is longer than ${maxModuleBytes / bytesPerMiB} MiB`);
  const found: Found = {
    imports: [],
    exports: new Map(),
    maxPages: undefined,
    memories: 0,
    trouble: undefined,
  };
  try {
    readSections(bytes, found);
  } catch (thrown) {
    if (!(thrown instanceof RangeError || thrown instanceof TypeError)) throw thrown;
    return refused(`it is no WebAssembly module: ${thrown.message}`);
  }
  if (found.trouble !== undefined) return refused(found.trouble);
  const strange = found.imports.find((name) => !isOurs(name));
  if (strange !== undefined) {
    return refused(
      `it imports ${strange}; a task may import ${taskImports.join(", ")} from "${taskImportModule}"`,
    );
  }
  if (found.memories !== 1) return refused("it needs one memory of its own");
  if (found.maxPages === undefined) return refused("its memory has no declared maximum");
  if (found.exports.get("memory") !== exportedMemory) return refused('it must export its memory as "memory"');
  if (found.exports.get("run") !== exportedFunction) return refused('it must export a function "run"');
  return { kind: "sound", maxMemoryMiB: (found.maxPages * bytesPerPage) / bytesPerMiB };
}

const exportedFunction = 0;
const exportedMemory = 2;
const isOurs = (name: string) => taskImports.some((known) => name === `${taskImportModule}.${known}`);

function readSections(bytes: Uint8Array, found: Found): void {
  const reader = new ByteReader(bytes);
  for (const expected of [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) {
    if (reader.byte() !== expected) throw new RangeError("it does not begin as one");
  }
  while (!reader.isDone()) {
    const section = reader.byte();
    const content = reader.part(reader.count());
    const read = sections.get(section);
    if (read) each(content, found, read);
    if (section === threadTags || section > lastSection)
      found.trouble ??= "it uses a proposal that tasks may not";
    if (found.trouble !== undefined) return;
  }
}

/** The section of exceptions; what comes after data count is of proposals. */
const threadTags = 13;
const lastSection = 12;

function each(content: ByteReader, found: Found, read: (content: ByteReader, found: Found) => void): void {
  const count = content.count();
  for (let i = 0; i < count && found.trouble === undefined; i += 1) read(content, found);
}

const sections = new Map([
  [2, readImport],
  [4, readTable],
  [5, readMemory],
  [7, readExport],
  [10, readBody],
]);

function readImport(content: ByteReader, found: Found): void {
  const name = `${content.text()}.${content.text()}`;
  const kind = content.byte();
  if (kind !== exportedFunction) {
    found.trouble = `it imports ${name}, which is no function`;
    return;
  }
  content.skipNumber();
  found.imports.push(name);
}

function readTable(content: ByteReader, found: Found): void {
  content.byte();
  const { min } = readLimits(content);
  if (min > maxTableEntries) found.trouble = `its table has more than ${maxTableEntries} entries`;
}

function readMemory(content: ByteReader, found: Found): void {
  const { flags, max } = readLimits(content);
  if ((flags & 2) !== 0) found.trouble = "its memory is shared between threads";
  else if (flags > 1) found.trouble = "its memory has 64-bit addresses";
  else if (max !== undefined && max > maxMemoryPages)
    found.trouble = "its memory is larger than there can be";
  found.memories += 1;
  found.maxPages = max;
}

function readLimits(content: ByteReader): { flags: number; min: number; max: number | undefined } {
  const flags = content.byte();
  const min = content.count();
  return { flags, min, max: (flags & 1) === 0 ? undefined : content.count() };
}

function readExport(content: ByteReader, found: Found): void {
  const name = content.text();
  found.exports.set(name, content.byte());
  content.skipNumber();
}

function readBody(content: ByteReader, found: Found): void {
  const body = content.part(content.count());
  const groups = body.count();
  for (let i = 0; i < groups; i += 1) {
    body.skipNumber();
    body.skipNumber();
  }
  const forbidden = walkCode(body);
  if (forbidden !== undefined) found.trouble = `it uses ${forbidden}`;
}
