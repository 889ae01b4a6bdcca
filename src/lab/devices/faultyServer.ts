import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/**
 * What can befall the way to a virtual device. Whatever it answers, it does as asked, if it hears it:
 * - `silent`: it takes the connection and reads nothing.
 * - `half-open`: it reads the request and never answers.
 * - `slow`: it answers late.
 * - `dripping`: it answers a few bytes at a time.
 * - `garbage`: it answers with what makes no sense, each time another nonsense.
 * - `oversized`: its answer does not end.
 * - `unplugged`: nothing listens; connections that are open break.
 */
export type WireFault = "silent" | "half-open" | "slow" | "dripping" | "garbage" | "oversized" | "unplugged";

export interface FaultyServerOptions {
  /** 0 takes any free one, on 127.0.0.1. Default 0. */
  readonly port?: number;
  /** What it sends as `garbage`, one after the other. */
  readonly nonsense: readonly string[];
  /** How it begins when its answer does not end. */
  readonly endless: string;
  /** How late it is when `slow`, by the host's time. Default 400 ms. */
  readonly slowMs?: number;
  /** Talks over one connection. `reply` sends a whole answer as the present fault has it, and hangs up unless told to stay. */
  serve(socket: Socket, reply: (bytes: string, stay?: "stay") => void): void;
}

export interface FaultyServer {
  readonly port: number;
  suffer(fault: WireFault | undefined): Promise<void>;
  close(): Promise<void>;
}

const dripMs = 20;
const dripBytes = 3;
const floodMs = 2;
const flood = "x".repeat(16_384);

/** A TCP server on loopback that can be made as bad as real devices and real networks are. */
export async function startFaultyServer(options: FaultyServerOptions): Promise<FaultyServer> {
  const { nonsense, endless, slowMs = 400 } = options;
  const sockets = new Set<Socket>();
  let fault: WireFault | undefined;
  let answers = 0;

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    if (fault === "silent") socket.pause();
    else options.serve(socket, (bytes, stay) => answer(socket, bytes, stay));
  });
  const answer = (socket: Socket, bytes: string, stay?: "stay") => {
    const finish = (text: string) => (stay ? socket.write(text) : socket.end(text));
    if (fault === "half-open" || socket.destroyed) return;
    if (fault === "slow") setTimeout(() => finish(bytes), slowMs).unref();
    else if (fault === "dripping") drip(socket, bytes);
    else if (fault === "oversized") {
      socket.write(endless);
      repeat(socket, floodMs, () => flood);
    } else if (fault === "garbage") finish(nonsense[answers++ % nonsense.length] ?? "");
    else finish(bytes);
  };
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  const port = await listen(server, options.port ?? 0);

  return {
    port,
    async suffer(next) {
      const was = fault;
      fault = next;
      if (next === was) return;
      if (next === "unplugged") {
        hangUp();
        await stop(server);
      } else if (was === "unplugged") await listen(server, port);
    },
    async close() {
      hangUp();
      await stop(server);
    },
  };
}

function drip(socket: Socket, bytes: string): void {
  let sent = 0;
  repeat(socket, dripMs, () => bytes.slice(sent, (sent += dripBytes)));
}

/** Writes again and again until the other side hangs up. */
function repeat(socket: Socket, everyMs: number, next: () => string): void {
  const timer = setInterval(() => {
    if (!socket.writableNeedDrain) socket.write(next());
  }, everyMs);
  socket.once("close", () => clearInterval(timer));
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise((resolve) => server.close(resolve));
}
