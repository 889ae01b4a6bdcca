import { alignedRows } from "../alignedRows.ts";
import type { NetworkHomeReport, NetworkReport } from "./studyNetwork.ts";

type Column = readonly [head: string, cell: (home: NetworkHomeReport) => string];

/** The study for people. */
export function networkTable(report: NetworkReport): string {
  const { job, homes, datacenter, currency, speed, seconds } = report;
  const columns: readonly Column[] = [
    ["home", ({ name }) => name],
    ["outdoor", ({ outdoorC }) => `${outdoorC} °C`],
    ["a kWh", ({ perKwh }) => perKwh.toFixed(2)],
    ["heat wanted", ({ heatWantedKwh }) => `${heatWantedKwh.toFixed(2)} kWh`],
    ["asks", ({ cheapest, dearest }) => asks(cheapest, dearest)],
    ["tasks", ({ tasks }) => String(tasks)],
    ["energy", ({ taskKwh }) => `${taskKwh.toFixed(2)} kWh`],
    ["earned", ({ earned }) => earned.toFixed(6)],
    ["room", ({ temperatureC }) => `${temperatureC.toFixed(1)} °C`],
  ];
  const rows = homes.map((home) => columns.map(([, cell]) => cell(home)));
  const centre = ["data centre", "", "", "", datacenter.perClassHour, String(datacenter.tasks), "", datacenter.earned.toFixed(6), ""]; // prettier-ignore
  const { receipts, checks } = job;
  return [
    `${job.tasks} tasks in ${Math.round(seconds)} s, ${(job.tasks / seconds).toFixed(1)} a second; the homes' time ran ${speed} times as fast. Money is in ${currency}, asks are for an hour of a core.`,
    "",
    ...alignedRows([columns.map(([head]) => head), ...rows, centre]),
    "",
    `Who computed follows who wanted heat with a correlation of ${report.correlation?.toFixed(2) ?? "none: it was the same everywhere"}.`,
    `${job.results} of ${job.tasks} results are there and are what their digests say, ${checks} were done twice to check them; ${receipts.sound} of ${receipts.count} receipts verify offline, ${receipts.metered} are metered, ${receipts.flagged} flagged; the job cost ${job.cost} and all accounts sum to ${job.ledgerSum}.`,
  ].join("\n");
}

const asks = (cheapest: number | null, dearest: number | null) =>
  cheapest === null || dearest === null ? "nothing" : `${cheapest.toFixed(3)} … ${dearest.toFixed(3)}`;
