export interface ToChild {
  readonly module: { readonly digest: string; readonly bytes: Uint8Array };
  readonly input: Uint8Array;
  readonly maxOutputBytes: number;
}

export type FromChild =
  | { readonly type: "ready" }
  | { readonly type: "progress"; readonly done: number }
  | {
      readonly type: "output";
      readonly output: Uint8Array;
      readonly seconds: number;
      readonly cpuSeconds: number;
    }
  | { readonly type: "trap"; readonly message: string };
