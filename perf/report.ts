import type { Benchmark, Figure } from "./benchmark.ts";

/** What a figure says about its must and its goal. */
export type Verdict = "goal" | "must" | "missed" | "";

export function verdictOn({ better, must, goal }: Figure, value: number): Verdict {
  const reaches = (bound: number) => (better === "higher" ? value >= bound : value <= bound);
  if (must !== undefined && !reaches(must)) return "missed";
  if (goal !== undefined && reaches(goal)) return "goal";
  return must === undefined ? "" : "must";
}

/** A benchmark's figures as a table for a terminal. */
export function renderTable({ title, figures }: Benchmark, values: Readonly<Record<string, number>>): string {
  const bound = ({ better }: Figure, value: number | undefined) =>
    value === undefined ? "" : `${better === "higher" ? "≥" : "≤"} ${value.toLocaleString("en")}`;
  const rows = figures.map((figure) => {
    const value = values[figure.name] ?? Number.NaN;
    return [
      figure.name,
      value.toLocaleString("en", { maximumSignificantDigits: Math.abs(value) < 1000 ? 3 : 6 }),
      figure.unit,
      bound(figure, figure.must),
      bound(figure, figure.goal),
      verdictOn(figure, value),
    ];
  });
  return `${title}\n\n${align([["name", "value", "unit", "must", "goal", "verdict"], ...rows])}\n`;
}

/** Columns as wide as their widest cell; the second, of numbers, to the right. */
function align(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}
