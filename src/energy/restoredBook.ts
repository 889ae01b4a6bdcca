import { z } from "zod";
import { Instant } from "../domain/index.ts";
import { type EnergyBook, newBook } from "./book.ts";

const number = z.number();
const instant = number.transform(Instant).nullable();
const provenance = z.enum(["metered", "reported", "estimated"]);

const counterSchema = z.object({
  joules: number,
  heatJoules: number,
  meteredSeconds: number,
  unmeteredSeconds: number,
  provenance: provenance.nullable(),
  cost: z.array(z.object({ pricePerKwh: z.string().regex(/^-?\d{1,18}$/), joules: number })),
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
  heaters: z.record(z.string(), z.object({ meter: meterSchema, ever: counterSchema, today: counterSchema })),
}) satisfies z.ZodType<EnergyBook>;

/** The book to go on with after a restart; one that is not understood is begun anew. */
export function restoredBook(kept: unknown): EnergyBook {
  return bookSchema.safeParse(kept).data ?? newBook;
}
