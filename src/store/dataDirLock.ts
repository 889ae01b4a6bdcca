import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { HearthworkError } from "../domain/index.ts";
import { makeFolder, noDataDir } from "./dataFolder.ts";

export interface DataDirLock {
  release(): void;
}

const sqliteBusy = 5;

/**
 * Takes a data directory for this process, making the folder where it is missing.
 *
 * The lock is SQLite's on an empty database: the one file lock that Node offers. The kernel holds it, so it ends with
 * the process, however that dies, and two starts cannot both win.
 *
 * @throws {HearthworkError} `store/in-use` with the holder's `pid`; `store/no-data-dir` when nothing can be kept there
 */
export function lockDataDir(dataDir: string): DataDirLock {
  const folder = resolve(dataDir);
  const holderFile = join(folder, "lock.pid");
  const lock = takeLock(folder, holderFile);
  try {
    writeFileSync(holderFile, `${process.pid}\n`);
  } catch (thrown) {
    lock.close();
    throw noDataDir(folder, thrown);
  }
  return { release: () => lock.close() };
}

/** The process that holds a data directory now; undefined when none does. */
export function dataDirHolder(dataDir: string): number | undefined {
  const folder = resolve(dataDir);
  if (!existsSync(join(folder, "lock"))) return undefined;
  const holderFile = join(folder, "lock.pid");
  try {
    takeLock(folder, holderFile).close();
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof HearthworkError) || thrown.code !== "store/in-use") throw thrown;
    return readHolder(holderFile) ?? undefined;
  }
}

function takeLock(folder: string, holderFile: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    makeFolder(folder);
    lock = new DatabaseSync(join(folder, "lock"), { timeout: 0 });
    lock.exec("pragma locking_mode = exclusive; begin exclusive");
    return lock;
  } catch (thrown) {
    lock?.close();
    if ((thrown as { errcode?: unknown }).errcode !== sqliteBusy) throw noDataDir(folder, thrown);
    const pid = readHolder(holderFile);
    throw new HearthworkError({
      code: "store/in-use",
      message: `the data directory ${folder} is in use by process ${pid ?? "(unknown)"}; stop that one, or give another with --data`,
      data: { folder, pid },
      retry: "later",
      cause: thrown,
    });
  }
}

function readHolder(holderFile: string): number | null {
  try {
    const pid = Number(readFileSync(holderFile, "utf8").slice(0, 20));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}
