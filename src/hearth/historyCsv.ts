import {
  type Instant,
  localIso,
  plus,
  type Quantity,
  quantityUnits,
  Seconds,
  type SeriesId,
} from "../domain/index.ts";
import type { Resolution, Store, StoredSeries } from "../store/index.ts";

export interface CsvQuestion {
  /** Each with its column's head. */
  readonly columns: readonly { readonly id: SeriesId; readonly head: string }[];
  readonly from: Instant;
  readonly to: Instant;
  /** Without it the finest that covers `from`. */
  readonly resolution?: Resolution;
  readonly timezone: string;
}

/** Read at once, so that a table of many years never lies in memory as a whole. */
const window: Readonly<Record<Resolution, Seconds>> = {
  raw: Seconds(3 * 3600),
  "5min": Seconds(5 * 86_400),
  hour: Seconds(60 * 86_400),
};
/** As many decimals as a good instrument of the quantity means, so that sums of many means lose nothing that counts. */
const decimals: Readonly<Record<Quantity, number>> = {
  temperature: 3,
  target: 3,
  foreseen: 3,
  doubted: 3,
  power: 2,
  setpoint: 2,
  planned: 2,
  hashrate: 0,
  price: 6,
  carbon: 2,
  irradiance: 1,
};
const longestMean = Seconds(3600);
const lineEnd = "\r\n";

/**
 * Recorded series as a table (RFC 4180), in pieces: a line for each time at which any of them has a value, ascending;
 * the time as ISO 8601 in the site's zone and as epoch seconds, then a column a series, empty where it has none then.
 */
export async function* historyCsv(
  store: Pick<Store, "history" | "recorded">,
  question: CsvQuestion,
): AsyncGenerator<string> {
  const { columns, from, to, timezone } = question;
  const ids = columns.map(({ id }) => id);
  yield ["time", "epoch", ...columns.map(({ head }) => quoted(head))].join() + lineEnd;

  const begin = await store.history(ids, from, plus(from, Seconds(60)));
  const resolution = question.resolution ?? begin.resolution;
  const known = await knownSpan(store, ids, from, to);
  if (!known) return;
  for (let start = known.from; start < known.to; start = plus(start, window[resolution])) {
    const end = Math.min(known.to, plus(start, window[resolution])) as Instant;
    const piece = linesOf(ids, await store.recorded(ids, start, end, resolution), timezone);
    if (piece !== "") yield piece;
  }
}

/** Where anything is recorded at all, so that a year in which there is a day of it is not read a window at a time. */
async function knownSpan(
  store: Pick<Store, "history">,
  ids: readonly SeriesId[],
  from: Instant,
  to: Instant,
): Promise<{ from: Instant; to: Instant } | undefined> {
  const { series } = await store.history(ids, from, to);
  const times = series.flatMap(({ at }) => [at[0], at.at(-1)]).filter((at) => at !== undefined);
  if (times.length === 0) return undefined;
  const span = (to - from) / 1000;
  const reach = Math.max(longestMean, span / 1000);
  return {
    from: Math.max(from, Math.min(...times) - reach * 1000) as Instant,
    to: Math.min(to, Math.max(...times) + reach * 1000) as Instant,
  };
}

function linesOf(ids: readonly SeriesId[], series: readonly StoredSeries[], timezone: string): string {
  const rows = new Map<Instant, string[]>();
  for (const [column, { at, values }] of series.entries()) {
    const places = decimalsOf(ids[column]);
    for (const [index, time] of at.entries()) {
      const value = values[index] ?? null;
      if (value === null) continue;
      const row = rows.get(time) ?? series.map(() => "");
      row[column] = String(Number(value.toFixed(places)));
      rows.set(time, row);
    }
  }
  return [...rows]
    .sort(([one], [other]) => one - other)
    .map(([time, row]) => [localIso(timezone, time), time / 1000, ...row].join() + lineEnd)
    .join("");
}

const decimalsOf = (id: SeriesId | undefined): number => {
  const quantity = id?.split("/")[2] ?? "";
  return decimals[quantity as Quantity] ?? 6;
};

/** What a spreadsheet would take for a formula is kept from being one. */
function quoted(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** "Living room temperature (°C)"; a series of what the site no longer has goes by its id. */
export function headOf(id: SeriesId, names: ReadonlyMap<string, string>): string {
  const [kind, subject, quantity] = id.split("/");
  const name = names.get(`${kind}/${subject}`);
  const unit = quantityUnits[quantity as keyof typeof quantityUnits];
  return name === undefined ? id : `${name} ${quantity} (${unit})`;
}
