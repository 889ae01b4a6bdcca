import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { type Clock, type JobId, type ProviderId, Seconds } from "../../domain/index.ts";
import { type BrowserGuard, judgeUpgrade } from "../../http/index.ts";
import { maxMessageBytes } from "../../wire/index.ts";
import { ProviderSession, type SessionOptions } from "./providerSession.ts";

export interface ProviderDoorOptions extends Omit<SessionOptions, "onAdmitted" | "address"> {
  readonly guard: BrowserGuard;
  readonly clock: Clock;
}

const pingEvery = Seconds(10);

/** Where providers connect. */
export class ProviderDoor {
  readonly #options: ProviderDoorOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
  });
  readonly #sessions = new Map<ProviderId, ProviderSession>();
  readonly #closing = new AbortController();
  readonly #silent = new WeakSet<WebSocket>();

  constructor(options: ProviderDoorOptions) {
    this.#options = options;
    void this.#ping();
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = (request.url ?? "").split("?", 1)[0];
    const caller = judgeUpgrade(request, this.#options.guard);
    if (this.#closing.signal.aborted || path !== "/api/v1/provider" || typeof caller === "string") {
      socket.end(
        `HTTP/1.1 ${path === "/api/v1/provider" ? "403 Forbidden" : "404 Not Found"}\r\nconnection: close\r\n\r\n`,
      );
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (line) => this.#open(line, socket, caller.address));
  }

  /** Those that said who they are. */
  get sessions(): Iterable<ProviderSession> {
    return this.#sessions.values();
  }

  sessionOf(provider: ProviderId): ProviderSession | undefined {
    return this.#sessions.get(provider);
  }

  revoke(provider: ProviderId): void {
    this.#sessions
      .get(provider)
      ?.refuse("provider/revoked", "this key was revoked by the exchange's operator");
  }

  /** What anybody does for these is not wanted any more. */
  revokeJobs(jobs: readonly JobId[]): void {
    for (const session of this.#sessions.values()) for (const job of jobs) session.revokeJob(job);
  }

  close(): void {
    this.#closing.abort();
    for (const session of this.#sessions.values()) session.end();
    for (const line of this.#server.clients) line.terminate();
    this.#server.close();
  }

  #open(line: WebSocket, wire: Duplex, address: string): void {
    line.on("pong", () => this.#silent.delete(line));
    const session = new ProviderSession(line, wire, {
      ...this.#options,
      address,
      onAdmitted: (admitted) => {
        this.#sessions.get(admitted.provider)?.refuse("provider/replaced", "it has connected again");
        this.#sessions.set(admitted.provider, admitted);
      },
    });
    line.on("close", () => {
      if (this.#sessions.get(session.provider) === session) this.#sessions.delete(session.provider);
    });
  }

  async #ping(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await this.#options.clock.sleep(pingEvery, signal);
      for (const line of this.#server.clients) {
        if (this.#silent.has(line)) line.terminate();
        else {
          this.#silent.add(line);
          line.ping();
        }
      }
    }
  }
}
