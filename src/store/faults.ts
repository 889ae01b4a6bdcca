import { HearthworkError, messageOf } from "../domain/index.ts";

/** SQLSTATEs and socket errors after which the same statement may succeed: the server is away, busy or full. */
const passing = [
  /^08/, // connection exceptions
  /^57P0[1-5]$/, // shut down, crashed, starting up, dropped, idle too long
  /^57014$/, // statement timeout
  /^53/, // out of disk, memory, connections
  /^58/, // input or output failed
  /^40/, // serialization failure, deadlock
  /^55P03$/, // lock not available
  /^E(CONNREFUSED|CONNRESET|CONNABORTED|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|NOENT)$/,
];
const corrupted = /^XX00[12]$/;
/** Faults of `pg` itself, which carry no code. */
const lostConnection = /connection terminated|timeout|not queryable|connection ended|closed the connection/i;

/** What a database's error means to a caller. */
export function toFault(thrown: unknown, database: string): HearthworkError {
  if (thrown instanceof HearthworkError) return thrown;
  const code = codeOf(thrown);
  const reason = reasonOf(thrown);
  if (code === "53100") {
    return new HearthworkError({
      code: "store/disk-full",
      message: `the disk of ${database} is full (${reason}); free some space`,
      retry: "later",
      cause: thrown,
    });
  }
  if (corrupted.test(code)) {
    return new HearthworkError({
      code: "store/damaged",
      message: `a file of ${database} is damaged (${reason}); check the disk, and put a backup in its place`,
      data: { sqlState: code },
      cause: thrown,
    });
  }
  if (passing.some((pattern) => pattern.test(code)) || (code === "" && lostConnection.test(reason))) {
    return new HearthworkError({
      code: "store/unreachable",
      message: `${database} does not answer (${reason}); check that it runs and can be reached`,
      data: { sqlState: code },
      retry: "later",
      cause: thrown,
    });
  }
  return new HearthworkError({
    code: "store/failed",
    message: `${database} refused a statement: ${reason}`,
    data: { sqlState: code },
    cause: thrown,
  });
}

function codeOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return "";
  return typeof thrown.code === "string" ? thrown.code : "";
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.message === "") {
    return thrown.errors.map(messageOf).join("; ");
  }
  return messageOf(thrown);
}
