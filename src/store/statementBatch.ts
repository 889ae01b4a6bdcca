import type { Connection, FieldDef, Submittable } from "pg";
import { parserOf } from "./parserOf.ts";

export interface Asked {
  readonly text: string;
  readonly values: readonly unknown[];
}

interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

interface Named {
  readonly name: string;
  /** Undefined until the server has told them. */
  columns: readonly Column[] | undefined;
}

/** Of the statements that one connection has prepared, by their text. */
export type StatementNames = Map<string, Named>;

/** Statements that differ; ours are a few dozen. */
const mostNames = 500;
/** Another version's migration may add columns, and a prepared statement that gives all of them then fails. */
const givesAllColumns = /(select|returning) \*/i;

/**
 * Statements that go to a server in one message, with one `Sync`: the first that fails ends all, and the server skips
 * the rest. See "Pipelining" in PostgreSQL's manual of its protocol.
 */
export class StatementBatch implements Submittable {
  readonly answers: Promise<unknown[][]>;
  readonly #asked: readonly { readonly text: string; readonly values: (string | null)[] }[];
  readonly #names: StatementNames;
  readonly #sent: Named[] = [];
  readonly #rows: unknown[][] = [];
  #now: unknown[] = [];
  readonly #resolve: (answers: unknown[][]) => void;
  readonly #reject: (thrown: unknown) => void;

  constructor(asked: readonly Asked[], names: StatementNames) {
    this.#asked = asked.map(({ text, values }) => ({ text, values: values.map(wireText) }));
    this.#names = names;
    const { promise, resolve, reject } = Promise.withResolvers<unknown[][]>();
    this.answers = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: Connection): void {
    connection.stream.cork();
    for (const { text, values } of this.#asked) {
      const named = this.#prepare(connection, text);
      connection.bind({ statement: named.name, values }, true);
      if (named.columns === undefined) connection.describe({ type: "P" }, true);
      connection.execute({}, true);
      this.#sent.push(named);
    }
    connection.sync();
    connection.stream.uncork();
  }

  /** A name that was told to a server which then failed may be there or not: it is not used again. */
  #prepare(connection: Connection, text: string): Named {
    const known = this.#names.get(text) ?? this.#sent.find((_, at) => this.#asked[at]?.text === text);
    if (known && known.name !== "") return known;
    const isNamed = this.#names.size < mostNames && !givesAllColumns.test(text);
    const named = { name: isNamed ? `s${(made += 1)}` : "", columns: undefined };
    connection.parse({ name: named.name, text, types: [] }, true);
    return named;
  }

  handleRowDescription({ fields }: { readonly fields: readonly FieldDef[] }): void {
    const named = this.#sent[this.#rows.length];
    if (named) named.columns = fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }));
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const columns = this.#sent[this.#rows.length]?.columns ?? [];
    const row: Record<string, unknown> = {};
    for (const [at, { name, parse }] of columns.entries()) {
      const text = fields[at] ?? null;
      row[name] = text === null ? null : parse(text);
    }
    this.#now.push(row);
  }

  handleCommandComplete(): void {
    const named = this.#sent[this.#rows.length];
    if (named) named.columns ??= [];
    this.#rows.push(this.#now);
    this.#now = [];
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete();
  }

  handleError(thrown: unknown): void {
    this.#reject(thrown);
  }

  handleReadyForQuery(): void {
    for (const [at, named] of this.#sent.entries()) {
      const text = this.#asked[at]?.text;
      if (text !== undefined && named.name !== "") this.#names.set(text, named);
    }
    this.#resolve(this.#rows);
  }
}

let made = 0;

/** As the server reads it: arrays in braces. */
function wireText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? `{${value.map(elementText).join(",")}}` : scalarText(value);
}

const special = /[\\"]/g;

function elementText(value: unknown): string {
  if (value === null || value === undefined) return "null";
  return typeof value === "string" ? `"${value.replace(special, "\\$&")}"` : scalarText(value);
}

function scalarText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
    case "boolean":
      return `${value}`;
    default:
      throw new TypeError(`a statement does not take a ${typeof value}`);
  }
}
