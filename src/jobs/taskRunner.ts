import type { Digest, Provenance } from "../domain/index.ts";
import type { FailureKind } from "./failure.ts";

/** A task as a runtime gets it. */
export interface TaskOrder {
  readonly module: { readonly digest: Digest; readonly bytes: Uint8Array };
  readonly input: Uint8Array;
  readonly memoryMiB: number;
  readonly limitSeconds: number;
  readonly maxOutputBytes: number;
}

/** Energy that was measured, J. */
export interface DrawnEnergy {
  readonly joules: number;
  readonly provenance: Exclude<Provenance, "estimated">;
}

export type TaskEnd =
  | {
      readonly kind: "output";
      readonly output: Uint8Array;
      readonly seconds: number;
      /** On a processor; undefined: not known, and taken to be all of `seconds`. */
      readonly cpuSeconds?: number;
      /** On which heater of the machine's owner it ran; undefined where there is but the machine. */
      readonly place?: string;
      /** Its part of what that heater was measured to draw; undefined where nobody measured. */
      readonly drawn?: DrawnEnergy;
    }
  | { readonly kind: "failed"; readonly failure: FailureKind; readonly message: string };

/** Runs tasks, each apart from the rest of the machine. */
export interface TaskRunner {
  /**
   * Never rejects: what goes wrong is a way in which it ends.
   * @param signal ends the task at once; it then ends as `evicted`
   * @param onProgress what is done of it, 0 … 1
   */
  run(order: TaskOrder, signal: AbortSignal, onProgress: (done: number) => void): Promise<TaskEnd>;
  /** Ends every task, and what they ran in. */
  close(): Promise<void>;
}
