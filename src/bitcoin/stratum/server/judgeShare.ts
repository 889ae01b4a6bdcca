import { hexToBytes } from "@noble/hashes/utils.js";
import type { Instant } from "../../../domain/index.ts";
import type { Sha256d } from "../../sha256d.ts";
import { meetsTarget } from "../../target.ts";
import { jobCoinbase, jobHeader, jobMerkleRoot } from "../jobHeader.ts";
import type { Submission } from "../minerMessage.ts";
import type { StratumErrorName } from "../rpc.ts";
import { rolledVersion } from "../versionBits.ts";
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

/** A miner that finds more at one work than this was given too low a bar. */
const mostAccepted = 4096;
const mostRoots = 16;

/** Whether a share counts. Remembers in `jobs` what was accepted and what was computed. */
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
  const { time, nonce, extranonce2 } = submission;
  const version = rolledVersion(
    job.work.version,
    grant.versionMask,
    submission.versionBits ?? job.work.version,
  );
  const { accepted } = job.found;
  const key = `${extranonce2}:${time}:${nonce}:${version}`;
  if (accepted.has(key)) return refused("duplicate", "duplicate");
  if (accepted.size >= mostAccepted) return invalid("Too many shares for one job");

  const root = rootOf(job, extranonce2, grant, sha256d);
  const header = jobHeader(job.work, root, { version, time, nonce });
  const hash = sha256d(header);
  const block = meetsTarget(hash, job.work.networkTarget)
    ? { job, header, hash, coinbase: jobCoinbase(job.work, grant.extranonce1, hexToBytes(extranonce2)) }
    : undefined;
  const difficulty = creditOf(job, hash, now);
  if (difficulty === undefined) return refused("low-difficulty", "lowDifficulty", undefined, block);
  accepted.add(key);
  return { outcome: "accepted", difficulty, block };
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

function rootOf(job: ServedJob, extranonce2: string, grant: Grant, sha256d: Sha256d): Uint8Array {
  const { roots } = job.found;
  const known = roots.get(extranonce2);
  if (known) return known;
  const coinbase = jobCoinbase(job.work, grant.extranonce1, hexToBytes(extranonce2));
  const root = jobMerkleRoot(job.work, coinbase, sha256d);
  if (roots.size >= mostRoots) roots.clear();
  roots.set(extranonce2, root);
  return root;
}

/** The difficulty of the bar that the hash meets, if any. */
function creditOf({ bar, formerBar }: ServedJob, hash: Uint8Array, now: Instant): number | undefined {
  if (meetsTarget(hash, bar.target)) return bar.difficulty;
  if (formerBar && now < formerBar.until && meetsTarget(hash, formerBar.target)) return formerBar.difficulty;
  return undefined;
}
