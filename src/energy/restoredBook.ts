import { z } from "zod";
import { currencies, Instant, Joules, Micros } from "../domain/index.ts";
import { type EnergyBook, newBook } from "./book.ts";
import { type CostTally, newTally, tally } from "./costTally.ts";

const number = z.number();
const instant = number.transform(Instant).nullable();
const provenance = z.enum(["metered", "reported", "estimated"]);

const price = z.string().regex(/^-?\d{1,18}$/);
/** Tallies once held a row for each price; the rows are settled in turn. */
const rowsSchema = z
  .array(z.object({ pricePerKwh: price, joules: number }))
  .transform((rows) =>
    rows.reduce<CostTally>(
      (sum, row) => tally(sum, Micros(BigInt(row.pricePerKwh)), Joules(row.joules)),
      newTally,
    ),
  );
const tallySchema = z.object({
  settled: z.string().regex(/^-?\d{1,60}$/),
  pricePerKwh: price,
  joules: number,
});

const counterSchema = z.object({
  joules: number,
  heatJoules: number,
  solarJoules: number.default(0),
  meteredSeconds: number,
  unmeteredSeconds: number,
  provenance: provenance.nullable(),
  cost: z.union([tallySchema, rowsSchema]),
  forgone: tallySchema.default(newTally),
});
const meterSchema = z.object({
  last: z.object({ at: number.transform(Instant), watts: number, provenance }).nullable(),
  since: number,
  isGap: z.boolean(),
  rejected: number,
});
const bookSchema = z.object({
  version: z.literal(1),
  at: instant,
  dayStart: instant,
  currency: z.enum(currencies).nullable().default(null),
  surplus: z
    .object({ watts: z.array(number), age: number })
    .nullable()
    .default(null),
  heaters: z.record(z.string(), z.object({ meter: meterSchema, ever: counterSchema, today: counterSchema })),
}) satisfies z.ZodType<EnergyBook>;

/** The book to go on with after a restart; one that is not understood is begun anew. */
export function restoredBook(kept: unknown): EnergyBook {
  return bookSchema.safeParse(kept).data ?? newBook;
}
