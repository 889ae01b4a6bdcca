import fs from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import type { FromWorker, ToWorker } from "./embeddedPostgres.ts";

/** What Emscripten's NODEFS knows of an open file. */
interface NodeStream {
  readonly nfd?: number | null;
}

/** PGlite's NodeFS drops every fsync, and so would lose commits with the power: this one syncs. */
class SyncedNodeFs extends NodeFS {
  override async init(...[pg, options]: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(pg, options);
    emscriptenOpts.preRun = [
      ...(emscriptenOpts.preRun ?? []),
      (module: { NODEFS: { stream_ops: { fsync?: (stream: NodeStream) => number } } }) => {
        module.NODEFS.stream_ops.fsync = ({ nfd }) => {
          if (typeof nfd === "number") fs.fdatasyncSync(nfd);
          return 0;
        };
      },
    ];
    return { emscriptenOpts };
  }
}

const { folder } = workerData as { folder: string | null };
const port = parentPort!;
const say = (message: FromWorker) => port.postMessage(message);

const settings = {
  shared_buffers: "16MB",
  wal_sync_method: "fsync",
};
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F" || folder === null),
  ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
];

const pg = new PGlite({
  ...(folder === null ? {} : { fs: new SyncedNodeFs(folder) }),
  startParams,
  initDbStartParams: ["--wal-segsize=1"],
});

function describeError(thrown: unknown) {
  const { message, code } = thrown as { message?: unknown; code?: unknown };
  return { message: String(message ?? thrown), code: typeof code === "string" ? code : "" };
}

port.on("message", (request: ToWorker) => {
  const answer = async () => {
    if (request.sql === null) {
      await pg.close();
      say({ id: request.id, rows: [] });
      port.close();
      return;
    }
    if (request.parameters === null) {
      await pg.exec(request.sql);
      say({ id: request.id, rows: [] });
      return;
    }
    const { rows, affectedRows } = await pg.query(request.sql, [...request.parameters]);
    say({ id: request.id, rows, ...(affectedRows === undefined ? {} : { affectedRows }) });
  };
  answer().catch((thrown: unknown) => say({ id: request.id, error: describeError(thrown) }));
});

pg.waitReady.then(
  () => say({ id: 0, rows: [] }),
  (thrown: unknown) => say({ id: 0, error: describeError(thrown) }),
);
