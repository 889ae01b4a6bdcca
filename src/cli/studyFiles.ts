import { readFileSync, statSync, writeFileSync } from "node:fs";
import { HearthworkError, messageOf } from "../domain/index.ts";

const maxBytes = 16 * 1024 * 1024;

/** @throws {HearthworkError} `study/unreadable`. */
export function readText(file: string): string {
  try {
    if (statSync(file).size > maxBytes) throw new Error("longer than 16 MiB");
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new HearthworkError({
      code: "study/unreadable",
      message: `cannot read ${file}: ${messageOf(cause)}`,
      data: { file },
      cause,
    });
  }
}

/** @throws {HearthworkError} `study/unwritable`. */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new HearthworkError({
      code: "study/unwritable",
      message: `cannot write ${file}: ${messageOf(cause)}`,
      data: { file },
      cause,
    });
  }
}
