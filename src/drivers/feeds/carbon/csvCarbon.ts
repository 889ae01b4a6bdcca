import { z } from "zod";
import { Seconds } from "../../../domain/index.ts";
import { gramsOf } from "../answers.ts";
import { csvFile, readCsvTable } from "../csvTable.ts";
import type { FeedDefinition } from "../definition.ts";

const config = z.strictObject({
  file: csvFile,
  column: z
    .string()
    .min(1)
    .max(60)
    .default("gramsPerKwh")
    .describe("The column that holds grams of CO₂ per kWh"),
});

/** Carbon intensity from a file that somebody else writes. */
export const csvCarbon: FeedDefinition<number, z.output<typeof config>> = {
  name: "csv",
  summary: "A table of carbon intensity in a file",
  config,
  every: Seconds(900),
  question: ({ file }) => ({ kind: "file", path: file }),
  read: (text, { column }, { timezone }) =>
    readCsvTable(text, column, timezone).map((span) => ({ ...span, value: gramsOf(span.value) })),
};
