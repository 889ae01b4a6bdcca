import { connect } from "node:net";
import {
  type ClientEffect,
  type ClientEvent,
  type ClientNext,
  type ClientSettings,
  type ClientState,
  startClient,
  stepClient,
} from "../../bitcoin/index.ts";
import { type Clock, messageOf, Seconds } from "../../domain/index.ts";
import { steadyNow } from "./steadyNow.ts";

/** What a session tells beyond its own connection. */
export type PoolEffect = Exclude<ClientEffect, { readonly kind: "send" | "close" }>;

export interface ConnectToPoolOptions {
  readonly settings: ClientSettings;
  readonly clock: Clock;
  onEffect(effect: PoolEffect): void;
  /** Once, whatever ended it; not after `close`. */
  onEnd(why: string, next: ClientNext): void;
}

export interface PoolConnection {
  state(): ClientState;
  feed(event: Extract<ClientEvent, { readonly kind: "hit" | "tick" }>): void;
  /** Ends it; what is left to tell, as of shares without a verdict, is told before this returns. */
  close(): void;
}

const connectWithin = Seconds(10);
const mostUnreadBytes = 64 * 1024;

/** One connection to a pool, from the name's look-up to its end. Its owner feeds it a tick a second. */
export function connectToPool(options: ConnectToPoolOptions): PoolConnection {
  const { settings, clock } = options;
  const socket = connect({ host: settings.host, port: settings.port, noDelay: true, keepAlive: true });
  const connected = new AbortController();
  let state = startClient(settings, steadyNow(clock));
  let phase: "open" | "closing" | "closed" = "open";

  const end = (why: string, next: ClientNext) => {
    const wasAsked = phase === "closing";
    phase = "closed";
    connected.abort();
    socket.destroy();
    if (!wasAsked) options.onEnd(why, next);
  };

  const feed = (event: ClientEvent) => {
    if (phase === "closed") return;
    const step = stepClient(state, event, steadyNow(clock));
    state = step.state;
    let lines = "";
    for (const effect of step.effects) {
      if (effect.kind === "send") lines += effect.line;
      else if (effect.kind === "close") end(effect.why, effect.next);
      else options.onEffect(effect);
    }
    if (lines !== "" && !socket.destroyed) socket.write(lines);
    if (socket.writableLength > mostUnreadBytes) lose("it does not read what it is sent");
  };
  const lose = (why: string) => feed({ kind: "disconnected", why });

  socket.once("connect", () => {
    connected.abort();
    feed({ kind: "connected" });
  });
  socket.on("data", (bytes) => feed({ kind: "bytes", bytes }));
  socket.on("error", (error) => lose(messageOf(error) || "the connection failed"));
  socket.once("close", () => lose("it closed the connection"));
  const giveUpLate = async () => {
    await clock.sleep(connectWithin, connected.signal);
    if (!connected.signal.aborted) lose(`no connection within ${connectWithin} s`);
  };
  void giveUpLate();

  return {
    state: () => state,
    feed,
    close() {
      if (phase !== "open") return;
      phase = "closing";
      lose("we left");
    },
  };
}
