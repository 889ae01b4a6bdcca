import { connect } from "node:net";
import { HearthworkError, messageOf } from "../../domain/index.ts";

export interface LineAddress {
  readonly host: string;
  readonly port: number;
}

/** Finds where a reply ends in what arrives. */
export interface ReplyEnd {
  /** Where in the next bytes the reply ends; -1 when it goes on. */
  find(chunk: Uint8Array): number;
  /** Whether what has come is a whole reply, should nothing more come. */
  mayEndHere(): boolean;
}

export interface LineLimits {
  /** The longest reply that is read, bytes. Default 1 MiB. */
  readonly longest?: number;
  /** Default: a reply ends at NUL or newline. */
  readonly end?: ReplyEnd;
}

const defaultLongest = 1_048_576;
const newline = 0x0a;
/** After so long a silence a reply that may end where it is has ended. */
const silenceMs = 400;

const firstLine: ReplyEnd = {
  find: (chunk) => chunk.findIndex((byte) => byte === 0 || byte === newline),
  mayEndHere: () => false,
};

/**
 * Sends one request over a TCP connection of its own and reads the reply up to its end or the connection's,
 * whichever comes first: devices of the cgminer family may leave the socket open, and end with NUL or newline.
 * @throws {HearthworkError} `device/no-answer`, `device/too-long`, all worth trying later.
 */
export function askLine(
  { host, port }: LineAddress,
  request: string,
  signal: AbortSignal,
  { longest = defaultLongest, end = firstLine }: LineLimits = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    const socket = connect({ host, port });
    const settle = (finish: () => void) => {
      signal.removeEventListener("abort", onAbort);
      socket.destroy();
      finish();
    };
    const fail = (code: string, why: string, cause?: unknown) =>
      settle(() =>
        reject(new HearthworkError({ code, message: `${host}:${port} ${why}`, retry: "later", cause })),
      );
    const finish = () => settle(() => resolve(Buffer.concat(parts).toString("utf8")));
    const onAbort = () => fail("device/no-answer", "did not answer in time; is it on and in this network?");

    socket.on("error", (error) => fail("device/no-answer", `cannot be reached: ${messageOf(error)}`, error));
    socket.on("end", () => (bytes > 0 ? finish() : fail("device/no-answer", "hung up without an answer")));
    socket.on("connect", () => socket.write(request));
    socket.on("data", (chunk) => {
      const found = end.find(chunk);
      bytes += chunk.length;
      if (bytes > longest) return fail("device/too-long", `answered with more than ${longest} bytes`);
      parts.push(found < 0 ? chunk : chunk.subarray(0, found));
      if (found >= 0) return finish();
      socket.setTimeout(end.mayEndHere() ? silenceMs : 0);
    });
    socket.on("timeout", finish);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
