import { Seconds } from "../../domain/index.ts";
import type { TaskRunner } from "../../jobs/index.ts";
import { wasmRunner } from "../../runtimes/index.ts";

/** A heater is in its safe state so soon after its hearth hangs. */
const silence = Seconds(5);

/** The runner of all of a site's heaters, begun when the first task comes. */
export function sharedRunner(): TaskRunner {
  let runner: TaskRunner | undefined;
  return {
    run(order, signal, onProgress) {
      runner ??= wasmRunner({ silence });
      return runner.run(order, signal, onProgress);
    },
    close: async () => runner?.close(),
  };
}
