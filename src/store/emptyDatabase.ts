import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";

const fromSources = extname(fileURLToPath(import.meta.url)) === ".ts";

/** Where a build leaves PGlite's empty database. */
export const emptyDatabaseFile = new URL(
  `${fromSources ? "../../dist" : "../.."}/emptyDatabase.tar.br`,
  import.meta.url,
);

/** Twice what it takes. */
const mostBytes = 64 * 2 ** 20;

/** An empty database as the tar that PGlite loads, or undefined where no build has left one: PGlite then makes it. */
export function readEmptyDatabase(): Blob | undefined {
  try {
    return new Blob([brotliDecompressSync(readFileSync(emptyDatabaseFile), { maxOutputLength: mostBytes })]);
  } catch {
    return undefined;
  }
}
