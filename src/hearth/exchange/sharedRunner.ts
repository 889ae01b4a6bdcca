import type { TaskRunner } from "../../jobs/index.ts";
import { wasmRunner } from "../../runtimes/index.ts";

/** The runner of all of a site's heaters, begun when the first task comes. */
export function sharedRunner(): TaskRunner {
  let runner: TaskRunner | undefined;
  return {
    run(order, signal, onProgress) {
      runner ??= wasmRunner();
      return runner.run(order, signal, onProgress);
    },
    close: async () => runner?.close(),
  };
}
