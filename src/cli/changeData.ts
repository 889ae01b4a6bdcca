import { HearthworkError } from "../domain/index.ts";
import { runningHearth } from "../hearth/index.ts";
import type { ApiClient } from "../client/index.ts";
import { lockDataDir } from "../store/index.ts";

export interface Change<Outcome> {
  /** Asks the hearth that runs on the data. */
  running(hearth: ApiClient): Promise<Outcome>;
  /** Nobody else has the data: this process holds them meanwhile. */
  resting(): Outcome | Promise<Outcome>;
}

/**
 * Changes something that lies in a data directory: through its hearth while one runs, else in this process, which
 * then holds the directory.
 * @throws {HearthworkError} `store/in-use` while another command holds it, or a hearth that is still starting
 */
export async function changeData<Outcome>(dataDir: string, change: Change<Outcome>): Promise<Outcome> {
  let lock;
  try {
    lock = lockDataDir(dataDir);
  } catch (thrown) {
    if (!(thrown instanceof HearthworkError) || thrown.code !== "store/in-use") throw thrown;
    const hearth = runningHearth(dataDir);
    if (hearth) return change.running(hearth);
    throw new HearthworkError({
      code: "store/in-use",
      message: `${thrown.message}. If that is a hearth that is starting, try again in a moment.`,
      data: thrown.data,
      retry: "later",
      cause: thrown,
    });
  }
  try {
    return await change.resting();
  } finally {
    lock.release();
  }
}
