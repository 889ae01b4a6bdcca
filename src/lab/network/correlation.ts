/** Pearson's coefficient of two rows of figures, −1 … 1; undefined where one of them never changes, or is empty. */
export function correlation(xs: readonly number[], ys: readonly number[]): number | undefined {
  const [meanX, meanY] = [mean(xs), mean(ys)];
  let [both, ownX, ownY] = [0, 0, 0];
  for (const [index, x] of xs.entries()) {
    const [dx, dy] = [x - meanX, (ys[index] ?? meanY) - meanY];
    both += dx * dy;
    ownX += dx * dx;
    ownY += dy * dy;
  }
  return ownX > 0 && ownY > 0 ? both / Math.sqrt(ownX * ownY) : undefined;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
