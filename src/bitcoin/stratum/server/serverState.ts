import type { Instant, Seconds } from "../../../domain/index.ts";
import type { Sha256d } from "../../sha256d.ts";
import type { TemplateWork } from "../../templateWork.ts";
import type { ExtranonceSpace } from "./extranonceSpace.ts";
import type { ServedJobs } from "./servedJob.ts";
import type { Vardiff } from "./vardiff.ts";

export interface ServerSettings {
  readonly extranonce2Bytes: number;
  /** Version bits that miners may roll. */
  readonly versionMask: number;
  readonly startDifficulty: number;
  /** Holds even where the network's difficulty is lower. */
  readonly minDifficulty: number;
  /** Never above the network's difficulty, so that no block is kept back. */
  readonly maxDifficulty: number;
  /** How often a miner shall find a share. */
  readonly shareEvery: Seconds;
  /** A peer that is not authorised by then is cut off. */
  readonly authorizeWithin: Seconds;
  /** A peer that found no share for so long is cut off. */
  readonly idleAfter: Seconds;
  /** A peer that says more for longer is cut off. */
  readonly messagesPerSecond: number;
}

/** What sessions share and need from outside. */
export interface ServerParts {
  readonly sha256d: Sha256d;
  readonly extranonces: ExtranonceSpace;
}

export type ServedShare = "accepted" | "stale" | "duplicate" | "low-difficulty" | "invalid";

export type ServerEffect =
  /** Ends with a newline. */
  | { readonly kind: "send"; readonly line: string }
  | { readonly kind: "authorized"; readonly user: string }
  | { readonly kind: "difficulty"; readonly difficulty: number }
  | {
      readonly kind: "share";
      readonly outcome: ServedShare;
      readonly user: string;
      /** Credited when accepted, else 0. */
      readonly difficulty: number;
      /** The difficulty that its hash would just have met when accepted, else 0. */
      readonly reached: number;
    }
  /** A hash that meets the network's target: submit `blockHex(work, header, coinbase)`. */
  | {
      readonly kind: "block";
      readonly work: TemplateWork;
      readonly user: string;
      readonly header: Uint8Array;
      readonly coinbase: Uint8Array;
      readonly hash: Uint8Array;
    }
  | { readonly kind: "close"; readonly why: string };

/**
 * A session. Each step uses it up: what it holds of found shares is filled in place, since copying it would
 * cost more than all else. Go on with the state that the step returns.
 */
export interface ServerState {
  readonly settings: ServerSettings;
  readonly parts: ServerParts;
  readonly phase: "open" | "closed";
  readonly agent: string | undefined;
  /** The authorised ones. */
  readonly users: readonly string[];
  /** That newest jobs are to be met with. */
  readonly difficulty: number;
  /** The start of a line. */
  readonly rest: Uint8Array;
  readonly extranonce1: Uint8Array | undefined;
  readonly versionMask: number;
  /** The least that the miner can do (BIP 310). */
  readonly minimumDifficulty: number;
  readonly vardiff: Vardiff;
  /** The miner has suggested a difficulty. */
  readonly hasSuggested: boolean;
  /** What the pool works on; undefined before its first work. */
  readonly work: TemplateWork | undefined;
  readonly jobs: ServedJobs;
  readonly openedAt: Instant;
  readonly shareAt: Instant;
  readonly misdeeds: number;
  /** What the peer may still say, and when that was reckoned. */
  readonly allowance: number;
  readonly allowanceAt: Instant;
}

export interface ServerStep {
  readonly state: ServerState;
  readonly effects: readonly ServerEffect[];
}

export const stay = (state: ServerState, ...effects: readonly ServerEffect[]): ServerStep => ({
  state,
  effects,
});

export const close = (state: ServerState, why: string): ServerStep =>
  stay({ ...state, phase: "closed" }, { kind: "close", why });

export const send = (line: string): ServerEffect => ({ kind: "send", line });

export const isMining = (state: ServerState): boolean =>
  state.extranonce1 !== undefined && state.users.length > 0;
