import { createReadStream } from "node:fs";
import { workerData } from "node:worker_threads";

/**
 * Beside a module that computes and hears nothing, a thread that listens for its program's heartbeat: when that is
 * silent for too long, or its line has ended because the program is no more, the whole process ends.
 */
const { descriptor, silenceMs } = workerData as { readonly descriptor: number; readonly silenceMs: number };
const end = () => process.kill(process.pid, "SIGKILL");
let heardAt = performance.now();
createReadStream("", { fd: descriptor })
  .on("data", () => (heardAt = performance.now()))
  .on("error", end)
  .on("close", end);
setInterval(() => {
  if (performance.now() - heardAt > silenceMs) end();
}, 250);
