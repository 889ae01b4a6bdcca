import type { Program, ProgramLimits, ProgramSolution } from "../heat/index.ts";

export interface SolveRequest {
  readonly id: number;
  readonly program: Program;
  readonly limits: ProgramLimits;
}

export type SolveReply =
  | { readonly id: number; readonly solution: ProgramSolution }
  | { readonly id: number; readonly failed: string };
