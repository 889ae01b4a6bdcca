import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { type FaultyServer, startFaultyServer } from "./faultyServer.ts";

export interface TwinRequest {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
}

export interface TwinReply {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, anything else as JSON; undefined sends no body. */
  readonly body?: unknown;
}

export interface HttpTwinOptions {
  readonly port?: number;
  readonly slowMs?: number;
  answer(request: TwinRequest): TwinReply | Promise<TwinReply>;
}

const longestBody = 65_536;
const httpOf = (body: string) =>
  `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n\r\n${body}`;
const nonsense = [
  "}{,\0",
  httpOf('{"power": 12, "temp"'),
  httpOf("<html><body>Please log in</body></html>"),
  httpOf("[[[[]]]]"),
  httpOf('"none"'),
  "HTTP/1.1 200 OK\r\ncontent-length: 999999\r\n\r\n{}",
];

/** A virtual device's web server, with whatever fault it is made to suffer. Each answer ends its connection. */
export function startHttpTwin(options: HttpTwinOptions): Promise<FaultyServer> {
  return startFaultyServer({
    ...options,
    nonsense,
    endless: httpOf('{"power": "'),
    serve(socket, reply) {
      // Node parses the request; the answer goes past it, so that it can be faulty.
      const parser = createServer((request) => {
        void answerTo(request, (asked) => options.answer(asked)).then(reply, () => socket.destroy());
      });
      parser.emit("connection", socket);
    },
  });
}

async function answerTo(request: IncomingMessage, answer: HttpTwinOptions["answer"]): Promise<string> {
  const { method = "GET", headers, url = "/" } = request;
  const { pathname, searchParams } = new URL(url, "http://twin");
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > longestBody) return written({ status: 413 });
  }
  try {
    const body = text === "" ? undefined : (JSON.parse(text) as unknown);
    return written(await answer({ method, path: pathname, query: searchParams, headers, body }));
  } catch {
    return written({ status: 400, body: "this is no JSON" });
  }
}

function written({ status = 200, headers = {}, body }: TwinReply): string {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const lines = Object.entries({
    connection: "close",
    "content-type": typeof body === "string" ? "text/plain" : "application/json",
    "content-length": String(Buffer.byteLength(text)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${status < 400 ? "OK" : "No"}`, ...lines, "", text].join("\r\n");
}
