import type { ConsumerId, JobId, Micros } from "../domain/index.ts";
import type { Ask, Bid } from "./book.ts";
import { match } from "./match.ts";

/** What a job would find in the book, were it alone. */
export interface BookQuote {
  /** Tasks that would begin at once. */
  readonly tasks: number;
  /** What one of them would cost, the cheapest and the dearest; undefined where none would begin. */
  readonly least: Micros | undefined;
  readonly most: Micros | undefined;
  /** What a task would cost in the cheapest slot that can run it, whatever is bid; undefined where there is none. */
  readonly cheapest: Micros | undefined;
}

const nobody = { job: "quote" as JobId, consumer: "quote" as ConsumerId, doers: [] };
const noCeiling = (2n ** 62n) as Micros;

/** Asks nobody for anything, and reserves nothing. */
export function quoteFromBook(
  asks: readonly Ask[],
  wanted: Omit<Bid, "job" | "consumer" | "doers">,
): BookQuote {
  const bid = { ...nobody, ...wanted };
  const placements = match(asks, [bid]);
  const [cheapest] = match(asks, [{ ...bid, tasks: 1, ceiling: noCeiling }]);
  return {
    tasks: placements.reduce((sum, { tasks }) => sum + tasks, 0),
    least: placements[0]?.price,
    most: placements.at(-1)?.price,
    cheapest: cheapest?.price,
  };
}
