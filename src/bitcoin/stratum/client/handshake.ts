import type { Instant } from "../../../domain/index.ts";
import { parseConfiguration, parseSubscription, type PoolMessage } from "../poolMessage.ts";
import { hex32 } from "../rpc.ts";
import { ask, chain, type ClientState, type ClientStep, close, stay } from "./clientState.ts";
import { freeVersionBits } from "../versionBits.ts";
import { renewWork } from "./renewWork.ts";

type Reply = Extract<PoolMessage, { kind: "reply" }>;

/** Says what we can do (BIP 310), unless the pool is known to hang up on that. */
export function beginHandshake(state: ClientState, now: Instant): ClientStep {
  if (state.phase !== "waiting") return stay(state);
  if (state.settings.plain === true) return subscribe(state, now);
  return ask(
    { ...state, phase: "configuring" },
    "mining.configure",
    [
      ["version-rolling", "subscribe-extranonce"],
      { "version-rolling.mask": hex32(freeVersionBits), "version-rolling.min-bit-count": 2 },
    ],
    { kind: "configure", at: now },
  );
}

/** A pool that refuses or ignores `mining.configure` is mined at without rolling versions. */
export function takeConfiguration(state: ClientState, reply: Reply, now: Instant): ClientStep {
  if (state.phase !== "configuring") return stay(state);
  const { versionMask, setsExtranonce } = parseConfiguration(reply.error ? undefined : reply.result);
  return subscribe(
    {
      ...state,
      rollsVersions: versionMask !== undefined,
      versionMask: ((versionMask ?? 0) & freeVersionBits) >>> 0,
      setsExtranonce,
    },
    now,
  );
}

/** Asks for a part of the search space; for the part it had, when it comes back. */
export function subscribe(state: ClientState, now: Instant): ClientStep {
  const { agent, resume } = state.settings;
  const waiting = new Map([...state.waiting].filter(([, { kind }]) => kind !== "configure"));
  return ask(
    { ...state, phase: "subscribing", waiting },
    "mining.subscribe",
    resume === undefined ? [agent] : [agent, resume],
    { kind: "subscribe", at: now },
  );
}

export function takeSubscription(state: ClientState, reply: Reply, now: Instant): ClientStep {
  if (state.phase !== "subscribing") return stay(state);
  if (reply.error) return close(state, `the pool refused to be subscribed to: ${reply.error.message}`);
  const subscription = parseSubscription(reply.result);
  if (!subscription) return close(state, "the pool answered mining.subscribe with something else");
  const { user, password, suggestedDifficulty } = state.settings;
  return chain(
    { ...state, phase: "authorizing", ...subscription },
    (state) =>
      suggestedDifficulty === undefined
        ? stay(state)
        : ask(state, "mining.suggest_difficulty", [suggestedDifficulty], { kind: "courtesy", at: now }),
    (state) => ask(state, "mining.authorize", [user, password], { kind: "authorize", at: now }),
    (state) => (state.job ? renewWork(state) : stay(state)),
  );
}

export function takeAuthorization(state: ClientState, reply: Reply, now: Instant): ClientStep {
  if (state.phase !== "authorizing") return stay(state);
  if (reply.error || reply.result !== true) {
    const words = reply.error?.message || "it gave no reason";
    return close(state, `the pool does not know the user ${state.settings.user}: ${words}`);
  }
  return chain(
    { ...state, phase: "mining", jobAt: now },
    (state) => stay(state, { kind: "authorized" }),
    (state) =>
      state.setsExtranonce
        ? stay(state)
        : ask(state, "mining.extranonce.subscribe", [], { kind: "courtesy", at: now }),
    (state) => (state.work ? stay(state, { kind: "work", work: state.work }) : stay(state)),
  );
}
