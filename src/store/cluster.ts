import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { HearthworkError } from "../domain/index.ts";

/**
 * Makes an empty database in the new folder `folder`. A kill or a power failure half-way leaves nothing under that
 * name; the next call begins again.
 *
 * It is made in a process of its own: 250 MiB that PostgreSQL needs for it alone go back to the system.
 */
export async function makeCluster(folder: string): Promise<void> {
  await removeUnfinished(folder);
  // One that was left behind may still write into its own for a moment.
  const unfinished = `${folder}.unfinished-${process.pid}`;
  mkdirSync(unfinished, { mode: 0o700 });
  await fillCluster(unfinished);
  await syncTree(unfinished);
  renameSync(unfinished, folder);
  await syncFile(dirname(folder));
}

/** Whoever was left behind by a kill writes on for some seconds before it notices; ms. */
const [untilItEnds, between] = [10_000, 50];

async function removeUnfinished(folder: string): Promise<void> {
  const above = dirname(folder);
  const names = readdirSync(above).filter((name) => name.startsWith(`${basename(folder)}.unfinished`));
  const began = performance.now();
  for (const name of names) {
    for (let isGone = false; !isGone;) {
      try {
        rmSync(join(above, name), { recursive: true, force: true });
        isGone = true;
      } catch (thrown) {
        if (performance.now() - began > untilItEnds) throw thrown;
        await setTimeout(between);
      }
    }
  }
}

/** Longer than it takes on a small computer's memory card. */
const patienceMs = 180_000;

/**
 * Fills the empty folder `folder` with a database, in another process.
 * @throws {HearthworkError} `store/no-data-dir`, saying why
 */
export async function fillCluster(folder: string): Promise<void> {
  const script = new URL(`./cluster.worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const child = fork(script, [folder], { execArgv: [], stdio: "ignore", timeout: patienceMs });
  let why = "it did not end well";
  child.on("message", (message) => {
    if (typeof message === "string") why = message;
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code === 0) return;
  throw new HearthworkError({
    code: "store/no-data-dir",
    message: `no database could be made in ${dirname(folder)} (${why}); see that there is space for 50 MB and the right to write, or give another directory with --data`,
    data: { folder },
  });
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
