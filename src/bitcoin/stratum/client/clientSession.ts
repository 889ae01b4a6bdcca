import type { Instant, Seconds } from "../../../domain/index.ts";
import type { Hit } from "../../work.ts";
import type { ClientWork } from "./clientWork.ts";

export interface ClientSettings {
  /** Named to the pool: `hearthwork/0.1.0`. */
  readonly agent: string;
  readonly user: string;
  readonly password: string;
  /** Where the connection goes; a pool may send us elsewhere on the same host only. */
  readonly host: string;
  readonly port: number;
  /** Asked of the pool. */
  readonly suggestedDifficulty?: number;
  /** The session to go on with, from `ClientState.sessionId` of the connection that was lost. */
  readonly resume?: string;
}

/** What a submitted share came to. */
export type ShareOutcome = "accepted" | "stale" | "duplicate" | "low-difficulty" | "rejected";

export type ClientPhase = "waiting" | "configuring" | "subscribing" | "authorizing" | "mining" | "closed";

export type ClientEvent =
  | { readonly kind: "connected" }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "hit"; readonly hit: Hit }
  /** About once a second, so that silence is noticed. */
  | { readonly kind: "tick" };

export type ClientEffect =
  /** Ends with a newline. */
  | { readonly kind: "send"; readonly line: string }
  | { readonly kind: "authorized" }
  /** There is new work; drop what is being hashed. Headers come from `headerAt`. */
  | { readonly kind: "work"; readonly work: ClientWork }
  | { readonly kind: "difficulty"; readonly difficulty: number }
  | {
      readonly kind: "share";
      readonly outcome: ShareOutcome;
      readonly difficulty: number;
      /** The pool's words, when it refused. */
      readonly why: string | undefined;
    }
  /** A message of the pool for people. */
  | { readonly kind: "notice"; readonly message: string }
  /** Close the connection. */
  | { readonly kind: "close"; readonly why: string; readonly next: ClientNext };

/** What to do after a session has closed. */
export type ClientNext =
  /** This pool failed; the failover policy decides. */
  | { readonly kind: "failed" }
  /** The pool asks us to come back. */
  | { readonly kind: "reconnect"; readonly host: string; readonly port: number; readonly wait: Seconds };

export interface ClientState {
  readonly phase: ClientPhase;
  readonly settings: ClientSettings;
  /** For `ClientSettings.resume` of the next connection. */
  readonly sessionId: string | undefined;
  /** What to hash now. */
  readonly work: ClientWork | undefined;
  /** The difficulty asked of new jobs. */
  readonly difficulty: number;
}

export interface ClientStep {
  readonly state: ClientState;
  readonly effects: readonly ClientEffect[];
}

/** A session at a connection that is about to be made. */
export type StartClient = (settings: ClientSettings, now: Instant) => ClientState;
export type StepClient = (state: ClientState, event: ClientEvent, now: Instant) => ClientStep;
