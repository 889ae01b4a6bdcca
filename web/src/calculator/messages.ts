import type { HomeReport } from "../../../src/energy/index.ts";
import type { HomeExtent } from "../../../src/lab/browser.ts";
import type { Answers } from "./answers.ts";

/** What the page asks of the worker. */
export interface StudyRequest {
  readonly id: number;
  readonly answers: Answers;
  readonly extent: HomeExtent;
  /** Whether the days of the year are planned, too: minutes instead of seconds. */
  readonly isPlanned: boolean;
}

/** What the worker says of it: how far it is, what came of it, or why nothing did. */
export type StudyReply =
  | { readonly id: number; readonly kind: "progress"; readonly done: number; readonly of: number }
  | { readonly id: number; readonly kind: "report"; readonly report: HomeReport }
  | { readonly id: number; readonly kind: "failed"; readonly message: string };

/** What a solver's worker says first: whether it can solve. */
export type SolverBegun = { readonly begun: true } | { readonly begun: false; readonly why: string };
