import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { messageOf } from "../../domain/index.ts";
import { runModule } from "./runModule.ts";
import { type WasmModule, webAssembly } from "./webAssembly.ts";
import type { ToChild, FromChild } from "./childMessages.ts";

/** A process that runs one module after the other and does nothing else. It is killed when it takes too long. */
let compiled: { readonly digest: string; readonly module: WasmModule } | undefined;
const progressEveryMs = 500;

const tell = (message: FromChild) => process.send?.(message);

function moduleOf({ digest, bytes }: ToChild["module"]): WasmModule {
  if (compiled?.digest !== digest) compiled = { digest, module: new webAssembly.Module(bytes) };
  return compiled.module;
}

process.on("message", (order: ToChild) => {
  const began = performance.now();
  const before = process.cpuUsage();
  let toldAt = began;
  try {
    const output = runModule({
      module: moduleOf(order.module),
      input: order.input,
      maxOutputBytes: order.maxOutputBytes,
      onProgress(done) {
        if (performance.now() - toldAt < progressEveryMs) return;
        toldAt = performance.now();
        tell({ type: "progress", done });
      },
    });
    const { user, system } = process.cpuUsage(before);
    tell({
      type: "output",
      output,
      seconds: (performance.now() - began) / 1000,
      cpuSeconds: (user + system) / 1e6,
    });
  } catch (thrown) {
    tell({ type: "trap", message: messageOf(thrown).slice(0, 300) });
  }
});
const [descriptor, silenceMs] = process.argv.slice(2).map(Number);
const extension = extname(fileURLToPath(import.meta.url));
const watch = new Worker(new URL(`./parentWatch.worker${extension}`, import.meta.url), {
  workerData: { descriptor, silenceMs },
});
watch.once("exit", () => process.exit(1));
process.on("disconnect", () => process.exit(0));
tell({ type: "ready" });
