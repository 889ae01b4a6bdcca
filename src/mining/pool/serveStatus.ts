import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { isIP } from "node:net";
import { hostname } from "node:os";
import { HearthworkError, messageOf } from "../../domain/index.ts";
import { encodePoolStatus, type PoolStatus } from "./poolStatus.ts";
import { renderStatusPage, statusPagePolicy } from "./renderStatusPage.ts";

export interface ServeStatusOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  status(): PoolStatus;
}

export interface StatusServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a pool's status: `/` for people, `/status.json` for programs; it can only be read. The Host header has to
 * be an address or a name of this computer, so that no page can read it by a name of its own (DNS rebinding).
 * @throws {HearthworkError} `pool/cannot-listen` when the port is taken or not allowed.
 */
export async function serveStatus(options: ServeStatusOptions): Promise<StatusServer> {
  const { host, port } = options;
  const names = new Set(["localhost", hostname().toLowerCase(), host.toLowerCase()]);
  const server = createServer({ requestTimeout: 15_000, headersTimeout: 10_000 }, (request, response) =>
    answer(request, response, names, () => options.status()),
  );
  server.maxConnections = 64;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) =>
      reject(
        new HearthworkError({
          code: "pool/cannot-listen",
          message: `the status page cannot be served on ${host}:${port}: ${messageOf(cause)}; choose another port`,
          data: { host, port },
          cause,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
  const bound = server.address();
  const boundPort = typeof bound === "object" && bound ? bound.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${boundPort}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  names: ReadonlySet<string>,
  status: () => PoolStatus,
): void {
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  response.setHeader("content-security-policy", statusPagePolicy);
  response.setHeader("cache-control", "no-store");
  const refuse = (code: number, words: string) =>
    response.writeHead(code, { "content-type": "text/plain; charset=utf-8" }).end(`${words}\n`);

  const name = hostNameOf(request.headers.host);
  if (name === undefined || (isIP(name) === 0 && !names.has(name))) {
    refuse(403, "This server does not answer to that host name.");
    return;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    refuse(405, "Here one can only read.");
    return;
  }
  const path = request.url?.replace(/\?.*$/, "");
  if (path === "/") {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(renderStatusPage(status()));
  } else if (path === "/status.json") {
    response.writeHead(200, { "content-type": "application/json" }).end(encodePoolStatus(status()));
  } else refuse(404, "There are / and /status.json.");
}

/** Of a Host header, without port and brackets. */
function hostNameOf(header: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s]+))(?::\d{1,5})?$/i.exec(header ?? "");
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}
