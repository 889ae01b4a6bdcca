type FaultValue =
  | string
  | number
  | boolean
  | null
  | readonly FaultValue[]
  | { readonly [key: string]: FaultValue };

/** What explains a fault: plain values that can be logged and sent. */
export type FaultData = Readonly<Record<string, FaultValue>>;

export interface Fault {
  /** `area/what`, stable: people and programs may match on it. */
  readonly code: string;
  /** Says what happened and what to do about it. */
  readonly message: string;
  readonly data?: FaultData;
  /** Whether the same call may succeed later with nothing changed. Default `never`. */
  readonly retry?: "never" | "later";
  readonly cause?: unknown;
}

/** The one class of faults. Expected outcomes are values, not errors. */
export class HearthworkError extends Error {
  override readonly name = "HearthworkError";
  readonly code: string;
  readonly data: FaultData;
  readonly retry: "never" | "later";

  constructor({ code, message, data = {}, retry = "never", cause }: Fault) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.data = data;
    this.retry = retry;
  }
}

/** The message of whatever was thrown, for logs and for screens. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
