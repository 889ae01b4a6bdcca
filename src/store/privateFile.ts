import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import type { z } from "zod";
import { HearthworkError, messageOf } from "../domain/index.ts";
import { noDataDir } from "./dataFolder.ts";

/** A file of secrets as JSON, which its owner alone can read. */
export interface PrivateFile<Value> {
  readonly path: string;
  /**
   * What it holds, undefined where there is no such file.
   * @throws {HearthworkError} `store/not-private` when others can read it; `store/bad-file` when it is not what was
   * written; `store/no-data-dir` when its folder is a file. None tells anything of what is in it.
   */
  read(): Value | undefined;
  /** Replaces it whole, or leaves it as it is: a crash at any moment keeps the one or the other. */
  write(value: Value): void;
  /** Removes it where it is there. */
  remove(): void;
}

const maxBytes = 256 * 1024;
const ownerOnly = 0o600;
/** Windows has no such modes: there the folder's own permissions count. */
const hasModes = process.platform !== "win32";

/** @param schema what the file must hold; it is parsed at each reading */
export function privateFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): PrivateFile<z.output<Schema>> {
  return {
    path,
    read() {
      const text = readPrivate(path);
      if (text === undefined) return undefined;
      const parsed = schema.safeParse(jsonOf(text));
      if (parsed.success) return parsed.data;
      throw badFile(path, "it does not hold what Hearthwork writes there");
    },
    write: (value) => replace(path, `${JSON.stringify(value, undefined, 2)}\n`),
    remove: () => rmSync(path, { force: true }),
  };
}

function readPrivate(path: string): string | undefined {
  let descriptor: number;
  try {
    // A link could point at a file of somebody else's; not to block keeps a pipe from holding us.
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    if (code === "ENOTDIR") throw noDataDir(dirname(path), new Error(`${dirname(path)} is no folder`));
    throw badFile(path, messageOf(thrown));
  }
  try {
    const found = fstatSync(descriptor);
    const { mode, size } = found;
    if (!found.isFile()) throw badFile(path, "it is no file");
    if (hasModes && (mode & 0o077) !== 0) throw notPrivate(path, mode);
    if (size > maxBytes) throw badFile(path, `it is longer than ${maxBytes / 1024} KiB`);
    return readFileSync(descriptor, "utf8");
  } finally {
    closeSync(descriptor);
  }
}

/** The parser's own complaint quotes the text, so it is dropped. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function replace(path: string, text: string): void {
  const next = `${path}.new`;
  if (Buffer.byteLength(text) > maxBytes) {
    throw badFile(path, `it would be longer than ${maxBytes / 1024} KiB, so nothing was changed`);
  }
  try {
    rmSync(next, { force: true });
    const descriptor = openSync(next, "wx", ownerOnly);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(next, path);
    keepEntry(dirname(path));
  } catch (cause) {
    throw badFile(path, `it cannot be written: ${messageOf(cause)}`);
  }
}

/** A rename lasts over a power cut once its folder is on the disk; Windows cannot open one. */
function keepEntry(folder: string): void {
  if (!hasModes) return;
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const notPrivate = (path: string, mode: number) =>
  new HearthworkError({
    code: "store/not-private",
    message: `${path} holds secrets, and others can read it (mode ${(mode & 0o777).toString(8)}); make it yours alone with chmod 600, and change what it holds if somebody may have read it`,
    data: { path },
  });

const badFile = (path: string, why: string) =>
  new HearthworkError({
    code: "store/bad-file",
    message: `${path} cannot be used: ${why}; put a backup there, or remove it and enter its secrets again`,
    data: { path },
  });
