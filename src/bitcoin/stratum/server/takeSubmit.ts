import type { Instant } from "../../../domain/index.ts";
import type { Submission } from "../minerMessage.ts";
import { encodeError, encodeResult } from "../rpc.ts";
import { adjustDifficulty } from "./giveWork.ts";
import { type FoundBlock, judgeShare, type ShareVerdict } from "./judgeShare.ts";
import { blame, forgive } from "./misdeeds.ts";
import { send, type ServerEffect, type ServerState, type ServerStep, stay } from "./serverState.ts";
import { countShare } from "./vardiff.ts";

/** A share of the miner. */
export function takeSubmit(state: ServerState, submission: Submission, now: Instant): ServerStep {
  const { id, user } = submission;
  const { extranonce1, versionMask, settings, parts } = state;
  if (!extranonce1) {
    return blame(stay(state, send(encodeError(id, "notSubscribed"))), "an invalid share");
  }
  if (!state.users.includes(user)) {
    const step = stay(state, send(encodeError(id, "unauthorized")));
    return blame(step, "a share for a user that is not authorised");
  }
  const grant = { extranonce1, versionMask, extranonce2Bytes: settings.extranonce2Bytes };
  const verdict = judgeShare(state.jobs, submission, grant, parts.sha256d, now);
  return verdict.outcome === "accepted"
    ? accept(state, submission, verdict, now)
    : refuse(state, submission, verdict);
}

type Accepted = Extract<ShareVerdict, { outcome: "accepted" }>;

function accept(state: ServerState, { id, user }: Submission, verdict: Accepted, now: Instant): ServerStep {
  const { outcome, difficulty, reached } = verdict;
  const counted = { ...forgive(state), shareAt: now, vardiff: countShare(state.vardiff) };
  const step = adjustDifficulty(counted, now);
  return {
    state: step.state,
    effects: [
      send(encodeResult(id, true)),
      { kind: "share", outcome, user, difficulty, reached },
      ...blockEffects(verdict.block, user),
      ...step.effects,
    ],
  };
}

function refuse(
  state: ServerState,
  { id, user }: Submission,
  { outcome, error, words, block }: Exclude<ShareVerdict, Accepted>,
): ServerStep {
  const step = stay(
    state,
    send(encodeError(id, error, words)),
    { kind: "share", outcome, user, difficulty: 0, reached: 0 },
    ...blockEffects(block, user),
  );
  switch (outcome) {
    case "stale":
      return step;
    case "duplicate":
      return blame(step, "a duplicate share");
    case "low-difficulty":
      return block ? step : blame(step, "a share below its difficulty");
    default:
      return blame(step, "an invalid share");
  }
}

function blockEffects(block: FoundBlock | undefined, user: string): readonly ServerEffect[] {
  if (!block) return [];
  const { job, header, coinbase, hash } = block;
  return [{ kind: "block", work: job.work, user, header, coinbase, hash }];
}
