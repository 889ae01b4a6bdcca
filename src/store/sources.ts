import type { Kysely } from "kysely";
import type { Reading } from "../domain/index.ts";
import type { Tables } from "./database.ts";

/** A source is a series with one provenance; its number stands for both in the packed tables. */
export type SourceNumbers = (readings: readonly Reading[]) => readonly number[];

const keyOf = ({ series, provenance }: Pick<Reading, "series" | "provenance">) => `${series} ${provenance}`;

/** Remembers the numbers that were committed. */
export class Sources {
  readonly #numbers = new Map<string, number>();

  /** The sources of all readings, numbered; new ones are added within the transaction. */
  async number(transaction: Kysely<Tables>, readings: readonly Reading[]): Promise<SourceNumbers> {
    const found = new Map<string, number>();
    const unknown = new Map<string, Pick<Reading, "series" | "provenance">>();
    for (const reading of readings) {
      const key = keyOf(reading);
      const known = this.#numbers.get(key);
      if (known === undefined) unknown.set(key, reading);
      else found.set(key, known);
    }
    if (unknown.size > 0) {
      const rows = [...unknown.values()].map(({ series, provenance }) => ({ series, provenance }));
      await transaction
        .insertInto("source")
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const stored = await transaction
        .selectFrom("source")
        .select(["id", "series", "provenance"])
        .where(
          "series",
          "in",
          rows.map(({ series }) => series),
        )
        .execute();
      for (const { id, series, provenance } of stored) found.set(`${series} ${provenance}`, id);
    }
    return (asked) => asked.map((reading) => found.get(keyOf(reading)) ?? 0);
  }

  /** To be called once the transaction that numbered them is committed. */
  keep(readings: readonly Reading[], numbers: SourceNumbers): void {
    for (const [i, number] of numbers(readings).entries()) {
      const reading = readings[i];
      if (reading) this.#numbers.set(keyOf(reading), number);
    }
  }
}
