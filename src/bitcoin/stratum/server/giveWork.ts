import { type Instant } from "../../../domain/index.ts";
import type { TemplateWork } from "../../templateWork.ts";
import { encodeNotification } from "../rpc.ts";
import { addJob, barOf, encodeNotify } from "./servedJob.ts";
import { isMining, send, type ServerState, type ServerStep, stay } from "./serverState.ts";
import { judge, tidy, type VardiffLimits } from "./vardiff.ts";

/** New work of the pool. */
export function takeWork(
  state: ServerState,
  { work, clean }: { readonly work: TemplateWork; readonly clean: boolean },
  now: Instant,
): ServerStep {
  return giveWork({ ...state, work }, clean, now);
}

/** Gives the miner what the pool works on; nothing yet where it has not introduced itself. */
export function giveWork(state: ServerState, clean: boolean, now: Instant): ServerStep {
  const { work, vardiff } = state;
  if (!work || !isMining(state)) return stay(state);
  const difficulty = tidy(vardiff.difficulty, limitsOf(state));
  const isFirst = state.jobs.given === 0;
  const isChanged = isFirst || difficulty !== state.difficulty;
  const { jobs, job } = addJob(
    state.jobs,
    { work, bar: barOf(difficulty), former: isFirst ? undefined : barOf(state.difficulty), clean },
    now,
  );
  const next = {
    ...state,
    jobs,
    difficulty,
    vardiff: isChanged ? { ...vardiff, difficulty, since: now, shares: 0 } : vardiff,
  };
  const notify = send(encodeNotify(job, clean || isFirst));
  if (!isChanged) return stay(next, notify);
  return stay(
    next,
    send(encodeNotification("mining.set_difficulty", [difficulty])),
    { kind: "difficulty", difficulty },
    notify,
  );
}

/** Sets another difficulty where shares come far too often or too rarely, and gives the same work with it. */
export function adjustDifficulty(state: ServerState, now: Instant): ServerStep {
  if (state.jobs.given === 0) return stay(state);
  const vardiff = judge(state.vardiff, limitsOf(state), now);
  if (vardiff === state.vardiff) return stay(state);
  const next = { ...state, vardiff };
  return vardiff.difficulty === state.difficulty ? stay(next) : giveWork(next, false, now);
}

export function limitsOf({ settings, minimumDifficulty, work }: ServerState): VardiffLimits {
  return {
    shareEvery: settings.shareEvery,
    floor: Math.max(settings.minDifficulty, minimumDifficulty),
    ceiling: Math.min(settings.maxDifficulty, work?.networkDifficulty ?? settings.maxDifficulty),
  };
}
