interface Instance {
  readonly exports: Readonly<Record<string, unknown>>;
}

interface WebAssemblyHost {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => Instance;
}

/** The part of the host's `WebAssembly` that the kernel uses; Node's types do not declare it. */
export const webAssembly = (): WebAssemblyHost =>
  (globalThis as unknown as { WebAssembly: WebAssemblyHost }).WebAssembly;
