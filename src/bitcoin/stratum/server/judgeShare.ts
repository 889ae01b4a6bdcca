import { hexToBytes } from "@noble/hashes/utils.js";
import type { Instant } from "../../../domain/index.ts";
import { difficultyOfHash } from "../../difficulty.ts";
import type { Sha256d } from "../../sha256d.ts";
import { meetsTarget } from "../../target.ts";
import { jobCoinbase, jobHeader, jobMerkleRoot } from "../jobHeader.ts";
import type { Submission } from "../minerMessage.ts";
import type { StratumErrorName } from "../rpc.ts";
import { rolledVersion } from "../versionBits.ts";
import { hasSeen, seeHash } from "./seenHashes.ts";
import type { ServedJob, ServedJobs } from "./servedJob.ts";

/** What a session granted to its miner. */
export interface Grant {
  readonly extranonce1: Uint8Array;
  readonly extranonce2Bytes: number;
  /** Version bits that the miner may roll; 0 when none. */
  readonly versionMask: number;
}

export type ShareVerdict =
  | {
      readonly outcome: "accepted";
      /** Credited. */
      readonly difficulty: number;
      /** The difficulty that its hash would just have met. */
      readonly reached: number;
      readonly block: FoundBlock | undefined;
    }
  | {
      readonly outcome: "stale" | "duplicate" | "low-difficulty" | "invalid";
      readonly error: StratumErrorName;
      /** Instead of the error's usual words. */
      readonly words: string | undefined;
      /** The pool's own share bar was above the network's. */
      readonly block: FoundBlock | undefined;
    };

/** A header whose hash meets the network's target. */
export interface FoundBlock {
  readonly job: ServedJob;
  readonly header: Uint8Array;
  readonly coinbase: Uint8Array;
  readonly hash: Uint8Array;
}

/** A miner that finds more at one work than this was given too low a bar. At eight works it is 256 KiB of hashes. */
export const mostAccepted = 1024;

/** Whether a share counts. Remembers in `jobs` what was accepted. */
export function judgeShare(
  jobs: ServedJobs,
  submission: Submission,
  grant: Grant,
  sha256d: Sha256d,
  now: Instant,
): ShareVerdict {
  const job = jobs.byId.get(submission.jobId);
  if (!job) return refuseJob(jobs, submission.jobId);
  const misfit = findMisfit(job, submission, grant);
  if (misfit !== undefined) return invalid(misfit);
  const { accepted } = job;
  if (accepted.size >= mostAccepted) return invalid("Too many shares for one job");
  const { time, nonce, extranonce2 } = submission;
  const version = rolledVersion(
    job.work.version,
    grant.versionMask,
    submission.versionBits ?? job.work.version,
  );
  const coinbase = jobCoinbase(job.work, grant.extranonce1, hexToBytes(extranonce2));
  const root = jobMerkleRoot(job.work, coinbase, sha256d);
  const header = jobHeader(job.work, root, { version, time, nonce });
  const hash = sha256d(header);
  if (hasSeen(accepted, hash)) return refused("duplicate", "duplicate");
  const block = meetsTarget(hash, job.work.networkTarget) ? { job, header, hash, coinbase } : undefined;
  const difficulty = creditOf(job, hash, now);
  if (difficulty === undefined) return refused("low-difficulty", "lowDifficulty", undefined, block);
  seeHash(accepted, hash);
  return { outcome: "accepted", difficulty, reached: difficultyOfHash(hash), block };
}

const refused = (
  outcome: "stale" | "duplicate" | "low-difficulty" | "invalid",
  error: StratumErrorName,
  words?: string,
  block?: FoundBlock,
): ShareVerdict => ({ outcome, error, words, block });
const invalid = (words: string) => refused("invalid", "other", words);

function refuseJob({ voided }: ServedJobs, id: string): ShareVerdict {
  return refused(voided.includes(id) ? "stale" : "invalid", "stale");
}

function findMisfit({ work }: ServedJob, submission: Submission, grant: Grant): string | undefined {
  if (submission.extranonce2.length !== grant.extranonce2Bytes * 2) return "Invalid extranonce2 size";
  if (submission.time < work.minTime || submission.time > work.maxTime) return "Invalid ntime";
  if (((submission.versionBits ?? 0) & ~grant.versionMask) !== 0) return "Invalid version bits";
  return undefined;
}

/** The difficulty of the bar that the hash meets, if any. */
function creditOf({ bar, formerBar }: ServedJob, hash: Uint8Array, now: Instant): number | undefined {
  if (meetsTarget(hash, bar.target)) return bar.difficulty;
  if (formerBar && now < formerBar.until && meetsTarget(hash, formerBar.target)) return formerBar.difficulty;
  return undefined;
}
