import type { HeaderWork, Hit, KernelForm } from "../../bitcoin/index.ts";
import type { Fault } from "../../domain/index.ts";

/** What a search thread is told. */
export type Order =
  /** Undefined work: search nothing. Each order of work has a number of its own. */
  | { readonly kind: "work"; readonly number: number; readonly work: HeaderWork | undefined }
  | { readonly kind: "duty"; readonly duty: number }
  /** So many hits have been taken; a thread waits when too many have not. */
  | { readonly kind: "taken"; readonly hits: number };

/** What a search thread says. */
export type Report =
  /** The thread has a kernel that gives right hashes. */
  | { readonly kind: "ready"; readonly form: KernelForm }
  | { readonly kind: "hits"; readonly number: number; readonly hits: readonly Omit<Hit, "work">[] }
  /** Every nonce of the work has been tried. */
  | { readonly kind: "exhausted"; readonly number: number }
  | { readonly kind: "fault"; readonly fault: Fault };

/** What a search thread is started with. */
export interface SearchData {
  readonly thread: number;
  /** Undefined: the fastest. */
  readonly form: KernelForm | undefined;
  readonly board: SharedArrayBuffer;
}
