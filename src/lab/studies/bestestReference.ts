import { HearthworkError } from "../../domain/index.ts";

/** What reference programs and the standard's limits say of one figure. */
export interface BestestReference {
  readonly quantity: string;
  readonly unit: string;
  readonly case: string;
  readonly programs: Readonly<Record<string, number>>;
  readonly programsMin: number;
  readonly programsMax: number;
  readonly lowerLimit?: number;
  readonly upperLimit?: number;
}

const leading = ["quantity", "unit", "case"];
const trailing = ["lower_limit", "upper_limit"];

/**
 * Reference results as CSV: `quantity,unit,case,PROGRAM…,lower_limit,upper_limit`; lines that begin with # are skipped.
 * @throws {HearthworkError} `study/reference`, which names the line.
 */
export function parseBestestReference(text: string): readonly BestestReference[] {
  const lines = text
    .slice(0, 1024 * 1024)
    .split(/\r?\n/)
    .map((line, index) => ({ cells: line.split(",").map((cell) => cell.trim()), line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== "" && !line.startsWith("#"));
  const [head, ...rows] = lines;
  const names = head?.cells ?? [];
  const programs = names.slice(leading.length, -trailing.length);
  const fits =
    leading.every((name, index) => names[index] === name) && names.slice(-2).join() === trailing.join();
  if (!fits || programs.length === 0) {
    throw wrong(head?.number ?? 1, `must be ${leading.join()},PROGRAM…,${trailing.join()}`);
  }
  return rows.map(({ cells, number }) => {
    if (cells.length !== names.length) throw wrong(number, `has ${cells.length} cells, not ${names.length}`);
    const values = Object.fromEntries(
      programs.map((name, index) => [name, numberOf(cells[leading.length + index] ?? "", number)]),
    );
    const [lower = "", upper = ""] = cells.slice(-2);
    return {
      quantity: cells[0] ?? "",
      unit: cells[1] ?? "",
      case: cells[2] ?? "",
      programs: values,
      programsMin: Math.min(...Object.values(values)),
      programsMax: Math.max(...Object.values(values)),
      ...(lower === "" || upper === ""
        ? {}
        : { lowerLimit: numberOf(lower, number), upperLimit: numberOf(upper, number) }),
    };
  });
}

function numberOf(cell: string, line: number): number {
  const value = cell === "" ? Number.NaN : Number(cell);
  if (Number.isFinite(value)) return value;
  throw wrong(line, `"${cell.slice(0, 20)}" is no number`);
}

const wrong = (line: number, why: string) =>
  new HearthworkError({
    code: "study/reference",
    message: `the reference file, line ${line}: ${why}`,
    data: { line },
  });
