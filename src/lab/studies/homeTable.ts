import type { HomeReport } from "../../energy/index.ts";

type System = HomeReport["systems"][number];

const columns: readonly { readonly head: string; readonly cell: (system: System) => string }[] = [
  { head: "system", cell: ({ system }) => system },
  { head: "electr. kWh", cell: ({ energyKwh }) => whole(energyKwh.electricity) },
  { head: "fuel kWh", cell: ({ energyKwh }) => whole(energyKwh.fuel) },
  { head: "cost", cell: ({ money }) => whole(Number(money.cost)) },
  { head: "revenue", cell: ({ money }) => whole(Number(money.revenue)) },
  { head: "net", cell: ({ money }) => whole(Number(money.netCost)) },
  { head: "+devices", cell: ({ money }) => whole(Number(money.depreciation)) },
  { head: "cold K·h", cell: ({ comfort }) => whole(comfort.coldKh) },
  { head: "hot K·h", cell: ({ comfort }) => whole(comfort.hotKh) },
  { head: "used kg", cell: ({ carbonKg }) => whole(carbonKg.used) },
  { head: "displaced", cell: ({ carbonKg }) => whole(carbonKg.displaced) },
  { head: "changed", cell: ({ carbonKg }) => whole(carbonKg.consequential) },
  { head: "levels", cell: levelWords },
];

/** The study for people: a row for each way to heat, then the verdict. */
export function homeTable(report: HomeReport): string {
  const rows = [
    columns.map(({ head }) => head),
    ...report.systems.map((one) => columns.map(({ cell }) => cell(one))),
  ];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === columns.length - 1
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return [
    `${report.home}, ${report.weather}: a year, in ${report.currency}; heat is worth what ${report.heatInstead} would take for it`,
    ...lines,
    "Levels: 1 energy cost truly zero, 2 zero after heat credit, 3 better than a heat pump. Carbon in three ledgers, never netted.",
    report.verdict,
  ].join("\n");
}

function levelWords({ levels }: System): string {
  if (!levels) return "";
  const held = [levels.energyIsFree && "1", levels.freeAfterHeat && "2", levels.beatsHeatPump && "3"];
  return held.filter((level) => level !== false).join(" ") || "none";
}

const whole = (value: number) => String(Math.round(value) + 0);
