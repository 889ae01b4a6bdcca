import type { Instant, Seconds } from "../../../domain/index.ts";
import type { Sha256d } from "../../sha256d.ts";
import type { TemplateWork } from "../../templateWork.ts";

export interface ServerSettings {
  readonly extranonce2Bytes: number;
  /** Version bits that miners may roll. */
  readonly versionMask: number;
  readonly startDifficulty: number;
  readonly minDifficulty: number;
  readonly maxDifficulty: number;
  /** How often a miner shall find a share. */
  readonly shareEvery: Seconds;
  /** A peer that is not authorised by then is cut off. */
  readonly authorizeWithin: Seconds;
  /** A peer that found no share for so long is cut off. */
  readonly idleAfter: Seconds;
}

/** What sessions share and need from outside. */
export interface ServerParts {
  readonly sha256d: Sha256d;
  readonly extranonces: ExtranonceSpace;
}

/** Gives each connection a part of the search space of its own. */
export interface ExtranonceSpace {
  /** Bytes of each extranonce1. */
  readonly bytes: number;
  /** The wanted one if it is free, else another; undefined when none is left. */
  claim(wanted: Uint8Array | undefined): Uint8Array | undefined;
  release(extranonce1: Uint8Array): void;
}

export type ServerEvent =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** `clean`: what was given out before is void. */
  | { readonly kind: "job"; readonly work: TemplateWork; readonly clean: boolean }
  /** About once a second. */
  | { readonly kind: "tick" }
  /** The connection is gone; gives back what the session held. */
  | { readonly kind: "closed" };

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
      /** Credited when accepted. */
      readonly difficulty: number;
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

/** Used up by each step: go on with the state that the step returns. */
export interface ServerState {
  readonly phase: "open" | "closed";
  readonly users: readonly string[];
  readonly agent: string | undefined;
  readonly difficulty: number;
}

export interface ServerStep {
  readonly state: ServerState;
  readonly effects: readonly ServerEffect[];
}

export type StartServer = (settings: ServerSettings, parts: ServerParts, now: Instant) => ServerState;
export type StepServer = (state: ServerState, event: ServerEvent, now: Instant) => ServerStep;
