import { createServer, type Server, type Socket } from "node:net";
import {
  type ServerEffect,
  type ServerEvent,
  type ServerParts,
  type ServerSettings,
  startServer,
  stepServer,
  type TemplateWork,
} from "../../bitcoin/index.ts";
import { type Clock, HearthworkError, messageOf, Seconds } from "../../domain/index.ts";
import { peerAddress } from "./peerAddress.ts";
import { steadyNow } from "./steadyNow.ts";

/** What sessions tell beyond their own connection. */
export type MinersEffect = Exclude<ServerEffect, { readonly kind: "send" | "close" }>;

export interface ServeMinersOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly clock: Clock;
  readonly settings: ServerSettings;
  readonly parts: ServerParts;
  /** Connections at a time; further ones are closed at once. */
  readonly mostConnections: number;
  readonly mostPerAddress: number;
  /** Bytes that a miner may leave unread before it is cut off. */
  readonly mostUnreadBytes?: number;
  onEffect(effect: MinersEffect, miner: ServedMiner): void;
  onClosed(miner: ServedMiner, why: string): void;
}

/** One miner's connection. */
export interface ServedMiner {
  readonly address: string;
  /** Who it said it is, by the session. */
  users(): readonly string[];
  agent(): string | undefined;
  /** Asked of it now. */
  difficulty(): number;
}

export interface MinersServer {
  readonly port: number;
  connections(): number;
  /** Gives work to every miner, and to those who come. `clean`: all earlier work is void. */
  give(work: TemplateWork, clean: boolean): void;
  /** Cuts every miner off and lets none in until there is work again. */
  suspend(why: string): void;
  close(): Promise<void>;
}

interface Connection extends ServedMiner {
  feed(event: ServerEvent): void;
  cut(why: string): void;
}

const tickEvery = Seconds(1);
/** What a peer that is cut off has to read its last lines. */
const farewell = Seconds(2);

/**
 * Serves Stratum to miners: a session for each connection, all given the same work.
 * @throws {HearthworkError} `pool/cannot-listen` when the port is taken or not allowed.
 */
export async function serveMiners(options: ServeMinersOptions): Promise<MinersServer> {
  const { clock, host, port, mostConnections, mostPerAddress } = options;
  const connections = new Set<Connection>();
  const perAddress = new Map<string, number>();
  const ended = new AbortController();
  let work: TemplateWork | undefined;

  const mayEnter = (address: string) =>
    work !== undefined &&
    connections.size < mostConnections &&
    (perAddress.get(address) ?? 0) < mostPerAddress;

  const enter = (socket: Socket) => {
    const address = peerAddress(socket.remoteAddress);
    if (!mayEnter(address)) {
      socket.destroy();
      return;
    }
    perAddress.set(address, (perAddress.get(address) ?? 0) + 1);
    const connection = openConnection(socket, address, options, (why) => {
      connections.delete(connection);
      const left = (perAddress.get(address) ?? 1) - 1;
      if (left > 0) perAddress.set(address, left);
      else perAddress.delete(address);
      options.onClosed(connection, why);
    });
    connections.add(connection);
    if (work) connection.feed({ kind: "job", work, clean: true });
  };

  const cutAll = (why: string) => {
    for (const connection of connections) connection.cut(why);
  };

  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 }, enter);
  await listen(server, host, port);
  const ticking = tickAll();

  async function tickAll(): Promise<void> {
    while (!ended.signal.aborted) {
      await clock.sleep(tickEvery, ended.signal);
      for (const connection of connections) connection.feed({ kind: "tick" });
    }
  }

  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    connections: () => connections.size,
    give(next, clean) {
      work = next;
      for (const connection of connections) connection.feed({ kind: "job", work: next, clean });
    },
    suspend(why) {
      work = undefined;
      cutAll(why);
    },
    async close() {
      ended.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cutAll("the pool is closing");
      await Promise.all([closed, ticking]);
    },
  };
}

function openConnection(
  socket: Socket,
  address: string,
  options: ServeMinersOptions,
  onGone: (why: string) => void,
): Connection {
  const { clock, settings, parts, mostUnreadBytes = 256 * 1024 } = options;
  let state = startServer(settings, parts, steadyNow(clock));
  let isOpen = true;

  const cut = (why: string) => {
    if (!isOpen) return;
    isOpen = false;
    stepServer(state, { kind: "closed" }, steadyNow(clock));
    socket.pause();
    socket.destroySoon();
    void clock.sleep(farewell).then(() => socket.destroy());
    onGone(why);
  };

  const feed = (event: ServerEvent) => {
    if (!isOpen) return;
    const step = stepServer(state, event, steadyNow(clock));
    state = step.state;
    let lines = "";
    let closing: string | undefined;
    for (const effect of step.effects) {
      if (effect.kind === "send") lines += effect.line;
      else if (effect.kind === "close") closing = effect.why;
      else options.onEffect(effect, connection);
    }
    if (lines !== "") socket.write(lines);
    if (socket.writableLength > mostUnreadBytes) closing ??= "it does not read what it is sent";
    if (closing !== undefined) cut(closing);
  };

  const connection: Connection = {
    address,
    users: () => state.users,
    agent: () => state.agent,
    difficulty: () => state.difficulty,
    cut,
    feed(event) {
      try {
        feed(event);
      } catch (thrown) {
        cut(`a fault of ours: ${messageOf(thrown)}`);
      }
    },
  };
  socket.on("data", (bytes) => connection.feed({ kind: "bytes", bytes }));
  socket.on("error", (error) => cut(messageOf(error)));
  socket.once("close", () => cut("it closed the connection"));
  return connection;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) =>
      reject(
        new HearthworkError({
          code: "pool/cannot-listen",
          message: `the pool cannot listen on ${host}:${port}: ${messageOf(cause)}; choose another port or address`,
          data: { host, port },
          cause,
        }),
      ),
    );
    server.listen({ host, port, backlog: 1024 }, resolve);
  });
}
