import { targetOfDifficulty } from "../../difficulty.ts";
import { encodeTarget } from "../../target.ts";
import { type ClientState, type ClientStep, stay } from "./clientState.ts";
import type { ClientWork } from "./clientWork.ts";

/** Work whose late shares still count. */
const mostRecent = 16;
/** Of a pool that names none. */
const usualDifficulty = 1;
const usualLeastDifficulty = 1e-5;

/** Makes work of the newest job as things stand now. */
export function renewWork(state: ClientState): ClientStep {
  const { job, extranonce, versionMask, difficulty = usualDifficulty } = state;
  if (!job || !extranonce) return stay(state);
  const serial = state.lastSerial + 1;
  const sought = Math.max(difficulty, state.settings.leastDifficulty ?? usualLeastDifficulty);
  const target = encodeTarget(targetOfDifficulty(sought));
  const work: ClientWork = { serial, job, extranonce, versionMask, difficulty, target };
  const next = { ...state, work, lastSerial: serial, recent: [...state.recent, work].slice(-mostRecent) };
  return state.phase === "mining" ? stay(next, { kind: "work", work }) : stay(next);
}
