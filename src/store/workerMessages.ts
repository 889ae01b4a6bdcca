/** `folder`: where the database lives; null for memory. */
export interface WorkerTask {
  readonly folder: string | null;
}

/** `sql: null` closes; `parameters: null` runs several statements at once. */
export interface ToWorker {
  readonly id: number;
  readonly sql: string | null;
  readonly parameters: readonly unknown[] | null;
}

/** The answer of the same id; id 0 tells how the start went, and later that PostgreSQL has crashed. */
export type FromWorker =
  | { readonly id: number; readonly rows: unknown[]; readonly affectedRows?: number; readonly error?: never }
  | { readonly id: number; readonly error: { readonly message: string; readonly code: string } };

export interface Answer {
  readonly rows: unknown[];
  readonly affectedRows?: number;
}
