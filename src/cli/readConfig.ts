import { readFileSync, statSync } from "node:fs";
import { HearthworkError, messageOf } from "../domain/index.ts";

const maxBytes = 256 * 1024;

/**
 * The text of a configuration.
 * @throws {HearthworkError} `config/unreadable`, whose message says what to name instead
 */
export function readConfig(file: string): string {
  try {
    const found = statSync(file);
    if (found.isDirectory()) throw unreadable(file, `${file} is a directory; name the file in it`);
    if (found.size > maxBytes)
      throw unreadable(file, `${file} is longer than ${maxBytes / 1024} KiB; name another`);
    return readFileSync(file, "utf8");
  } catch (thrown) {
    if (thrown instanceof HearthworkError) throw thrown;
    const isMissing = (thrown as NodeJS.ErrnoException).code === "ENOENT";
    throw unreadable(
      file,
      isMissing
        ? `there is no ${file}; name yours`
        : `cannot read ${file} (${messageOf(thrown)}); name another`,
      thrown,
    );
  }
}

const unreadable = (file: string, words: string, cause?: unknown) =>
  new HearthworkError({
    code: "config/unreadable",
    message: `${words} with --config FILE`,
    data: { file },
    cause,
  });
