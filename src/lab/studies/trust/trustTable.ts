import type { TrustPoint, TrustReport, TrustRow } from "./studyTrust.ts";

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => string;
}

export const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`;

export const rowColumns: readonly Column<TrustRow>[] = [
  { head: "among the honest", cell: ({ among }) => among },
  { head: "share", cell: ({ share }) => percent(share, 0) },
  { head: "wrong, standing", cell: ({ badShare }) => percent(badShare, 3) },
  { head: "overhead", cell: ({ overhead }) => percent(overhead) },
  { head: "leases: checks", cell: ({ leases }) => percent(leases.checks) },
  { head: "again", cell: ({ leases }) => percent(leases.again) },
  { head: "known", cell: ({ leases }) => percent(leases.canaries) },
  { head: "bans", cell: ({ banned }) => banned.toFixed(0) },
  { head: "of honest", cell: ({ honestBanned }) => honestBanned.toFixed(0) },
  { head: "exchange pays", cell: ({ exchangePays }) => percent(exchangePays) },
  { head: "his gain", cell: ({ gain }) => gain.toFixed(3) },
  { head: "honest gain", cell: ({ honestGain }) => honestGain.toFixed(3) },
];

export const pointColumns: readonly Column<TrustPoint>[] = [
  { head: "after a catch", cell: ({ doesAgain }) => (doesAgain ? "done again" : "nothing") },
  { head: "floor", cell: ({ floor }) => percent(floor, 0) },
  { head: "wrong, standing", cell: ({ badShare }) => percent(badShare, 3) },
  { head: "among", cell: ({ badAmong }) => badAmong },
  { head: "overhead", cell: ({ overhead }) => percent(overhead) },
  { head: "among", cell: ({ overheadAmong }) => overheadAmong },
  { head: "all honest", cell: ({ honestOverhead }) => percent(honestOverhead) },
];

/** What the study is of. */
export const trustHead = ({ providers, tasksEach, repeats, badShare, rules }: TrustReport) =>
  `${providers} providers, means of ${repeats}; ${tasksEach} tasks each within an audit window, ${percent(badShare, 0)} of them not honest and back under a new key at once. Probation ${rules.probation}, floor ${percent(rules.floor, 0)}, banned after ${rules.strikes}, ${rules.recheckTasks} done again after a catch, known results for ${percent(rules.canaryLeast)} to ${percent(rules.canaryMost)} of tasks, ${percent(rules.heldShare, 0)} held back.`;

/** What a cheat can expect, in words. */
export const trustBalance = ({ cheat }: TrustReport) =>
  `Computing costs ${cheat.cost} of the price. Who is believed and makes up a result is checked with ${percent(cheat.caughtChance, 0)}: one alone gains him ${cheat.gainOfOne.toFixed(2)} of a price. Who goes on is checked after ${cheat.liesToCatch.toFixed(0)} of them, which saved him ${cheat.savedUntilBan.toFixed(0)} prices; then all within the window are found, he is banned, and loses ${cheat.lossAtBan.toFixed(0)}.`;

/** What the columns of a table mean. */
export const trustLegend =
  "Overhead is what was truly computed beside each task once; leases are counted whether their results were made up or not, all as shares of the tasks. What the exchange pays is for doing again and known results, beyond what the caught lose. Gains are in prices for each task that was offered: pay that is kept, less the cost of what was computed.";

/** The study for people. */
export function trustTable(report: TrustReport): string {
  return [
    trustHead(report),
    "",
    "By the exchange's rules:",
    ...table(rowColumns, report.now),
    trustLegend,
    "",
    "The worst of the strategic cheats, by the floor and by whether a catch has results done again:",
    ...table(pointColumns, report.curve),
    "",
    "Those who agree on their lies, the more they are:",
    ...table(rowColumns, report.collusion),
    "",
    trustBalance(report),
  ].join("\n");
}

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const cells = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ cell }) => cell(row)))];
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}
