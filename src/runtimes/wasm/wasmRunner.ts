import { Seconds } from "../../domain/index.ts";
import {
  judgeModule,
  type ModuleVerdict,
  type TaskEnd,
  type TaskOrder,
  type TaskRunner,
} from "../../jobs/index.ts";
import type { Confinement } from "./confinement.ts";
import { taskConfinement, TaskProcess } from "./taskProcess.ts";

const judgedKept = 64;
/** A process that was idle is used again; so many are kept. */
const idleKept = 8;
const usualSilence = Seconds(30);
/** For a process to begin, on a busy machine. */
const startMs = 20_000;

export interface WasmRunner extends TaskRunner {
  /** What stands between tasks and the rest of the machine. */
  readonly confinement: Promise<Confinement>;
}

/**
 * Runs WebAssembly modules in processes of their own, which are killed when a task takes too long or is not wanted any
 * more, or when this program is no more. A module is judged before it runs, whoever has judged it before.
 * @param silence of this program, after which what runs ends by itself
 */
export function wasmRunner({ silence = usualSilence }: { readonly silence?: Seconds } = {}): WasmRunner {
  const confinement = taskConfinement();
  const idle: TaskProcess[] = [];
  const busy = new Set<TaskProcess>();
  const judged = new Map<string, ModuleVerdict>();

  const verdictOf = ({ digest, bytes }: TaskOrder["module"]): ModuleVerdict => {
    const known = judged.get(digest);
    if (known) return known;
    const verdict = judgeModule(bytes);
    judged.set(digest, verdict);
    for (const oldest of judged.keys()) {
      if (judged.size <= judgedKept) break;
      judged.delete(oldest);
    }
    return verdict;
  };

  const takeProcess = (around: Confinement): TaskProcess => {
    for (let known = idle.pop(); known; known = idle.pop()) if (known.isAlive) return known;
    return new TaskProcess(around, silence * 1000);
  };

  return {
    confinement,
    async run(order, signal, onProgress) {
      const refusal = refusalOf(order, verdictOf(order.module));
      if (refusal) return refusal;
      const around = await confinement;
      if (signal.aborted) return evicted;
      const process = takeProcess(around);
      busy.add(process);
      process.hold(true);
      const end = await runIn(process, order, signal, onProgress);
      busy.delete(process);
      process.hold(false);
      if (process.isAlive && idle.length < idleKept) idle.push(process);
      else await process.kill();
      return end;
    },
    async close() {
      const all = [...idle.splice(0), ...busy];
      await Promise.all(all.map((process) => process.kill()));
    },
  };
}

const evicted: TaskEnd = { kind: "failed", failure: "evicted", message: "it was stopped" };

function refusalOf({ memoryMiB }: TaskOrder, verdict: ModuleVerdict): TaskEnd | undefined {
  if (verdict.kind === "refused") {
    return { kind: "failed", failure: "bad-job", message: `the module may not run: ${verdict.why}` };
  }
  if (verdict.maxMemoryMiB > memoryMiB) {
    const message = `the module may use ${verdict.maxMemoryMiB} MiB and the job allows ${memoryMiB}`;
    return { kind: "failed", failure: "out-of-limits", message };
  }
  return undefined;
}

function runIn(
  process: TaskProcess,
  order: TaskOrder,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<TaskEnd> {
  const { promise, resolve } = Promise.withResolvers<TaskEnd>();
  let killed: TaskEnd | undefined;
  const kill = (end: TaskEnd) => {
    killed ??= end;
    void process.kill();
  };
  const stop = () => kill(evicted);
  const limit = setTimeout(
    () => kill(outOfTime(order.limitSeconds)),
    order.limitSeconds * 1000 + startMs * Number(!process.isReady),
  );
  const finish = (end: TaskEnd) => {
    clearTimeout(limit);
    signal.removeEventListener("abort", stop);
    forget();
    resolve(end);
  };
  const forget = process.listen(
    (message) => {
      if (message.type === "progress") onProgress(message.done);
      else if (message.type === "output") {
        const { output, seconds, cpuSeconds } = message;
        finish({ kind: "output", output, seconds, cpuSeconds });
      } else if (message.type === "trap") {
        finish({ kind: "failed", failure: "bad-job", message: `the module failed: ${message.message}` });
      }
    },
    () => finish(killed ?? { kind: "failed", failure: "bad-node", message: "its process ended" }),
  );
  signal.addEventListener("abort", stop, { once: true });
  const { module, input, maxOutputBytes } = order;
  process.send({ module, input, maxOutputBytes });
  return promise;
}

const outOfTime = (seconds: number): TaskEnd => ({
  kind: "failed",
  failure: "out-of-limits",
  message: `it ran longer than ${seconds} s`,
});
