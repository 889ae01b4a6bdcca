import { bytesToHex } from "@noble/hashes/utils.js";
import { type BlockTemplate, type TemplateTransaction } from "./blockTemplate.ts";
import { planCoinbase, withWitness } from "./coinbase.ts";
import { compactSize } from "./compactSize.ts";
import { Sats } from "../domain/index.ts";
import { difficultyOfTarget } from "./difficulty.ts";
import { merkleBranch } from "./merkle.ts";
import type { StratumJob } from "./stratum/stratumJob.ts";
import { encodeTarget } from "./target.ts";

/** A job that leads to a block of our own node. */
export interface TemplateWork extends StratumJob {
  readonly height: number;
  /** 32 bytes, little-endian. */
  readonly networkTarget: Uint8Array;
  readonly networkDifficulty: number;
  /** The times that the block may bear, epoch seconds. */
  readonly minTime: number;
  readonly maxTime: number;
  readonly reward: Sats;
  readonly transactions: readonly TemplateTransaction[];
  readonly hasWitness: boolean;
}

export interface WorkPlan {
  readonly id: string;
  /** Who is paid: see `scriptOfAddress`. */
  readonly payout: Uint8Array;
  readonly tag: string;
  /** Both extranonces together, bytes. */
  readonly extranonceBytes: number;
}

/** Consensus lets a block be two hours ahead of the nodes' clocks; this leaves 200 s for clocks that differ. */
const mostAheadSeconds = 7_000;

/** Makes a job of a node's template: one output for the whole reward, one for the witness commitment. */
export function templateWork(template: BlockTemplate, plan: WorkPlan): TemplateWork {
  const { witnessCommitment } = template;
  const { prefix, suffix } = planCoinbase({
    height: template.height,
    outputs: [
      { sats: template.reward, script: plan.payout },
      ...(witnessCommitment ? [{ sats: Sats(0n), script: witnessCommitment }] : []),
    ],
    tag: plan.tag,
    extranonceBytes: plan.extranonceBytes,
  });
  return {
    id: plan.id,
    previousHash: template.previousHash,
    coinbase1: prefix,
    coinbase2: suffix,
    merkleBranch: merkleBranch(template.transactions.map(({ txid }) => txid)),
    version: template.version,
    bits: template.bits,
    time: template.time,
    height: template.height,
    networkTarget: encodeTarget(template.target),
    networkDifficulty: difficultyOfTarget(template.target),
    minTime: template.minTime,
    maxTime: template.time + mostAheadSeconds,
    reward: template.reward,
    transactions: template.transactions,
    hasWitness: witnessCommitment !== undefined,
  };
}

/**
 * The whole block as `submitblock` takes it, hex.
 * @param header the 80 bytes that met the target.
 * @param coinbase as its txid is hashed.
 */
export function blockHex(work: TemplateWork, header: Uint8Array, coinbase: Uint8Array): string {
  const first = work.hasWitness ? withWitness(coinbase) : coinbase;
  return [
    bytesToHex(header),
    bytesToHex(compactSize(1 + work.transactions.length)),
    bytesToHex(first),
    ...work.transactions.map(({ data }) => data),
  ].join("");
}
