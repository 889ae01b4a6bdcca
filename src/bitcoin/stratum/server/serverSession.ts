import { between, type Instant, Seconds } from "../../../domain/index.ts";
import type { TemplateWork } from "../../templateWork.ts";
import { noRest, takeLines } from "../lines.ts";
import { type MinerMessage, parseMinerMessage } from "../minerMessage.ts";
import { encodeError, encodeResult } from "../rpc.ts";
import { freeVersionBits } from "../versionBits.ts";
import { adjustDifficulty, takeWork } from "./giveWork.ts";
import { takeAuthorize, takeConfigure, takeSubscribe, takeSuggestion } from "./introductions.ts";
import { blame } from "./misdeeds.ts";
import { noJobs } from "./servedJob.ts";
import {
  close,
  send,
  type ServerEffect,
  type ServerParts,
  type ServerSettings,
  type ServerState,
  type ServerStep,
  stay,
} from "./serverState.ts";
import { takeSubmit } from "./takeSubmit.ts";

export type ServerEvent =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** `clean`: what was given out before is void. */
  | { readonly kind: "job"; readonly work: TemplateWork; readonly clean: boolean }
  /** About once a second. */
  | { readonly kind: "tick" }
  /** The connection is gone; gives back what the session held. */
  | { readonly kind: "closed" };

export const usualServerSettings: ServerSettings = {
  extranonce2Bytes: 4,
  versionMask: freeVersionBits,
  startDifficulty: 1024,
  minDifficulty: 0.001,
  maxDifficulty: 1e15,
  shareEvery: Seconds(5),
  authorizeWithin: Seconds(30),
  idleAfter: Seconds(6 * 3600),
  messagesPerSecond: 100,
};

const longestLine = 4_096;
/** More bytes than this count as one message more. */
const usualLineBytes = 256;
/** What a peer may say at a stretch, in seconds of its allowance. */
const burstSeconds = 20;

/** A session for a connection that was just taken. */
export const startServer = (settings: ServerSettings, parts: ServerParts, now: Instant): ServerState => ({
  settings,
  parts,
  phase: "open",
  agent: undefined,
  users: [],
  difficulty: settings.startDifficulty,
  rest: noRest,
  extranonce1: undefined,
  versionMask: 0,
  minimumDifficulty: 0,
  vardiff: { difficulty: settings.startDifficulty, since: now, shares: 0, proven: undefined },
  hasSuggested: false,
  work: undefined,
  jobs: noJobs,
  openedAt: now,
  shareAt: now,
  misdeeds: 0,
  allowance: settings.messagesPerSecond * burstSeconds,
  allowanceAt: now,
});

/**
 * A pool's side of Stratum V1 (BIP 310 included), as a function of what it is told.
 * @param now of a clock that does not jump.
 */
export function stepServer(state: ServerState, event: ServerEvent, now: Instant): ServerStep {
  if (event.kind === "closed") return letGo(state);
  if (state.phase === "closed") return stay(state);
  switch (event.kind) {
    case "bytes":
      return takeBytes(state, event.bytes, now);
    case "job":
      return takeWork(state, event, now);
    default:
      return takeTick(state, now);
  }
}

function letGo(state: ServerState): ServerStep {
  if (state.extranonce1) state.parts.extranonces.release(state.extranonce1);
  return stay({ ...state, phase: "closed", extranonce1: undefined, work: undefined, jobs: noJobs });
}

function takeBytes(before: ServerState, bytes: Uint8Array, now: Instant): ServerStep {
  const { lines, rest, tooLong } = takeLines(before.rest, bytes, longestLine);
  const effects: ServerEffect[] = [];
  let state = spendAllowance({ ...before, rest }, Math.max(lines.length, bytes.length / usualLineBytes), now);
  for (const line of lines) {
    const step = takeMessage(state, parseMinerMessage(line), now);
    effects.push(...step.effects);
    state = step.state;
    if (state.phase === "closed") return { state, effects };
  }
  const why = tooLong
    ? `a line of more than ${longestLine} bytes`
    : state.allowance < 0
      ? `more than ${state.settings.messagesPerSecond} messages a second`
      : undefined;
  if (why === undefined) return { state, effects };
  const step = close(state, why);
  return { state: step.state, effects: [...effects, ...step.effects] };
}

function spendAllowance(state: ServerState, messages: number, now: Instant): ServerState {
  const { messagesPerSecond } = state.settings;
  const earned = Math.max(0, between(state.allowanceAt, now)) * messagesPerSecond;
  const allowance = Math.min(messagesPerSecond * burstSeconds, state.allowance + earned) - messages;
  return { ...state, allowance, allowanceAt: now };
}

function takeMessage(state: ServerState, message: MinerMessage, now: Instant): ServerStep {
  switch (message.kind) {
    case "submit":
      return takeSubmit(state, message, now);
    case "configure":
      return takeConfigure(state, message);
    case "subscribe":
      return takeSubscribe(state, message, now);
    case "authorize":
      return takeAuthorize(state, message, now);
    case "suggest-difficulty":
      return takeSuggestion(state, message, now);
    case "extranonce-subscribe":
      return stay(state, send(encodeResult(message.id, true)));
    case "reply":
      return stay(state);
    case "unknown":
      return blame(
        stay(state, send(encodeError(message.id, "other", "Unknown method"))),
        "an unknown request",
      );
    default:
      return takeMalformed(state, message);
  }
}

function takeMalformed(state: ServerState, { id }: Extract<MinerMessage, { kind: "malformed" }>): ServerStep {
  return blame(stay(state, send(encodeError(id, "other", "Malformed request"))), "a line that is no Stratum");
}

function takeTick(state: ServerState, now: Instant): ServerStep {
  const { authorizeWithin, idleAfter } = state.settings;
  if (state.users.length === 0 && between(state.openedAt, now) >= authorizeWithin) {
    return close(state, `no user authorised within ${authorizeWithin} s`);
  }
  if (between(state.shareAt, now) >= idleAfter) return close(state, `no share for ${idleAfter} s`);
  return adjustDifficulty(state, now);
}
