import type { Kysely, RawBuilder, Transaction } from "kysely";

export type Statements = readonly RawBuilder<unknown>[];

/** The rows that each statement gave, in their order. */
export type Answers<Asked extends Statements> = {
  -readonly [At in keyof Asked]: Asked[At] extends RawBuilder<infer Row> ? Row[] : never;
};

export interface Asking {
  /** Runs statements one after another, where it can on one trip; outside a transaction they are one. */
  ask<const Asked extends Statements>(...statements: Asked): Promise<Answers<Asked>>;
}

export interface OpenTransaction extends Asking {
  /**
   * Runs the last statements of a transaction, ends it, and runs what is to be asked once it stands; where it can on one
   * trip.
   */
  commit<const Last extends Statements, const After extends Statements = readonly []>(
    last: Last,
    after?: After,
  ): Promise<[...Answers<Last>, ...Answers<After>]>;
}

/** Where statements are asked that are asked again and again. */
export interface Prepared extends Asking {
  /** A transaction, which ends with its `commit` or with `work`; what `work` throws takes it back. */
  transaction<Outcome>(work: (transaction: OpenTransaction) => Promise<Outcome>): Promise<Outcome>;
}

async function askEach<Schema, Asked extends Statements>(on: Kysely<Schema>, statements: Asked) {
  const answers: unknown[][] = [];
  for (const statement of statements) answers.push((await statement.execute(on)).rows);
  return answers as Answers<Asked>;
}

/** Within a transaction that is open, each statement on a trip of its own. */
export const askingOn = <Schema>(transaction: Transaction<Schema>): Asking => ({
  ask: (...statements) => askEach(transaction, statements),
});

/** Each statement on a trip of its own. */
export function stepwise<Schema>(db: Kysely<Schema>): Prepared {
  return {
    ask: (...statements) =>
      statements.length < 2
        ? askEach(db, statements)
        : db.transaction().execute((transaction) => askEach(transaction, statements)),
    async transaction(work) {
      const open = await db.startTransaction().execute();
      try {
        const outcome = await work({
          ask: (...statements) => askEach(open, statements),
          async commit(last, after) {
            const answers = await askEach(open, last);
            await open.commit().execute();
            return [...answers, ...(await askEach(db, after ?? []))] as never;
          },
        });
        if (!open.isCommitted) await open.commit().execute();
        return outcome;
      } catch (thrown) {
        if (!open.isCommitted && !open.isRolledBack)
          await open
            .rollback()
            .execute()
            .catch(() => {});
        throw thrown;
      }
    },
  };
}
