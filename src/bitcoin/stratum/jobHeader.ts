import { foldMerkleBranch } from "../merkle.ts";
import { type Sha256d, sha256d } from "../sha256d.ts";
import { concatBytes } from "@noble/hashes/utils.js";
import { encodeHeader } from "../header.ts";
import type { StratumJob } from "./stratumJob.ts";

/** What a miner fills into a job's header. */
export interface HeaderFields {
  /** Unsigned, rolled bits included. */
  readonly version: number;
  /** Epoch seconds. */
  readonly time: number;
  readonly nonce: number;
}

/** The coinbase of a job, as its txid is hashed. */
export const jobCoinbase = (job: StratumJob, extranonce1: Uint8Array, extranonce2: Uint8Array): Uint8Array =>
  concatBytes(job.coinbase1, extranonce1, extranonce2, job.coinbase2);

/** The merkle root over a job's coinbase. */
export const jobMerkleRoot = (job: StratumJob, coinbase: Uint8Array, hash: Sha256d = sha256d): Uint8Array =>
  foldMerkleBranch(hash(coinbase), job.merkleBranch, hash);

/** The 80 bytes that are hashed. */
export const jobHeader = (job: StratumJob, merkleRoot: Uint8Array, fields: HeaderFields): Uint8Array =>
  encodeHeader({ previousHash: job.previousHash, bits: job.bits, merkleRoot, ...fields });
