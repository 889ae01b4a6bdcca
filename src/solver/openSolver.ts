import { Worker } from "node:worker_threads";
import { HearthworkError } from "../domain/index.ts";
import type { Program, ProgramLimits, ProgramSolution, SolveProgram } from "../heat/index.ts";
import type { SolveReply, SolveRequest } from "./messages.ts";

/** Solves programmes in a worker, one after the other. */
interface Solver {
  /** @throws {HearthworkError} `solver/failed`, `solver/hung` or `solver/closed`; worth trying later but for the last. */
  readonly solve: SolveProgram;
  close(): Promise<void>;
}

const script = new URL(
  import.meta.url.endsWith(".ts") ? "./solver.worker.ts" : "./solver.worker.js",
  import.meta.url,
);
/** Beyond its own limit a solver that is still at work is ended, and another one starts, s. */
const patience = 5;
const mostHeapMiB = 512;

interface SolverOptions {
  /** The worker's script, for tests of one that hangs. */
  readonly worker?: URL;
}

/** Opens a solver. Its worker starts with the first programme, and anew after one that failed. */
export function openSolver({ worker: from = script }: SolverOptions = {}): Solver {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let count = 0;
  let isClosed = false;

  const start = () => {
    const next = new Worker(from, { resourceLimits: { maxOldGenerationSizeMb: mostHeapMiB } });
    next.unref();
    return next;
  };
  const end = async () => {
    const old = worker;
    worker = undefined;
    await old?.terminate();
  };

  async function ask(program: Program, limits: ProgramLimits): Promise<ProgramSolution> {
    if (isClosed) throw failure("closed", "the solver is closed", "never");
    const own = (worker ??= start());
    const id = ++count;
    const { promise, resolve, reject } = Promise.withResolvers<ProgramSolution>();
    const timer = setTimeout(
      () => reject(failure("hung", `the solver did not end within ${limits.seconds + patience} s`)),
      (limits.seconds + patience) * 1000,
    );
    const hear = (reply: SolveReply) => {
      if (reply.id !== id) return;
      if ("solution" in reply) resolve(reply.solution);
      else reject(failure("failed", `the solver failed: ${reply.failed}`));
    };
    const fail = (thrown: unknown) =>
      reject(failure("failed", `the solver's worker ended: ${String(thrown)}`));
    own.on("message", hear);
    own.once("error", fail);
    own.once("exit", fail);
    own.ref();
    try {
      own.postMessage({ id, program, limits } satisfies SolveRequest, []);
      return await promise;
    } catch (thrown) {
      await end();
      throw thrown;
    } finally {
      clearTimeout(timer);
      own.unref();
      own.off("message", hear);
      own.off("error", fail);
      own.off("exit", fail);
    }
  }

  return {
    solve(program, limits) {
      const turn = last.then(() => ask(program, limits));
      last = turn.catch(() => {});
      return turn;
    },
    async close() {
      isClosed = true;
      await end();
    },
  };
}

const failure = (what: string, message: string, retry: "later" | "never" = "later") =>
  new HearthworkError({ code: `solver/${what}`, message, retry });
