import { isAbsolute } from "node:path";
import { z } from "zod";
import { Instant, localDay, localInstant, offsetAt, type Timeline, timelineOf } from "../../domain/index.ts";
import { garbage, instantOf, plain } from "./answers.ts";
import { stepOf, untilNext } from "./spansTo.ts";

export const csvFile = z
  .string()
  .max(1000)
  .refine((path) => isAbsolute(path), "write its whole path, like /var/lib/hearthwork/prices.csv")
  .describe("The whole path of the file; it is read again every quarter-hour");

const mostRows = 50_000;
const dayMs = 86_400_000;

/**
 * A table of values over time: a head with the columns `from`, perhaps `until`, and `column`; separated by commas or
 * semicolons. A time is ISO 8601 with an offset, or local time without one; in the hour that the clocks show twice, the
 * rows' order tells which is meant. Without `until` a value holds until the next row.
 * @throws {HearthworkError} `feed/garbage`, which names the line.
 */
export function readCsvTable(text: string, column: string, timezone: string): Timeline<number> {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  while (lines.at(-1)?.trim() === "") lines.pop();
  if (lines.length > mostRows) throw garbage(`it has more than ${mostRows} lines`);
  const separator = lines[0]?.includes(";") ? ";" : ",";
  const cellsOf = (line: string) =>
    line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  const head = cellsOf(lines[0] ?? "");
  const [fromAt, untilAt, valueAt] = ["from", "until", column].map((name) => head.indexOf(name)) as [
    number,
    number,
    number,
  ];
  if (fromAt < 0 || valueAt < 0) throw garbage(`line 1 has no columns "from" and "${column}"`);
  let before: Instant | undefined;
  const rows = lines.slice(1).map((line, index) => {
    const cells = cellsOf(line);
    const at = index + 2;
    const value = cells[valueAt] === "" ? Number.NaN : Number(cells[valueAt]);
    if (!Number.isFinite(value)) throw garbage(`line ${at}: "${plain(cells[valueAt] ?? "")}" is no number`);
    const from = timeOf(cells[fromAt] ?? "", timezone, before, at);
    const until = untilAt < 0 ? undefined : timeOf(cells[untilAt] ?? "", timezone, from, at);
    before = from;
    return { from, until, value };
  });
  if (untilAt >= 0) return timelineOf(rows.map((row) => ({ ...row, until: row.until ?? row.from })));
  const step = stepOf(
    rows.map(({ from }) => from),
    dayMs,
  );
  return untilNext(rows, Math.max(step, dayMs)).map((span, index, all) =>
    index < all.length - 1 ? span : { ...span, until: Instant(span.from + step) },
  );
}

const localTime = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?$/;

function timeOf(text: string, timezone: string, before: Instant | undefined, line: number): Instant {
  const match = localTime.exec(text);
  if (!match) {
    try {
      return instantOf(text.replace(" ", "T"));
    } catch {
      throw garbage(`line ${line}: "${plain(text)}" is no time`);
    }
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  const midnight = Date.UTC(year, month - 1, day);
  if (new Date(midnight).getUTCDate() !== day || hour > 24 || minute > 59)
    throw garbage(`line ${line}: "${plain(text)}" is no time`);
  const first = localInstant(timezone, midnight / dayMs, hour * 60 + minute);
  if (before === undefined || first > before) return first;
  const gained = offsetAt(timezone, first) - offsetAt(timezone, Instant(first + 3 * 3_600_000));
  const second = Instant(first + Math.max(0, gained));
  const isShownTwice =
    gained > 0 &&
    localDay(timezone, second) === midnight / dayMs &&
    offsetAt(timezone, second) < offsetAt(timezone, first);
  return isShownTwice ? second : first;
}
