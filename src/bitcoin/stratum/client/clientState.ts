import type { Instant, Seconds } from "../../../domain/index.ts";
import { type Extranonce } from "../poolMessage.ts";
import { encodeRequest } from "../rpc.ts";
import type { StratumJob } from "../stratumJob.ts";
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
  /**
   * Shares are sought at this difficulty where the pool asks for less, so that none can drown us in shares.
   * Default 1e-5: a share in 43,000 hashes.
   */
  readonly leastDifficulty?: number;
  /** The session to go on with, from `ClientState.sessionId` of the connection that was lost. */
  readonly resume?: string;
  /** Leave out `mining.configure`, because the pool hung up on it. */
  readonly plain?: boolean;
}

/** What a submitted share came to. */
export type ShareOutcome = "accepted" | "stale" | "duplicate" | "low-difficulty" | "rejected";

export type ClientPhase = "waiting" | "configuring" | "subscribing" | "authorizing" | "mining" | "closed";

export type ClientEffect =
  /** Ends with a newline. */
  | { readonly kind: "send"; readonly line: string }
  | { readonly kind: "authorized" }
  /** There is new work; drop what is being hashed. Headers come from `headerAt`. */
  | { readonly kind: "work"; readonly work: ClientWork }
  | {
      readonly kind: "share";
      readonly outcome: ShareOutcome;
      readonly difficulty: number;
      /** The pool's words when it refused, or ours. */
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
  /** Connect again at once with `ClientSettings.plain`. */
  | { readonly kind: "plain" }
  /** The pool asks us to come to another door of the same host. */
  | { readonly kind: "reconnect"; readonly host: string; readonly port: number; readonly wait: Seconds };

/** A request that has no answer yet. Nothing hangs on the answer to a courtesy. */
export type Waiting =
  | { readonly kind: "configure" | "subscribe" | "authorize" | "courtesy"; readonly at: Instant }
  | { readonly kind: "submit"; readonly at: Instant; readonly difficulty: number };

export interface ClientState {
  readonly settings: ClientSettings;
  readonly phase: ClientPhase;
  /** For `ClientSettings.resume` of the next connection. */
  readonly sessionId: string | undefined;
  /** What to hash now. */
  readonly work: ClientWork | undefined;
  /** Asked of jobs to come; undefined before the pool named one. */
  readonly difficulty: number | undefined;
  /** The start of a line. */
  readonly rest: Uint8Array;
  readonly lastId: number;
  readonly waiting: ReadonlyMap<number, Waiting>;
  /** Of jobs to come. */
  readonly extranonce: Extranonce | undefined;
  /** Versions may be rolled, and shares say how. */
  readonly rollsVersions: boolean;
  readonly versionMask: number;
  /** The pool will tell us of new extranonces unasked. */
  readonly setsExtranonce: boolean;
  /** The newest. */
  readonly job: StratumJob | undefined;
  /** Work whose shares still count, the newest last. */
  readonly recent: readonly ClientWork[];
  readonly lastSerial: number;
  readonly jobAt: Instant;
  readonly malformed: number;
}

export interface ClientStep {
  readonly state: ClientState;
  readonly effects: readonly ClientEffect[];
}

export const stay = (state: ClientState, ...effects: readonly ClientEffect[]): ClientStep => ({
  state,
  effects,
});

/** Asks the pool something. */
export function ask(
  state: ClientState,
  method: string,
  params: readonly unknown[],
  waiting: Waiting,
): ClientStep {
  const id = state.lastId + 1;
  return stay(
    { ...state, lastId: id, waiting: new Map(state.waiting).set(id, waiting) },
    { kind: "send", line: encodeRequest(id, method, params) },
  );
}

/** Does one thing after another. */
export function chain(
  state: ClientState,
  ...acts: readonly ((state: ClientState) => ClientStep)[]
): ClientStep {
  const effects: ClientEffect[] = [];
  let current = state;
  for (const act of acts) {
    const step = act(current);
    current = step.state;
    effects.push(...step.effects);
  }
  return { state: current, effects };
}

/** Ends the session; shares without a verdict count as rejected. */
export function close(state: ClientState, why: string, next: ClientNext = { kind: "failed" }): ClientStep {
  const lost = [...state.waiting.values()].flatMap((request): ClientEffect[] =>
    request.kind === "submit"
      ? [
          {
            kind: "share",
            outcome: "rejected",
            difficulty: request.difficulty,
            why: "the connection was lost",
          },
        ]
      : [],
  );
  return stay({ ...state, phase: "closed", work: undefined, waiting: new Map(), recent: [] }, ...lost, {
    kind: "close",
    why,
    next,
  });
}
