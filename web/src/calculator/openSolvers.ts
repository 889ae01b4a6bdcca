import type { SolveProgram } from "../../../src/heat/index.ts";
import type { SolveReply, SolveRequest } from "../../../src/solver/browser.ts";
import type { SolverBegun } from "./messages.ts";

type Waiting = Pick<PromiseWithResolvers<ProgramSolution>, "resolve" | "reject">;
type ProgramSolution = Awaited<ReturnType<SolveProgram>>;

const mostSolvers = 4;

/**
 * Solvers in workers of their own, which end with the worker that opens them. One core is left to the rest.
 * @throws {Error} when they cannot be loaded, with words for people
 */
export async function openSolvers(): Promise<readonly SolveProgram[]> {
  const count = Math.min(mostSolvers, Math.max(1, navigator.hardwareConcurrency - 1));
  return Promise.all(Array.from({ length: count }, openSolver));
}

function openSolver(): Promise<SolveProgram> {
  const worker = new Worker(new URL("./solver.worker.ts", import.meta.url), { type: "module" });
  const opened = Promise.withResolvers<SolveProgram>();
  const waiting = new Map<number, Waiting>();
  let count = 0;
  const solve: SolveProgram = (program, limits) => {
    const id = ++count;
    const { promise, resolve, reject } = Promise.withResolvers<ProgramSolution>();
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, program, limits } satisfies SolveRequest, []);
    return promise;
  };
  worker.addEventListener("message", ({ data }: MessageEvent<SolverBegun | SolveReply>) => {
    if ("begun" in data) {
      if (data.begun) opened.resolve(solve);
      else opened.reject(notLoaded(data.why));
      return;
    }
    const { resolve, reject } = waiting.get(data.id) ?? {};
    waiting.delete(data.id);
    if ("solution" in data) resolve?.(data.solution);
    else reject?.(new Error(data.failed));
  });
  worker.addEventListener("error", ({ message }) => {
    const why = notLoaded(message || "its worker did not start");
    opened.reject(why);
    for (const { reject } of waiting.values()) reject(why);
    waiting.clear();
  });
  return opened.promise;
}

const notLoaded = (why: string) =>
  new Error(
    `what plans the days could not be loaded (${why}). See that the hearth runs, and load this page again.`,
  );
