import type { QueryExecutorProvider } from "kysely";
import type { Pool, PoolClient } from "pg";
import type { Answers, OpenTransaction, Prepared, Statements } from "./prepared.ts";
import { type Asked, StatementBatch, type StatementNames } from "./statementBatch.ts";

/**
 * Statements over connections of a server, each prepared once on each: what comes again is neither parsed nor planned
 * anew. Those that are asked together travel in one message and are answered by one.
 */
export function preparedServer(pool: Pool, compiler: QueryExecutorProvider): Prepared {
  const names = new WeakMap<PoolClient, StatementNames>();
  const compile = (statements: Statements): Asked[] =>
    statements.map((statement) => {
      const { sql, parameters } = statement.compile(compiler);
      return { text: sql, values: parameters };
    });
  const send = (client: PoolClient, asked: readonly Asked[]): Promise<unknown[][]> => {
    const known: StatementNames = names.get(client) ?? new Map();
    names.set(client, known);
    return client.query(new StatementBatch(asked, known)).answers;
  };
  const using = async <T>(work: (client: PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    let isSound = false;
    try {
      const outcome = await work(client);
      isSound = true;
      return outcome;
    } catch (thrown) {
      isSound = await client.query("rollback").then(
        () => true,
        () => false,
      );
      throw thrown;
    } finally {
      client.release(!isSound);
    }
  };
  return {
    ask: <Each extends Statements>(...statements: Each) =>
      using((client) => send(client, compile(statements))) as Promise<Answers<Each>>,
    transaction: (work) =>
      using(async (client) => {
        const transaction = new ServerTransaction((asked) => send(client, asked), compile);
        const outcome = await work(transaction);
        await transaction.end();
        return outcome;
      }),
  };
}

const begin: Asked = { text: "begin", values: [] };
const commit: Asked = { text: "commit", values: [] };

class ServerTransaction implements OpenTransaction {
  readonly #send: (asked: readonly Asked[]) => Promise<unknown[][]>;
  readonly #compile: (statements: Statements) => Asked[];
  #state: "new" | "open" | "over" = "new";

  constructor(
    send: (asked: readonly Asked[]) => Promise<unknown[][]>,
    compile: (statements: Statements) => Asked[],
  ) {
    this.#send = send;
    this.#compile = compile;
  }

  async ask<const Each extends Statements>(...statements: Each): Promise<Answers<Each>> {
    return (await this.#go(this.#compile(statements))) as Answers<Each>;
  }

  async commit<const Last extends Statements, const After extends Statements = readonly []>(
    last: Last,
    after?: After,
  ): Promise<[...Answers<Last>, ...Answers<After>]> {
    const answers = await this.#go([...this.#compile(last), commit, ...this.#compile(after ?? [])], "over");
    answers.splice(last.length, 1);
    return answers as [...Answers<Last>, ...Answers<After>];
  }

  async end(): Promise<void> {
    if (this.#state === "open") await this.#go([commit], "over");
  }

  async #go(asked: readonly Asked[], next: "open" | "over" = "open"): Promise<unknown[][]> {
    if (this.#state === "over") throw new Error("the transaction is over");
    const isNew = this.#state === "new";
    this.#state = "over";
    const answers = await this.#send(isNew ? [begin, ...asked] : asked);
    this.#state = next;
    return isNew ? answers.slice(1) : answers;
  }
}
