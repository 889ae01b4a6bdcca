import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer, Server as TlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { FastifyInstance } from "fastify";
import { type Clock, HearthworkError, hostClock, messageOf } from "../domain/index.ts";
import { followTls, readTls, type TlsFiles } from "./access/tlsFiles.ts";
import { pageHeaders } from "./guardBrowsers.ts";
import { limitEachAddress } from "./limitEachAddress.ts";
import { waitingPage } from "./waitingPage.ts";

export interface FrontDoorOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Addresses that stand for many who ask. */
  readonly proxies?: readonly string[];
  /** Speaks https with it; the files are read again when they change. */
  readonly tls?: TlsFiles;
  readonly clock?: Clock;
  /** How many connections it takes at once: of all, and of one address. */
  readonly connections?: { readonly all: number; readonly ofOneAddress: number };
  /** That a certificate is about to end, or a new one cannot be used. */
  onTrouble?(message: string): void;
}

/** The port of a server, held from the first moment of a process to its last, whatever is behind it by then. */
export interface FrontDoor {
  readonly url: string;
  /** Where commands on this machine reach it, in plain HTTP on 127.0.0.1. */
  readonly localUrl: string;
  /** What those are told who come before it opens. */
  say(message: string): void;
  /** From now on the server answers, and `upgrade` whoever wants to go on by another protocol. */
  open(app: FastifyInstance, upgrade?: UpgradeListener): Promise<void>;
  /** Lets go of the port and of every connection; the server behind it is its owner's to close. */
  close(): Promise<void>;
}

/** Takes over a connection whose next bytes are no HTTP any more. */
export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

const retryAfterSeconds = 2;
const limits = { requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 30_000 };
const usualConnections = { all: 256, ofOneAddress: 64 };

/**
 * Listens at once, so that a taken port ends a command before it did anything else. Who comes before the server is
 * ready gets a 503: a page that loads itself again, or a problem where no page is wanted. A door that is not plain HTTP
 * on 127.0.0.1 has a second one there, on any free port, for commands on this machine.
 * @throws {HearthworkError} `http/port-taken` when it cannot be had; `access/bad-certificate`
 */
export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const { host, port, tls, proxies = [], connections = usualConnections } = options;
  let message = "Hearthwork is starting";
  let answer: RequestListener = (request, response) => tellToWait(request, response, message);
  const hear: RequestListener = (request, response) => answer(request, response);
  let takeOver: UpgradeListener | undefined;
  const settings = {
    ...limits,
    // What nobody takes over is answered as if it had not asked to go on otherwise.
    shouldUpgradeCallback: ({ headers }: IncomingMessage) =>
      takeOver !== undefined && headers.upgrade?.toLowerCase() === "websocket",
  };
  const servers: Server[] = [];
  const watching = new AbortController();
  const close = async () => {
    watching.abort();
    await Promise.all(servers.map(closeServer));
  };
  const listen = async (server: Server, at: string, wanted: number): Promise<string> => {
    servers.push(server);
    server.maxConnections = connections.all;
    limitEachAddress(server, connections.ofOneAddress, proxies);
    server.on("upgrade", (request, socket, head) => {
      // It answers to nobody else any more: without this its fault would end the program.
      socket.on("error", () => socket.destroy());
      request.socket.setTimeout(0);
      takeOver?.(request, socket, head);
    });
    endSilent(server, server instanceof TlsServer ? "secureConnection" : "connection");
    return listenAt(server, at, wanted);
  };
  try {
    const scheme = tls ? "https" : "http";
    const main = tls
      ? tlsServer(options, tls, settings, hear, watching.signal)
      : createServer(settings, hear);
    const url = `${scheme}://${await listen(main, host, port)}`;
    const isLocal = !tls && host === "127.0.0.1";
    const localUrl = isLocal ? url : `http://${await listen(createServer(settings, hear), "127.0.0.1", 0)}`;
    return {
      url,
      localUrl,
      say(next) {
        message = next;
      },
      async open(app, upgrade) {
        await app.ready();
        takeOver = upgrade;
        answer = (request, response) => app.routing(request, response);
      },
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** @returns host and port where it listens now */
async function listenAt(server: Server, host: string, port: number): Promise<string> {
  server.on("clientError", refuseBrokenRequest);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => reject(portTaken(host, port, cause)));
    server.listen(port, host, resolve);
  });
  return `${host.includes(":") ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
}

const silenceMs = 10_000;

/** A connection on which nothing was ever asked is given up: the server's own limits count from the first byte. */
function endSilent(server: Server, event: "connection" | "secureConnection"): void {
  server.on(event, (socket: Socket) => socket.setTimeout(silenceMs, () => socket.destroy()));
  server.on("request", ({ socket }: IncomingMessage) => socket.setTimeout(0));
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function tlsServer(
  { clock = hostClock(globalThis), ...options }: FrontDoorOptions,
  files: TlsFiles,
  settings: ServerOptions,
  hear: RequestListener,
  closed: AbortSignal,
): Server {
  const { cert, key } = readTls(files);
  const server = createTlsServer({ ...settings, handshakeTimeout: 10_000, cert, key }, hear);
  void followTls(files, {
    clock,
    signal: closed,
    onChange: (identity) => server.setSecureContext({ cert: identity.cert, key: identity.key }),
    onTrouble: (words) => options.onTrouble?.(words),
  });
  return server;
}

function tellToWait(request: IncomingMessage, response: ServerResponse, message: string): void {
  const wantsPage = request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
  response.writeHead(503, {
    ...pageHeaders,
    "retry-after": String(retryAfterSeconds),
    "cache-control": "no-store",
    "content-type": wantsPage ? "text/html; charset=utf-8" : "application/json; charset=utf-8",
  });
  response.end(
    wantsPage
      ? waitingPage(message, retryAfterSeconds)
      : JSON.stringify({ code: "api/unavailable", message: `${message}; ask again in a moment` }),
  );
}

/** What is no HTTP, or its headers too long: there is no request yet that a route could answer. */
function refuseBrokenRequest(fault: NodeJS.ErrnoException, socket: Socket): void {
  if (fault.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, words] =
    fault.code === "HPE_HEADER_OVERFLOW"
      ? ["431 Request Header Fields Too Large", "the headers are longer than 16 KiB"]
      : fault.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? ["408 Request Timeout", "the request did not come in time"]
        : ["400 Bad Request", "this is not HTTP as this server speaks it"];
  const body = JSON.stringify({ code: "api/broken-request", message: words });
  const head = [
    `HTTP/1.1 ${status}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${body.length}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

const portTaken = (host: string, port: number, cause: Error) =>
  new HearthworkError({
    code: "http/port-taken",
    message: `port ${port} of ${host} cannot be had (${messageOf(cause)}); end what uses it, or choose another with --port`,
    data: { host, port },
    cause,
  });
