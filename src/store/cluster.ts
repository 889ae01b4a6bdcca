import { mkdirSync, renameSync, rmSync } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { WorkerSession } from "./workerSession.ts";

/**
 * Makes an empty database in the new folder `folder`. A kill or a power failure half-way leaves nothing under that
 * name; the next call begins again.
 */
export async function makeCluster(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const session = new WorkerSession({ folder: unfinished });
  try {
    await session.started;
  } finally {
    await session.close();
  }
  await syncTree(unfinished);
  renameSync(unfinished, folder);
  await syncFile(dirname(folder));
}

async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  for (let i = 0; i < paths.length; i += 64) await Promise.all(paths.slice(i, i + 64).map(syncFile));
  await syncFile(folder);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } catch (thrown) {
    // Windows syncs no folder and no file that was opened for reading.
    if (process.platform !== "win32") throw thrown;
  } finally {
    await file.close();
  }
}
