import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import type { Instant } from "../../../domain/index.ts";
import type { ConfigureRequest, MinerMessage } from "../minerMessage.ts";
import { encodeError, encodeResult, hex32 } from "../rpc.ts";
import { giveWork, limitsOf } from "./giveWork.ts";
import { close, isMining, send, type ServerState, type ServerStep, stay } from "./serverState.ts";
import { startVardiff } from "./vardiff.ts";

type Message<Kind extends MinerMessage["kind"]> = Extract<MinerMessage, { kind: Kind }>;

/** Workers behind one connection, as a proxy has them. */
const mostUsers = 64;

/** BIP 310: grants what we know of what was asked for. */
export function takeConfigure(state: ServerState, request: ConfigureRequest): ServerStep {
  const { settings } = state;
  const versionMask = (settings.versionMask & request.versionMask) >>> 0;
  const minimum = request.minimumDifficulty;
  const grants: Record<string, unknown> = {};
  let next = state;
  for (const extension of request.extensions) {
    if (extension === "version-rolling") {
      grants[extension] = true;
      grants["version-rolling.mask"] = hex32(versionMask);
      next = { ...next, versionMask };
    } else if (extension === "minimum-difficulty") {
      const isPossible = minimum !== undefined && minimum <= settings.maxDifficulty;
      grants[extension] = isPossible;
      if (isPossible) next = { ...next, minimumDifficulty: minimum };
    } else {
      grants[extension] = extension === "subscribe-extranonce";
    }
  }
  return stay(next, send(encodeResult(request.id, grants)));
}

/** Gives the connection its part of the search space; who comes back gets its former one while it is free. */
export function takeSubscribe(
  state: ServerState,
  { id, agent, sessionId }: Message<"subscribe">,
  now: Instant,
): ServerStep {
  const { settings, parts } = state;
  const extranonce1 = state.extranonce1 ?? parts.extranonces.claim(bytesOf(sessionId));
  if (!extranonce1) {
    const step = close(state, "the pool has no extranonce left");
    return stay(step.state, send(encodeError(id, "other", "Pool is full")), ...step.effects);
  }
  const name = bytesToHex(extranonce1);
  const subscriptions = [
    ["mining.set_difficulty", name],
    ["mining.notify", name],
  ];
  const reply = send(encodeResult(id, [subscriptions, name, settings.extranonce2Bytes]));
  return begin(state, { ...state, agent: agent ?? state.agent, extranonce1 }, reply, now);
}

export function takeAuthorize(
  state: ServerState,
  { id, user }: Message<"authorize">,
  now: Instant,
): ServerStep {
  if (user === "") return stay(state, send(encodeError(id, "unauthorized", "Give a user name")));
  const reply = send(encodeResult(id, true));
  if (state.users.includes(user)) return stay(state, reply);
  if (state.users.length >= mostUsers) {
    return stay(state, send(encodeError(id, "unauthorized", "Too many users on one connection")));
  }
  const step = begin(state, { ...state, users: [...state.users, user] }, reply, now);
  return { state: step.state, effects: [...step.effects, { kind: "authorized", user }] };
}

/** The first one holds at once, later ones from the next work on: each costs a job to be sent. */
export function takeSuggestion(
  state: ServerState,
  { id, difficulty }: Message<"suggest-difficulty">,
  now: Instant,
): ServerStep {
  const vardiff = { ...startVardiff(difficulty, limitsOf(state), now), proven: state.vardiff.proven };
  const reply = send(encodeResult(id, true));
  const next = { ...state, vardiff, hasSuggested: true };
  if (state.hasSuggested || state.jobs.given === 0 || vardiff.difficulty === state.difficulty) {
    return stay(next, reply);
  }
  const step = giveWork(next, false, now);
  return stay(step.state, reply, ...step.effects);
}

/** Work follows once the miner has both subscribed and said who it is. */
function begin(
  before: ServerState,
  state: ServerState,
  reply: ReturnType<typeof send>,
  now: Instant,
): ServerStep {
  if (isMining(before) || !isMining(state)) return stay(state, reply);
  const step = giveWork(state, true, now);
  return stay(step.state, reply, ...step.effects);
}

function bytesOf(sessionId: string | undefined): Uint8Array | undefined {
  return sessionId !== undefined && /^(?:[0-9a-f]{2})+$/i.test(sessionId) ? hexToBytes(sessionId) : undefined;
}
