/** One figure of a benchmark, with what it has to reach and what it is hoped to. */
export interface Figure {
  /** The key in the JSON, as the orders name it. */
  readonly name: string;
  readonly unit: string;
  readonly better: "higher" | "lower";
  readonly must?: number;
  readonly goal?: number;
}

/** A benchmark of our own speed. `F` names its figures. */
export interface Benchmark<F extends string = string> {
  /** What is measured, in one line. */
  readonly title: string;
  readonly figures: readonly (Figure & { readonly name: F })[];
  /** Measures every figure. */
  measure(): Promise<Readonly<Record<F, number>>>;
}
