/**
 * A mixed-integer linear programme: minimise cost · x with lower ≤ x ≤ upper and, by row, lower ≤ A · x ≤ upper. Rows are
 * stored one after the other; infinities are real ones. Plain data: it is sent to a solver as it stands.
 */
export interface Program {
  readonly cost: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly isInteger: readonly boolean[];
  readonly rowLower: readonly number[];
  readonly rowUpper: readonly number[];
  /** Where each row begins in `columns` and `values`; one more than there are rows. */
  readonly rowStart: readonly number[];
  readonly columns: readonly number[];
  readonly values: readonly number[];
}

/** What a solver found. */
export interface ProgramSolution {
  /** By column; undefined when nothing feasible was found in time. */
  readonly values: readonly number[] | undefined;
  /** Whether it stopped since it was as near to the best as was asked, or for lack of time. */
  readonly end: "solved" | "time" | "infeasible";
  /** No solution is cheaper than that. */
  readonly bound: number;
  readonly seconds: number;
}

export interface ProgramLimits {
  /** How much dearer than the best it may be, in units of the objective. */
  readonly gap: number;
  readonly seconds: number;
  /** A solution as cheap as that is good enough. */
  readonly target?: number;
  /** Leaves integers out: the relaxation. */
  readonly relaxed?: boolean;
  /** A solution to begin with, by column. */
  readonly start?: readonly number[] | undefined;
}

export type SolveProgram = (program: Program, limits: ProgramLimits) => Promise<ProgramSolution>;

/** A column of a programme under construction. */
export type Column = number;
export type Term = readonly [coefficient: number, column: Column];

export interface ColumnBounds {
  readonly lower?: number;
  readonly upper?: number;
  readonly cost?: number;
  readonly isInteger?: boolean;
}

/** Builds a programme column by column and row by row. */
export class ProgramBuilder {
  readonly #cost: number[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  readonly #isInteger: boolean[] = [];
  readonly #rowLower: number[] = [];
  readonly #rowUpper: number[] = [];
  readonly #rowStart: number[] = [0];
  readonly #columns: number[] = [];
  readonly #values: number[] = [];

  column({ lower = 0, upper = Infinity, cost = 0, isInteger = false }: ColumnBounds = {}): Column {
    this.#cost.push(cost);
    this.#lower.push(lower);
    this.#upper.push(upper);
    this.#isInteger.push(isInteger);
    return this.#cost.length - 1;
  }

  addCost(column: Column, cost: number): void {
    this.#cost[column] = (this.#cost[column] ?? 0) + cost;
  }

  /** lower ≤ the sum of the terms ≤ upper. */
  row(terms: readonly Term[], lower: number, upper: number): void {
    for (const [coefficient, column] of terms) {
      if (coefficient === 0) continue;
      this.#columns.push(column);
      this.#values.push(coefficient);
    }
    this.#rowStart.push(this.#columns.length);
    this.#rowLower.push(lower);
    this.#rowUpper.push(upper);
  }

  build(): Program {
    return {
      cost: this.#cost,
      lower: this.#lower,
      upper: this.#upper,
      isInteger: this.#isInteger,
      rowLower: this.#rowLower,
      rowUpper: this.#rowUpper,
      rowStart: this.#rowStart,
      columns: this.#columns,
      values: this.#values,
    };
  }
}
