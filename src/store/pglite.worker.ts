import fs from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import type { FromWorker, ToWorker, WorkerTask } from "./workerSession.ts";

/** WASI's number for an input or output error. */
const ioError = 29;

/** What Emscripten's NODEFS knows of an open file. */
interface NodeStream {
  readonly nfd: number;
}

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

function fsync({ nfd }: NodeStream): number {
  try {
    fs.fdatasyncSync(nfd);
    return 0;
  } catch (thrown) {
    // Windows syncs no folder and no file that was opened for reading.
    const refused = process.platform === "win32" && (thrown as NodeJS.ErrnoException).code === "EPERM";
    return refused ? 0 : ioError;
  }
}

const { folder } = workerData as WorkerTask;
const port = parentPort!;
const say = (message: FromWorker) => port.postMessage(message);

const noFsync = "-F";
const settings = { shared_buffers: "16MB", wal_sync_method: "fsync" };
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== noFsync || folder === null),
  ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
];

/** PostgreSQL ends on these, but PGlite would run on with what is left of it. */
const lastWords = /^\S+ \S+ \S+ \[\d+\] (?:FATAL|PANIC): +(.*)/;

function onStderr(line: string): boolean {
  const reason = lastWords.exec(line)?.[1];
  if (reason !== undefined) {
    say({ id: 0, error: { message: reason, code: "57P02" } });
    process.exit(1);
  }
  return false;
}

const pg = new PGlite({
  ...(folder === null ? {} : { fs: new SyncedNodeFs(folder) }),
  startParams,
  initDbStartParams: ["--wal-segsize=1"],
  onStderr,
});

async function answer({ sql, parameters }: ToWorker): Promise<{ rows: unknown[]; affectedRows?: number }> {
  if (sql === null) {
    await pg.close();
    return { rows: [] };
  }
  if (parameters === null) {
    const results = await pg.exec(sql);
    return { rows: results.map(({ command }) => ({ command })) };
  }
  const { rows, affectedRows } = await pg.query(sql, [...parameters]);
  return { rows, ...(affectedRows === undefined ? {} : { affectedRows }) };
}

function describeError(thrown: unknown): { message: string; code: string } {
  const { message, code } = thrown as { message?: unknown; code?: unknown };
  return { message: String(message ?? thrown), code: typeof code === "string" ? code : "" };
}

port.on("message", (request: ToWorker) => {
  answer(request).then(
    (result) => say({ id: request.id, ...result }),
    (thrown: unknown) => say({ id: request.id, error: describeError(thrown) }),
  );
});

pg.waitReady.then(
  () => say({ id: 0, rows: [] }),
  (thrown: unknown) => {
    say({ id: 0, error: describeError(thrown) });
    process.exit(1);
  },
);
