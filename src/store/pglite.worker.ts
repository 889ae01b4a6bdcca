import { parentPort, workerData } from "node:worker_threads";
import { withoutOptimizer } from "./optimizer.ts";
import { startPglite } from "./startPglite.ts";
import type { Answer, FromWorker, ToWorker, WorkerTask } from "./workerMessages.ts";

const { folder } = workerData as WorkerTask;
const port = parentPort!;
const say = (message: FromWorker) => port.postMessage(message);

/** PostgreSQL ends on these, but PGlite would run on with what is left of it. */
const lastWords = /^\S+ \S+ \S+ \[\d+\] (?:FATAL|PANIC): +(.*)/;

const pg = startPglite({
  folder,
  isNew: folder === null,
  onStderr(line) {
    const reason = lastWords.exec(line)?.[1];
    if (reason !== undefined) {
      say({ id: 0, error: { message: reason, code: "57P02" } });
      process.exit(1);
    }
    return false;
  },
});

async function answer({ sql, parameters }: ToWorker): Promise<Answer> {
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

withoutOptimizer(pg.waitReady).then(
  () => say({ id: 0, rows: [] }),
  (thrown: unknown) => {
    say({ id: 0, error: describeError(thrown) });
    process.exit(1);
  },
);
