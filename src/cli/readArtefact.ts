import { open } from "node:fs/promises";
import { HearthworkError, messageOf } from "../domain/index.ts";
import { maxArtefactBytes } from "../jobs/index.ts";

/**
 * Reads a file that a job names.
 * @throws {HearthworkError} `job/no-file` when it cannot be read, or is no size for an artefact
 */
export async function readArtefact(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, "r");
    try {
      const { size } = await file.stat();
      if (size === 0 || size > maxArtefactBytes) {
        throw new Error(`it has ${size} bytes, and an artefact has 1 to ${maxArtefactBytes}`);
      }
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw new HearthworkError({
      code: "job/no-file",
      message: `cannot send ${path}: ${messageOf(thrown)}`,
      data: { path },
      cause: thrown,
    });
  }
}
