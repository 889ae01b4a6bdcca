import { bytesToHex } from "@noble/hashes/utils.js";
import type { Instant } from "../../../domain/index.ts";
import type { PoolMessage } from "../poolMessage.ts";
import { hex32, type StratumError, stratumErrors } from "../rpc.ts";
import type { Hit } from "../../work.ts";
import { ask, type ClientState, type ClientStep, type ShareOutcome, stay } from "./clientState.ts";
import { parseHeaderId, rollAt } from "./clientWork.ts";

/** A pool that lets more shares wait has stopped listening. */
const mostWaiting = 512;

/** Hands in a share, unless its job is void by now. */
export function submitHit(state: ClientState, hit: Hit, now: Instant): ClientStep {
  const { serial, index } = parseHeaderId(hit.work.id);
  const work = state.recent.find((work) => work.serial === serial);
  if (!work || state.phase !== "mining")
    return uncounted(state, "stale", "its job was void before it was found");
  const { difficulty, job, versionMask } = work;
  if (state.waiting.size >= mostWaiting) {
    return stay(state, {
      kind: "share",
      outcome: "rejected",
      difficulty,
      why: "too many shares await a verdict",
    });
  }
  const { extranonce2, version, time } = rollAt(work, index);
  const params = [state.settings.user, job.id, bytesToHex(extranonce2), hex32(time), hex32(hit.nonce)];
  if (state.rollsVersions) params.push(hex32(version & versionMask));
  return ask(state, "mining.submit", params, { kind: "submit", at: now, difficulty });
}

/** The pool's word on a share. */
export function takeVerdict(
  state: ClientState,
  { result, error }: Extract<PoolMessage, { kind: "reply" }>,
  difficulty: number,
): ClientStep {
  const outcome = error ? outcomeOf(error) : result === true ? "accepted" : "rejected";
  return stay(state, { kind: "share", outcome, difficulty, why: error?.message });
}

function uncounted(state: ClientState, outcome: ShareOutcome, why: string): ClientStep {
  return stay(state, { kind: "share", outcome, difficulty: state.difficulty ?? 0, why });
}

const outcomes = new Map<number, ShareOutcome>([
  [stratumErrors.stale[0], "stale"],
  [stratumErrors.duplicate[0], "duplicate"],
  [stratumErrors.lowDifficulty[0], "low-difficulty"],
]);

/** By its code; pools that know only one code say in words what is stale. */
function outcomeOf({ code, message }: StratumError): ShareOutcome {
  return outcomes.get(code) ?? (/\bstale\b|job not found/i.test(message) ? "stale" : "rejected");
}
