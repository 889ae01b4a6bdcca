import { between, type Instant, Seconds } from "../../../domain/index.ts";
import type { Hit } from "../../work.ts";
import { noRest, takeLines } from "../lines.ts";
import { parsePoolMessage } from "../poolMessage.ts";
import {
  type ClientEffect,
  type ClientSettings,
  type ClientState,
  type ClientStep,
  close,
  stay,
} from "./clientState.ts";
import { takeMessage } from "./clientMessages.ts";
import { beginHandshake, subscribe } from "./handshake.ts";
import { submitHit } from "./shares.ts";

export type ClientEvent =
  | { readonly kind: "connected" }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "hit"; readonly hit: Hit }
  /** About once a second, so that silence is noticed. */
  | { readonly kind: "tick" }
  /** The connection could not be made or is gone. */
  | { readonly kind: "disconnected"; readonly why: string };

const longestLine = 16_384;
const mostMalformed = 10;
/** Some pools say nothing to a method that they do not know. */
const configureWithin = Seconds(5);
const replyWithin = Seconds(30);
const verdictWithin = Seconds(60);
/** Pools give out work every minute or so even when no block is found. */
const jobWithin = Seconds(600);

/** A session for a connection that is about to be made. */
export const startClient = (settings: ClientSettings, now: Instant): ClientState => ({
  settings,
  phase: "waiting",
  sessionId: undefined,
  work: undefined,
  difficulty: undefined,
  rest: noRest,
  lastId: 0,
  waiting: new Map(),
  extranonce: undefined,
  rollsVersions: false,
  versionMask: 0,
  setsExtranonce: false,
  job: undefined,
  recent: [],
  lastSerial: 0,
  jobAt: now,
  malformed: 0,
});

/**
 * A miner's side of Stratum V1 (BIP 310 included), as a function of what it is told.
 * @param now of a clock that does not jump.
 */
export function stepClient(state: ClientState, event: ClientEvent, now: Instant): ClientStep {
  if (state.phase === "closed") return stay(state);
  switch (event.kind) {
    case "connected":
      return beginHandshake(state, now);
    case "bytes":
      return takeBytes(state, event.bytes, now);
    case "hit":
      return submitHit(state, event.hit, now);
    case "tick":
      return noticeSilence(state, now);
    default:
      return hangUp(state, event);
  }
}

/** Some pools hang up on a method that they do not know. */
function hangUp(state: ClientState, { why }: Extract<ClientEvent, { kind: "disconnected" }>): ClientStep {
  return close(state, why, state.phase === "configuring" ? { kind: "plain" } : { kind: "failed" });
}

function takeBytes(before: ClientState, bytes: Uint8Array, now: Instant): ClientStep {
  const { lines, rest, tooLong } = takeLines(before.rest, bytes, longestLine);
  const effects: ClientEffect[] = [];
  let state: ClientState = { ...before, rest };
  for (const line of lines) {
    const step = takeLine(state, line, now);
    effects.push(...step.effects);
    state = step.state;
    if (state.phase === "closed") return { state, effects };
  }
  if (!tooLong) return { state, effects };
  const step = close(state, `the pool sent a line of more than ${longestLine} bytes`);
  return { state: step.state, effects: [...effects, ...step.effects] };
}

function takeLine(state: ClientState, line: string, now: Instant): ClientStep {
  const message = parsePoolMessage(line);
  if (message.kind !== "malformed") return takeMessage(state, message, now);
  const malformed = state.malformed + 1;
  if (malformed < mostMalformed) return stay({ ...state, malformed });
  return close(state, `the pool sent ${malformed} lines that are no Stratum; the last: ${message.why}`);
}

function noticeSilence(state: ClientState, now: Instant): ClientStep {
  for (const request of state.waiting.values()) {
    const waited = between(request.at, now);
    if (request.kind === "configure") {
      if (waited >= configureWithin) return subscribe(state, now);
    } else if (request.kind === "submit") {
      if (waited >= verdictWithin)
        return close(state, `the pool said nothing to a share for ${verdictWithin} s`);
    } else if (request.kind !== "courtesy" && waited >= replyWithin) {
      return close(state, `the pool did not answer mining.${request.kind} within ${replyWithin} s`);
    }
  }
  if (state.phase === "mining" && between(state.jobAt, now) >= jobWithin) {
    return close(state, `the pool gave no work for ${jobWithin} s`);
  }
  return stay(state);
}
