import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { hex32, uint32 } from "./rpc.ts";

/** What a pool gives its miners to work on: all of a block but extranonces, time, version bits and nonce. */
export interface StratumJob {
  readonly id: string;
  /** 32 bytes in hashing order. */
  readonly previousHash: Uint8Array;
  /** The coinbase before and after the extranonces. */
  readonly coinbase1: Uint8Array;
  readonly coinbase2: Uint8Array;
  readonly merkleBranch: readonly Uint8Array[];
  /** Unsigned. */
  readonly version: number;
  /** The network's compact target. */
  readonly bits: number;
  /** Epoch seconds. */
  readonly time: number;
}

/** As deep as a tree over every transaction that a block can hold, and some more. */
const deepestBranch = 24;

const bytes = z
  .string()
  .regex(/^(?:[0-9a-f]{2})*$/i)
  .transform(hexToBytes);
const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/i)
  .transform(hexToBytes);

/** The parameters of `mining.notify`: a job, and whether all earlier ones are void. */
export const notifyParams = z
  .tuple(
    [
      z.string().min(1).max(64),
      hash,
      bytes,
      bytes,
      z.array(hash).max(deepestBranch),
      uint32,
      uint32,
      uint32,
      z.boolean(),
    ],
    z.unknown(),
  )
  .transform(
    ([id, previous, coinbase1, coinbase2, merkleBranch, version, bits, time, clean]): {
      readonly job: StratumJob;
      readonly clean: boolean;
    } => ({
      job: { id, previousHash: swapWords(previous), coinbase1, coinbase2, merkleBranch, version, bits, time },
      clean,
    }),
  );

/** Every parameter of `mining.notify` between its first and its last, as JSON without brackets. */
export function encodeJobBody(job: StratumJob): string {
  return JSON.stringify([
    bytesToHex(swapWords(job.previousHash)),
    bytesToHex(job.coinbase1),
    bytesToHex(job.coinbase2),
    job.merkleBranch.map((hash) => bytesToHex(hash)),
    hex32(job.version),
    hex32(job.bits),
    hex32(job.time),
  ]).slice(1, -1);
}

/** Stratum writes the previous hash as eight words with the bytes of each turned round. */
function swapWords(hash: Uint8Array): Uint8Array {
  return hash.map((_, i) => hash[(i & ~3) + 3 - (i & 3)] ?? 0);
}
