import { alignedRows } from "../alignedRows.ts";
import type { TrustReport, TrustRow } from "./studyTrust.ts";

const columns: readonly { readonly head: string; readonly cell: (row: TrustRow) => string }[] = [
  { head: "among the honest", cell: ({ among }) => among },
  { head: "floor", cell: ({ floor }) => percent(floor) },
  {
    head: "done again",
    cell: ({ recheckTasks }) => (recheckTasks === 0 ? "nothing" : `last ${recheckTasks}`),
  },
  { head: "wrong and standing", cell: ({ badShare }) => percent(badShare, 3) },
  { head: "overhead", cell: ({ overhead }) => percent(overhead) },
  { head: "banned", cell: ({ banned }) => String(banned) },
];

/** The study for people. */
export function trustTable(report: TrustReport): string {
  const { providers, tasksEach, badShare, rules, cheat } = report;
  return [
    `${providers} providers, ${tasksEach} tasks each, ${percent(badShare, 0)} of them not honest; probation ${rules.probation}, banned after ${rules.strikes}`,
    "",
    "As the exchange does it:",
    ...table(report.now),
    "",
    "Against strategic cheats, by the floor and by whether a catch has the cheat's last results done again:",
    ...table(report.curve),
    "",
    `Who makes up a result is caught at once with ${percent(cheat.caughtChance, 0)}; it does not pay where more than ${cheat.breakEvenHeld.toFixed(1)} results' pay is held back.`,
  ].join("\n");
}

const table = (rows: readonly TrustRow[]): string[] =>
  alignedRows([columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ cell }) => cell(row)))]);

const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`;
