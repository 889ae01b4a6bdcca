import { HearthworkError } from "../domain/index.ts";
import { runningHearth } from "../hearth/index.ts";
import { type ApiClient, apiClient } from "../client/index.ts";
import { lockDataDir, runningProgram } from "../store/index.ts";

export interface Change<Outcome> {
  /** Asks the hearth, or the exchange, that runs on the data. */
  running(server: ApiClient): Promise<Outcome>;
  /** Nobody else has the data: this process holds them meanwhile. */
  resting(): Outcome | Promise<Outcome>;
}

/**
 * Changes something that lies in a data directory: through its hearth or exchange while one runs, else in this process, which
 * then holds the directory.
 * @throws {HearthworkError} `store/in-use` while another command holds it, or a server that is still starting
 */
export async function changeData<Outcome>(dataDir: string, change: Change<Outcome>): Promise<Outcome> {
  let lock;
  try {
    lock = lockDataDir(dataDir);
  } catch (thrown) {
    if (!(thrown instanceof HearthworkError) || thrown.code !== "store/in-use") throw thrown;
    const server = runningHearth(dataDir) ?? runningExchange(dataDir);
    if (server) return change.running(server);
    throw new HearthworkError({
      code: "store/in-use",
      message: `${thrown.message}. If that is a server that is starting, try again in a moment.`,
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

function runningExchange(dataDir: string): ApiClient | undefined {
  const run = runningProgram(dataDir, "exchange");
  return run && apiClient(run);
}
