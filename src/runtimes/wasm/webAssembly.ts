export interface WasmModule {
  readonly ofEngine: "module";
}

interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: Readonly<Record<string, Readonly<Record<string, (...values: number[]) => number | void>>>>,
  ) => WasmInstance;
}

/** The part of the host's `WebAssembly` that tasks need; Node's types do not declare it. */
export const webAssembly = (globalThis as unknown as { WebAssembly: WebAssemblyHost }).WebAssembly;
