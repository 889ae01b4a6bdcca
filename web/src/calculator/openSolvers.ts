import type { SolveProgram } from "../../../src/heat/index.ts";
import type { SolveReply, SolveRequest } from "../../../src/solver/browser.ts";

type Waiting = Pick<PromiseWithResolvers<ProgramSolution>, "resolve" | "reject">;
type ProgramSolution = Awaited<ReturnType<SolveProgram>>;

/** Solvers in workers of their own, which end with the worker that opens them. One core is left to the rest. */
export function openSolvers(): readonly SolveProgram[] {
  const count = Math.min(mostSolvers, Math.max(1, navigator.hardwareConcurrency - 1));
  return Array.from({ length: count }, openSolver);
}

const mostSolvers = 4;

function openSolver(): SolveProgram {
  const worker = new Worker(new URL("./solver.worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, Waiting>();
  let count = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<SolveReply>) => {
    const { resolve, reject } = waiting.get(data.id) ?? {};
    waiting.delete(data.id);
    if ("solution" in data) resolve?.(data.solution);
    else reject?.(new Error(data.failed));
  });
  worker.addEventListener("error", ({ message }) => {
    for (const { reject } of waiting.values())
      reject(new Error(message || "the solver could not be started"));
    waiting.clear();
  });
  return (program, limits) => {
    const id = ++count;
    const { promise, resolve, reject } = Promise.withResolvers<ProgramSolution>();
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, program, limits } satisfies SolveRequest, []);
    return promise;
  };
}
