import fs from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { readEmptyDatabase } from "./emptyDatabase.ts";

/** WASI's number for an input or output error. */
const ioError = 29;

/** PGlite's NodeFS ignores every fsync, and so would lose what was committed with the power. This one obeys. */
class SyncedNodeFs extends NodeFS {
  override async init(...[pg, options]: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(pg, options);
    const obeyFsync = (module: { NODEFS: { stream_ops: { fsync?: typeof fsync } } }) => {
      module.NODEFS.stream_ops.fsync = fsync;
    };
    emscriptenOpts.preRun = [...(emscriptenOpts.preRun ?? []), obeyFsync];
    return { emscriptenOpts };
  }
}

/** @param stream Emscripten's, of an open file or folder of the host */
function fsync(stream: { readonly nfd: number }): number {
  try {
    fs.fdatasyncSync(stream.nfd);
    return 0;
  } catch (thrown) {
    // Windows syncs no folder and no file that was opened for reading.
    const refused = process.platform === "win32" && (thrown as NodeJS.ErrnoException).code === "EPERM";
    return refused ? 0 : ioError;
  }
}

const noFsync = "-F";
/** `fdatasync`, the usual method, does nothing in PGlite whatever its file system does. */
const settings = { shared_buffers: "16MB", wal_sync_method: "fsync" };

/**
 * Starts PGlite, small and durable.
 * @param folder of the database; null for memory
 * @param isNew whether nothing is in it yet: then it is filled with an empty database
 * @param onStderr is given each line of PostgreSQL's log
 */
export function startPglite({
  folder,
  isNew,
  onStderr,
}: {
  readonly folder: string | null;
  readonly isNew: boolean;
  readonly onStderr: (line: string) => boolean;
}): PGlite {
  const defaults = PGlite.defaultStartParams.filter((parameter) => parameter !== noFsync || folder === null);
  const empty = isNew ? readEmptyDatabase() : undefined;
  return new PGlite({
    ...(folder === null ? {} : { fs: new SyncedNodeFs(folder) }),
    ...(empty ? { loadDataDir: empty } : {}),
    startParams: [
      ...defaults,
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    initDbStartParams: ["--wal-segsize=1"],
    onStderr,
  });
}
