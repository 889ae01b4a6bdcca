import type { HeaderWork } from "../../work.ts";
import { jobCoinbase, jobHeader, jobMerkleRoot } from "../jobHeader.ts";
import type { Extranonce } from "../poolMessage.ts";
import type { StratumJob } from "../stratumJob.ts";
import { rolledVersion } from "../versionBits.ts";

/** A job as one miner works on it. */
export interface ClientWork {
  /** Distinguishes all work of a session. */
  readonly serial: number;
  readonly job: StratumJob;
  readonly extranonce: Extranonce;
  /** Bits of the version that may be rolled; 0 when the pool allows none. */
  readonly versionMask: number;
  /** What the pool asks of a share, and credits. */
  readonly difficulty: number;
  /** Of the shares that are sought: 32 bytes, little-endian. */
  readonly target: Uint8Array;
}

/** What is rolled beside the nonce. */
export interface Roll {
  readonly extranonce2: Uint8Array;
  /** Unsigned. */
  readonly version: number;
  /** Epoch seconds. */
  readonly time: number;
}

/**
 * The header number `index` of some work, for an index from 0 to 2^53 − 1: the same for the same index, another
 * for another. A miner that counts on through all its work of a session never hashes a header twice.
 */
export function headerAt(work: ClientWork, index: number): HeaderWork {
  const { extranonce2, version, time } = rollAt(work, index);
  const root = jobMerkleRoot(work.job, jobCoinbase(work.job, work.extranonce.extranonce1, extranonce2));
  return {
    id: `${work.serial}:${index}`,
    header: jobHeader(work.job, root, { version, time, nonce: 0 }),
    target: work.target,
  };
}

/** The serial and the index that `headerAt` wrote into a header's id. */
export function parseHeaderId(id: string): { readonly serial: number; readonly index: number } {
  const [serial = Number.NaN, index = Number.NaN] = id.split(":").map(Number);
  return { serial, index };
}

/** Counts extranonce2 first; once it is used up the version's free bits, then the time. */
export function rollAt({ job, extranonce, versionMask }: ClientWork, index: number): Roll {
  const extranonce2 = new Uint8Array(extranonce.extranonce2Bytes);
  let rest = index;
  for (let at = extranonce2.length - 1; at >= 0; at--) {
    extranonce2[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  let bits = 0;
  for (let place = 0; place < 32; place++) {
    if (((versionMask >>> place) & 1) === 0) continue;
    bits |= (rest % 2) << place;
    rest = Math.floor(rest / 2);
  }
  return {
    extranonce2,
    version: rolledVersion(job.version, versionMask, job.version ^ bits),
    time: job.time + rest,
  };
}
