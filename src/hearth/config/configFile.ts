import { createHash } from "node:crypto";
import { copyFile, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { HearthworkError, messageOf } from "../../domain/index.ts";
import { maxConfigLength } from "./yamlFile.ts";

export interface ConfigText {
  readonly text: string;
  /** Names this text. */
  readonly etag: string;
}

/** A new text that lies beside the file, ready to take its place. */
export interface StagedConfig {
  /** Puts it in place, the text before it into `FILE.bak`. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** The file of a site's configuration. Faults have the code `config/unreadable` or `config/unwritable`. */
export interface ConfigFile {
  readonly path: string;
  /** Undefined when there is no such file. */
  read(): Promise<ConfigText | undefined>;
  /** The text before the last one that was put in place. */
  readBackup(): Promise<string | undefined>;
  stage(text: string): Promise<StagedConfig>;
}

export const etagOf = (text: string): string =>
  createHash("sha256").update(text).digest("base64url").slice(0, 22);

const ownerOnly = 0o600;

export function configFile(path: string): ConfigFile {
  const backup = `${path}.bak`;
  return {
    path,
    async read() {
      const text = await readText(path);
      return text === undefined ? undefined : { text, etag: etagOf(text) };
    },
    readBackup: () => readText(backup),
    async stage(text) {
      try {
        return await stage(path, backup, text);
      } catch (cause) {
        throw unwritable(path, cause);
      }
    },
  };
}

async function stage(path: string, backup: string, text: string): Promise<StagedConfig> {
  // Where the file is a link, what it points to is replaced, and the link stays.
  const target = await realpath(path).catch(() => path);
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => ownerOnly,
  );
  const staged = `${target}.new-${process.pid}`;
  const file = await open(staged, "w", mode);
  try {
    await file.chmod(mode);
    await file.writeFile(text);
    await file.sync();
  } catch (thrown) {
    await rm(staged, { force: true });
    throw thrown;
  } finally {
    await file.close();
  }
  return {
    async commit() {
      try {
        await copyFile(target, backup).catch((thrown: NodeJS.ErrnoException) => {
          if (thrown.code !== "ENOENT") throw thrown;
        });
        await rename(staged, target);
        await syncFolder(dirname(target));
      } catch (cause) {
        await rm(staged, { force: true });
        throw unwritable(path, cause);
      }
    },
    discard: () => rm(staged, { force: true }),
  };
}

/** So that the new name outlives a power cut. Not every system can sync a folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

async function readText(path: string): Promise<string | undefined> {
  try {
    if ((await stat(path)).size > 2 * maxConfigLength) {
      throw new Error(`it is longer than ${maxConfigLength / 1024} KiB`);
    }
    return await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new HearthworkError({
      code: "config/unreadable",
      message: `cannot read ${path}: ${messageOf(cause)}`,
      data: { file: path },
      cause,
    });
  }
}

const unwritable = (path: string, cause: unknown) =>
  new HearthworkError({
    code: "config/unwritable",
    message: `cannot write ${path}: ${messageOf(cause)}; give this program's user the right to write in its folder`,
    data: { file: path },
    cause,
  });

/** A configuration that lives as long as its process: a virtual home's. */
export function configInMemory(path: string, first: string): ConfigFile & { etag(): string } {
  let text = first;
  let backup: string | undefined;
  return {
    path,
    etag: () => etagOf(text),
    read: async () => ({ text, etag: etagOf(text) }),
    readBackup: async () => backup,
    stage: async (next) => ({
      async commit() {
        [backup, text] = [text, next];
      },
      async discard() {},
    }),
  };
}
