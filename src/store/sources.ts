import type { Kysely } from "kysely";
import type { Reading, SeriesId } from "../domain/index.ts";
import type { Database, Tables } from "./database.ts";

/** A series with one provenance; its number stands for both in the packed tables. */
type Source = Pick<Reading, "series" | "provenance">;
export type NumberOf = (source: Source) => number;

const keyOf = ({ series, provenance }: Source) => `${series} ${provenance}`;

/** Knows the numbers that are committed. */
export class Sources {
  #known: ReadonlyMap<string, number> = new Map();

  /** Numbers the sources of all readings, adding new ones within the transaction. */
  async number(transaction: Kysely<Tables>, readings: Iterable<Reading>): Promise<NumberOf> {
    const asked = new Map<string, Source>();
    for (const { series, provenance } of readings) {
      const source = { series, provenance };
      asked.set(keyOf(source), source);
    }
    let numbers = this.#known;
    const unknown = () => [...asked].filter(([key]) => !numbers.has(key)).map(([, source]) => source);
    if (unknown().length > 0) numbers = await readSources(transaction);
    if (unknown().length > 0) {
      await transaction
        .insertInto("source")
        .values(unknown())
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      numbers = await readSources(transaction);
    }
    return (source) => numbers.get(keyOf(source)) ?? 0;
  }

  /** To be called once a transaction that numbered `readings` is committed. */
  learn(readings: Iterable<Reading>, numberOf: NumberOf): void {
    const known = new Map(this.#known);
    for (const reading of readings) known.set(keyOf(reading), numberOf(reading));
    this.#known = known;
  }
}

async function readSources(transaction: Kysely<Tables>): Promise<Map<string, number>> {
  const rows = await transaction.selectFrom("source").selectAll().execute();
  return new Map(rows.map(({ id, series, provenance }) => [`${series} ${provenance}`, id]));
}

export async function recordedSeries({ reader }: Database): Promise<readonly SeriesId[]> {
  const rows = await reader.selectFrom("source").select("series").distinct().orderBy("series").execute();
  return rows.map(({ series }) => series as SeriesId);
}
