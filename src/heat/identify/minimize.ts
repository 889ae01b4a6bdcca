/** A place where a function is least, as far as it was found. */
export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
  readonly isSettled: boolean;
}

type Scalar = (at: readonly number[]) => number;

const difference = 1e-4;

/** Descends by the BFGS method (Nocedal & Wright, Numerical Optimization, 2006, chapter 6) with central differences. */
export function minimize(f: Scalar, start: readonly number[], mostSteps = 80): Minimum {
  const count = start.length;
  let at = [...start];
  let value = f(at);
  let slope = slopeOf(f, at);
  let inverse = unit(count);
  for (let step = 0; step < mostSteps; step++) {
    if (Math.max(...slope.map(Math.abs)) < 1e-3) return { at, value, isSettled: true };
    let direction = inverse.map((row) => -dot(row, slope));
    if (dot(direction, slope) >= 0) {
      inverse = unit(count);
      direction = slope.map((part) => -part);
    }
    const longest = Math.max(...direction.map(Math.abs));
    let share = longest > 1 ? 1 / longest : 1;
    let next = at;
    let nextValue = Number.NaN;
    const descent = dot(direction, slope);
    for (let halving = 0; halving < 30; halving++) {
      next = at.map((part, index) => part + share * (direction[index] ?? 0));
      nextValue = f(next);
      if (nextValue <= value + 1e-4 * share * descent) break;
      share /= 2;
    }
    if (!(nextValue <= value)) return { at, value, isSettled: true };
    const nextSlope = slopeOf(f, next);
    const moved = next.map((part, index) => part - (at[index] ?? 0));
    const bent = nextSlope.map((part, index) => part - (slope[index] ?? 0));
    inverse = updated(inverse, moved, bent);
    const gained = value - nextValue;
    [at, value, slope] = [next, nextValue, nextSlope];
    if (gained < 1e-6) return { at, value, isSettled: true };
  }
  return { at, value, isSettled: false };
}

/**
 * Second derivatives by central differences, each over a step that suits how sharply the function bends there: wide
 * enough for its digits, and narrow enough that nothing but the bend counts.
 */
export function hessian(f: Scalar, at: readonly number[]): readonly (readonly number[])[] {
  const middle = f(at);
  const shifted = (...shifts: readonly (readonly [number, number])[]) =>
    f(
      at.map(
        (part, index) => part + shifts.reduce((sum, [which, size]) => sum + (which === index ? size : 0), 0),
      ),
    );
  const bend = (index: number, by: number) =>
    (shifted([index, by]) - 2 * middle + shifted([index, -by])) / by ** 2;
  const steps = at.map((_, index) => {
    const rough = bend(index, 1e-3);
    return Math.min(0.1, Math.max(1e-4, 0.3 / Math.sqrt(Math.max(1e-6, rough))));
  });
  const rows = at.map((_, row) =>
    at.map((__, column) => {
      const [by, beside] = [steps[row] ?? 1, steps[column] ?? 1];
      if (column > row) return 0;
      if (column === row) return bend(row, by);
      const corners =
        shifted([row, by], [column, beside]) -
        shifted([row, by], [column, -beside]) -
        shifted([row, -by], [column, beside]) +
        shifted([row, -by], [column, -beside]);
      return corners / (4 * by * beside);
    }),
  );
  return rows.map((row, index) =>
    row.map((part, column) => (column > index ? (rows[column]?.[index] ?? 0) : part)),
  );
}

/** The inverse of a symmetric positive definite matrix, by Cholesky; undefined where it is none. */
export function inverseOf(
  matrix: readonly (readonly number[])[],
): readonly (readonly number[])[] | undefined {
  const count = matrix.length;
  const lower = matrix.map(() => new Float64Array(count));
  for (let row = 0; row < count; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row]?.[column] ?? 0;
      for (let k = 0; k < column; k++) sum -= (lower[row]?.[k] ?? 0) * (lower[column]?.[k] ?? 0);
      if (row === column && !(sum > 0)) return undefined;
      const target = lower[row];
      if (target) target[column] = row === column ? Math.sqrt(sum) : sum / (lower[column]?.[column] ?? 1);
    }
  }
  const columns = matrix.map((_, unitAt) => {
    const forward = new Float64Array(count);
    for (let row = 0; row < count; row++) {
      let sum = row === unitAt ? 1 : 0;
      for (let k = 0; k < row; k++) sum -= (lower[row]?.[k] ?? 0) * (forward[k] ?? 0);
      forward[row] = sum / (lower[row]?.[row] ?? 1);
    }
    const back = new Float64Array(count);
    for (let row = count - 1; row >= 0; row--) {
      let sum = forward[row] ?? 0;
      for (let k = row + 1; k < count; k++) sum -= (lower[k]?.[row] ?? 0) * (back[k] ?? 0);
      back[row] = sum / (lower[row]?.[row] ?? 1);
    }
    return [...back];
  });
  return columns;
}

/** The slope of a function, by central differences. */
export const slopeOf = (f: Scalar, at: readonly number[]): number[] =>
  at.map((_, index) => {
    const near = (by: number) => f(at.map((part, which) => (which === index ? part + by : part)));
    return (near(difference) - near(-difference)) / (2 * difference);
  });

const unit = (count: number): number[][] =>
  Array.from({ length: count }, (_, row) =>
    Array.from({ length: count }, (__, column) => (row === column ? 1 : 0)),
  );

export const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, part, index) => sum + part * (other[index] ?? 0), 0);

function updated(inverse: number[][], moved: readonly number[], bent: readonly number[]): number[][] {
  const along = dot(moved, bent);
  if (along < 1e-10) return inverse;
  const carried = inverse.map((row) => dot(row, bent));
  const factor = (1 + dot(bent, carried) / along) / along;
  return inverse.map((row, i) =>
    row.map((part, j) => {
      const [mi, mj] = [moved[i] ?? 0, moved[j] ?? 0];
      return part + factor * mi * mj - ((carried[i] ?? 0) * mj + mi * (carried[j] ?? 0)) / along;
    }),
  );
}
