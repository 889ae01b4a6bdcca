import { type Instant, Seconds } from "../../../domain/index.ts";
import type { PoolMessage } from "../poolMessage.ts";
import { encodeError, encodeResult } from "../rpc.ts";
import { freeVersionBits } from "../versionBits.ts";
import { type ClientState, type ClientStep, close, stay } from "./clientState.ts";
import { takeAuthorization, takeConfiguration, takeSubscription } from "./handshake.ts";
import { renewWork } from "./renewWork.ts";
import { takeVerdict } from "./shares.ts";

type Message<Kind extends PoolMessage["kind"]> = Extract<PoolMessage, { kind: Kind }>;

/** What a message of the pool changes. */
export function takeMessage(
  state: ClientState,
  message: Exclude<PoolMessage, { kind: "malformed" }>,
  now: Instant,
): ClientStep {
  switch (message.kind) {
    case "reply":
      return takeReply(state, message, now);
    case "notify":
      return takeJob(state, message, now);
    case "set-difficulty":
      return takeDifficulty(state, message.difficulty);
    case "set-version-mask":
      return takeVersionMask(state, message.mask);
    case "set-extranonce":
      return stay({ ...state, extranonce: message.extranonce });
    case "reconnect":
      return takeReconnect(state, message);
    case "show-message":
      return stay(state, { kind: "notice", message: message.message });
    case "get-version":
      return stay(state, { kind: "send", line: encodeResult(message.id, state.settings.agent) });
    default:
      return refuseMethod(state, message);
  }
}

function refuseMethod(state: ClientState, { id }: Message<"unknown">): ClientStep {
  if (id === null) return stay(state);
  return stay(state, { kind: "send", line: encodeError(id, "other", "Unknown method") });
}

function takeReply(before: ClientState, reply: Message<"reply">, now: Instant): ClientStep {
  const id = Number(reply.id);
  const request = before.waiting.get(id);
  if (reply.id === null || !request) return stay(before);
  const waiting = new Map(before.waiting);
  waiting.delete(id);
  const state = { ...before, waiting };
  switch (request.kind) {
    case "configure":
      return takeConfiguration(state, reply, now);
    case "subscribe":
      return takeSubscription(state, reply, now);
    case "authorize":
      return takeAuthorization(state, reply, now);
    case "courtesy":
      return stay(state);
    default:
      return takeVerdict(state, reply, request.difficulty);
  }
}

function takeJob(state: ClientState, { job, clean }: Message<"notify">, now: Instant): ClientStep {
  return renewWork({ ...state, job, jobAt: now, recent: clean ? [] : state.recent });
}

/** It holds for jobs to come; but a pool that names its first one late means the job that it has just given. */
function takeDifficulty(state: ClientState, difficulty: number): ClientStep {
  const isFirst = state.difficulty === undefined;
  const next = { ...state, difficulty };
  return isFirst && state.work ? renewWork(next) : stay(next);
}

/** BIP 310: a new mask holds at once. */
function takeVersionMask(state: ClientState, mask: number): ClientStep {
  if (!state.rollsVersions) return stay(state);
  const next = { ...state, versionMask: (mask & freeVersionBits) >>> 0 };
  return state.work ? renewWork({ ...next, recent: [] }) : stay(next);
}

/** Whoever holds the connection could lead us anywhere: only another port of the same host is believed. */
function takeReconnect(state: ClientState, { host, port, waitSeconds }: Message<"reconnect">): ClientStep {
  const { settings } = state;
  if (host !== undefined && host.toLowerCase() !== settings.host.toLowerCase()) {
    const message = `the pool wants to send us to ${host}, another host; ignored`;
    return stay(state, { kind: "notice", message });
  }
  return close(state, "the pool asked us to reconnect", {
    kind: "reconnect",
    host: settings.host,
    port: port ?? settings.port,
    wait: Seconds(waitSeconds),
  });
}
