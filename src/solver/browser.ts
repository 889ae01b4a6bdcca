import highsModule, { type Highs } from "highs";
import type { SolveProgram } from "../heat/index.ts";
import { solveWithHighs } from "./solveWithHighs.ts";

export type { SolveReply, SolveRequest } from "./messages.ts";

/** The package's types describe its CommonJS form, whose function lies one level deeper. */
const loadHighs = highsModule as unknown as (options: {
  readonly locateFile: () => string;
}) => Promise<Highs>;

/**
 * Loads HiGHS for a page. It solves on the thread that calls it and keeps that busy, so call it in a worker.
 *
 * @param wasmAddress where the page's own server has HiGHS' WebAssembly.
 */
export async function loadSolver(wasmAddress: string): Promise<SolveProgram> {
  const highs = await loadHighs({ locateFile: () => wasmAddress });
  return (program, limits) => Promise.resolve(solveWithHighs(highs, program, limits));
}
