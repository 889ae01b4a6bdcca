/** Rows in portions that fit into one statement, which takes at most 65,535 parameters. */
export function* batches<Row>(rows: readonly Row[], size = 250): Generator<Row[]> {
  for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size);
}
