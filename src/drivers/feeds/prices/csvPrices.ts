import { z } from "zod";
import { type Micros, Seconds } from "../../../domain/index.ts";
import { priceOf } from "../answers.ts";
import { csvFile, readCsvTable } from "../csvTable.ts";
import type { FeedDefinition } from "../definition.ts";

const config = z.strictObject({
  file: csvFile,
  column: z.string().min(1).max(60).default("perKwh").describe("The column that holds the price of a kWh"),
});

/** Prices from a file that somebody else writes. */
export const csvPrices: FeedDefinition<Micros, z.output<typeof config>> = {
  name: "csv",
  summary: "A table of prices in a file",
  config,
  every: Seconds(900),
  question: ({ file }) => ({ kind: "file", path: file }),
  read: (text, { column }, { timezone }) =>
    readCsvTable(text, column, timezone).map((span) => ({ ...span, value: priceOf(span.value, 1_000_000) })),
};
