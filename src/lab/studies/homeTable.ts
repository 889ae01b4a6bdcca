import type { HomeReport } from "../../energy/index.ts";

type System = HomeReport["systems"][number];
type Row = System | NonNullable<System["planned"]>;

interface Column {
  readonly head: string;
  readonly cell: (row: Row) => string;
  /** Of what a column is shown; left out: of everything. */
  readonly only?: "planned" | "pool";
}

const columns: readonly Column[] = [
  { head: "system", cell: (row) => ("plans" in row ? "  planned" : row.system) },
  { head: "electr. kWh", cell: ({ energyKwh }) => whole(energyKwh.electricity) },
  { head: "fuel kWh", cell: ({ energyKwh }) => whole(energyKwh.fuel) },
  { head: "cost", cell: ({ money }) => whole(Number(money.cost)) },
  { head: "revenue", cell: ({ money }) => whole(Number(money.revenue)) },
  { head: "net", cell: ({ money }) => whole(Number(money.netCost)) },
  { head: "simple", cell: (row) => ("simple" in row && row.simple ? whole(Number(row.simple.netCost)) : "") },
  {
    head: "saved",
    cell: (row) => ("plans" in row ? whole(Number(row.saved)) : ""),
    only: "planned",
  },
  { head: "+devices", cell: ({ money }) => whole(Number(money.depreciation)) },
  { head: "cold K·h", cell: ({ comfort }) => whole(comfort.coldKh) },
  { head: "hot K·h", cell: ({ comfort }) => whole(comfort.hotKh) },
  { head: "cold pool", cell: ({ comfort }) => whole(comfort.poolColdKh), only: "pool" },
  { head: "missed 60 °C", cell: ({ comfort }) => whole(comfort.missedDisinfections) },
  { head: "used kg", cell: ({ carbonKg }) => whole(carbonKg.used) },
  { head: "displaced", cell: ({ carbonKg }) => whole(carbonKg.displaced) },
  { head: "changed", cell: ({ carbonKg }) => whole(carbonKg.consequential) },
  { head: "levels", cell: levelWords },
  {
    head: "days on rules",
    cell: (row) => ("plans" in row ? whole(row.plans.daysOnRules) : ""),
    only: "planned",
  },
];

/** The study for people: a row for each way to heat, one with its days planned where they were, then the verdict. */
export function homeTable(report: HomeReport): string {
  const hasPool = report.systems.some(({ heatKwh }) => heatKwh.pool > 0);
  const has = { planned: report.planning !== null, pool: hasPool };
  const shown = columns.filter(({ only }) => only === undefined || has[only]);
  const rows = [
    shown.map(({ head }) => head),
    ...report.systems
      .flatMap((one): readonly Row[] => (one.planned ? [one, one.planned] : [one]))
      .map((row) => shown.map(({ cell }) => cell(row))),
  ];
  const widths = shown.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || shown[column]?.head === "levels"
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return [
    `${report.home}, ${report.weather}: a year, in ${report.currency}; heat is worth what ${report.heatInstead} would take for it`,
    ...lines,
    "simple: the net cost on a thermostat that does not heat ahead. Levels: 1 energy cost truly zero, 2 zero after heat credit, 3 better than a heat pump. Carbon in three ledgers, never netted.",
    report.verdict,
    ...(report.planning === null ? [] : [report.planning]),
  ].join("\n");
}

function levelWords({ levels }: Row): string {
  if (!levels) return "";
  const held = [levels.energyIsFree && "1", levels.freeAfterHeat && "2", levels.beatsHeatPump && "3"];
  return held.filter((level) => level !== false).join(" ") || "none";
}

const whole = (value: number) => String(Math.round(value) + 0);
