import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { HearthworkError, messageOf } from "../domain/index.ts";

/**
 * Makes a folder for its owner alone, and those above it. Node's own way to make them all never comes back where the
 * system says of a new folder that it is not there, as below /proc.
 * @throws what the system says, or that a file is in the way
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) {
    if (statSync(folder).isDirectory()) return;
    throw new Error(`${folder} is a file`);
  }
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "EEXIST") throw thrown;
  }
}

/** Nothing can be kept in a data directory, and why. */
export function noDataDir(dataDir: string, cause: unknown): HearthworkError {
  const folder = resolve(dataDir);
  return new HearthworkError({
    code: "store/no-data-dir",
    message: `nothing can be kept in the data directory ${folder} (${messageOf(cause)}); make it a folder that this user may write to, or give another with --data`,
    data: { folder },
    cause,
  });
}
