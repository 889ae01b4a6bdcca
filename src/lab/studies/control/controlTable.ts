import type { ControlFigures, ControlReport, ControlRun } from "./controlReport.ts";

interface Row {
  readonly run: ControlRun;
  readonly who: "plain" | "planner";
  readonly figures: ControlFigures;
}

const columns: readonly { readonly head: string; readonly cell: (row: Row) => string }[] = [
  { head: "prices", cell: ({ run }) => run.prices },
  { head: "seed", cell: ({ run }) => String(run.seed) },
  { head: "control", cell: ({ who }) => who },
  { head: "net cost", cell: ({ figures }) => Number(figures.netCost).toFixed(2) },
  { head: "saved", cell: ({ run, who }) => (who === "planner" ? percent(run.savedShare) : "") },
  { head: "cold K·h", cell: ({ figures }) => figures.coldKh.toFixed(1) },
  { head: "hot", cell: ({ figures }) => figures.hotKh.toFixed(1) },
  { head: "water", cell: ({ figures }) => figures.coldWaterKh.toFixed(1) },
  { head: "starts", cell: ({ figures }) => String(figures.starts) },
  { head: "kWh by device", cell: ({ figures }) => kwhWords(figures) },
  { head: "plans", cell: ({ figures }) => String(figures.plansMade) },
  { head: "proven", cell: ({ figures }) => String(figures.plansProven) },
  { head: "rules", cell: ({ figures }) => String(figures.plansByRules) },
  { head: "h planned", cell: ({ figures }) => figures.hoursPlanned.toFixed(0) },
  { head: "overruled", cell: ({ figures }) => figures.hoursOverruled.toFixed(1) },
  { head: "plain", cell: ({ figures }) => figures.hoursPlain.toFixed(0) },
];

/** The study for people: two rows for each run, then means and verdict. */
export function controlTable(report: ControlReport): string {
  const rows = report.runs.flatMap((run): Row[] => [
    { run, who: "plain", figures: run.plain },
    { run, who: "planner", figures: run.planner },
  ]);
  const cells = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ cell }) => cell(row)))];
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const isLeft = (column: number) => column === 0 || column === 2 || column === 9;
  const lines = cells.map((row) =>
    row
      .map((cell, column) =>
        isLeft(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  const means = report.means.map(
    (mean) =>
      `mean of ${mean.prices}: net cost ${mean.plainNetCost.toFixed(2)} plain, ${mean.plannerNetCost.toFixed(2)} planned: ${percent(mean.savedShare)} saved (worst ${percent(mean.worstSavedShare)}); discomfort ${mean.plainDiscomfortKh.toFixed(1)} and ${mean.plannerDiscomfortKh.toFixed(1)} K·h`,
  );
  return [
    `${report.weather}: ${report.days} days, in ${report.currency}`,
    ...lines,
    ...means,
    report.verdict,
  ].join("\n");
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const kwhWords = ({ energyKwh }: ControlFigures) =>
  Object.entries(energyKwh)
    .map(([id, kwh]) => `${id} ${kwh.toFixed(0)}`)
    .join(", ");
