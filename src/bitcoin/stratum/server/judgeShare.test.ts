import { hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { Instant } from "../../../domain/index.ts";
import { displayHash } from "../../hash.ts";
import { sha256d } from "../../sha256d.ts";
import type { Submission } from "../minerMessage.ts";
import { block1 } from "./block1.suite.ts";
import { judgeShare } from "./judgeShare.ts";
import { addJob, barOf, noJobs } from "./servedJob.ts";

const now = Instant(0);
const grant = { extranonce1: hexToBytes("04ffff"), extranonce2Bytes: 4, versionMask: 0 };
/** The real one. */
const extranonce2 = "001d0104";
const nonce = 2573394689;

function judge() {
  const { jobs } = addJob(noJobs, { work: block1, bar: barOf(1e-12), former: undefined, clean: true }, now);
  let hashed = 0;
  const counting = (bytes: Uint8Array) => {
    hashed++;
    return sha256d(bytes);
  };
  return (changes: Partial<Submission>) => {
    hashed = 0;
    const submission = {
      id: 1,
      user: "u",
      jobId: "block1",
      extranonce2,
      time: block1.time,
      nonce,
      versionBits: undefined,
    };
    const verdict = judgeShare(jobs, { ...submission, ...changes }, grant, counting, now);
    const block = verdict.block && displayHash(verdict.block.hash);
    return { outcome: verdict.outcome, block, hashed };
  };
}

const realHash = "00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048";

describe("a share", () => {
  it("is hashed with its own extranonce2, whichever came before", () => {
    const take = judge();
    expect(take({ extranonce2: "00000000" })).toEqual({ outcome: "accepted", block: undefined, hashed: 2 });
    expect(take({})).toEqual({ outcome: "accepted", block: realHash, hashed: 2 });
    const again = judge();
    expect(again({ nonce: 1 })).toMatchObject({ block: undefined });
    expect(again({ extranonce2: "00000000" })).toMatchObject({ block: undefined });
    expect(again({})).toMatchObject({ block: realHash });
  });

  it("is validated in full whatever came before, and known by its hash when it comes again", () => {
    const take = judge();
    expect(take({ nonce: 1 })).toMatchObject({ outcome: "accepted", hashed: 2 });
    expect(take({ nonce: 2 })).toMatchObject({ outcome: "accepted", hashed: 2 });
    expect(take({ nonce: 1 })).toEqual({ outcome: "duplicate", block: undefined, hashed: 2 });
    expect(take({})).toMatchObject({ block: realHash });
    expect(take({})).toMatchObject({ outcome: "duplicate", block: undefined });
  });
});
