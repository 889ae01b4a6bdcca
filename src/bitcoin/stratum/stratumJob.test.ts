import { hexToBytes } from "@noble/hashes/utils.js";
import { expect, it } from "vitest";
import { displayHash } from "../hash.ts";
import { encodeTarget, meetsTarget, targetOfBits } from "../target.ts";
import { sha256d } from "../sha256d.ts";
import { headerAt, rollAt } from "./client/clientWork.ts";
import { jobCoinbase, jobHeader, jobMerkleRoot } from "./jobHeader.ts";
import { parsePoolMessage } from "./poolMessage.ts";
import { encodeJobBody, type StratumJob } from "./stratumJob.ts";
import { rolledVersion } from "./versionBits.ts";

/** Block 1 of the main chain, as a pool would have given it out, its script cut where extranonces may go. */
const block1 = {
  notify: [
    "1",
    "0a8ce26f72b3f1b646a2a6c14ff763ae65831e939c085ae10019d66800000000",
    "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff07",
    "ffffffff0100f2052a0100000043410496b538e853519c726a2c91e61ec11600ae1390813a627c66fb8be7947be63c52da7589379515d4e0a604f8141781e62294721166bf621e73a82cbf2342c858eeac00000000",
    [],
    "00000001",
    "1d00ffff",
    "4966bc61",
    true,
  ],
  extranonce1: "04ffff",
  extranonce2: "001d0104",
  nonce: 2573394689,
  hash: "00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048",
};

function jobOf(params: readonly unknown[]): StratumJob {
  const message = parsePoolMessage(JSON.stringify({ id: null, method: "mining.notify", params }));
  if (message.kind !== "notify") throw new Error(`no job but ${JSON.stringify(message)}`);
  return message.job;
}

const job = jobOf(block1.notify);

it("a real block, mined by way of Stratum, has its real hash", () => {
  const coinbase = jobCoinbase(job, hexToBytes(block1.extranonce1), hexToBytes(block1.extranonce2));
  const fields = { version: job.version, time: job.time, nonce: block1.nonce };
  const hash = sha256d(jobHeader(job, jobMerkleRoot(job, coinbase), fields));
  expect(displayHash(hash)).toBe(block1.hash);
  expect(meetsTarget(hash, encodeTarget(targetOfBits(job.bits)))).toBe(true);
});

it("is written as it was read", () => {
  const [id, ...rest] = block1.notify;
  expect(encodeJobBody(job)).toBe(JSON.stringify(rest.slice(0, -1)).slice(1, -1));
  expect(id).toBe(job.id);
});

it("a miner counts through that very header", () => {
  const index = Number.parseInt(block1.extranonce2, 16);
  const extranonce = { extranonce1: hexToBytes(block1.extranonce1), extranonce2Bytes: 4 };
  const target = encodeTarget(targetOfBits(job.bits));
  const work = headerAt({ serial: 1, job, extranonce, versionMask: 0, difficulty: 1, target }, index);
  const header = work.header.slice();
  expect(header.subarray(76)).toEqual(new Uint8Array(4));
  new DataView(header.buffer).setUint32(76, block1.nonce, true);
  expect(displayHash(sha256d(header))).toBe(block1.hash);
});

it("never rolls the same header twice: extranonce2 first, then the free version bits, then the time", () => {
  const extranonce = { extranonce1: new Uint8Array(4), extranonce2Bytes: 1 };
  const versionMask = 0x0000_6000;
  const work = { serial: 1, job, extranonce, versionMask, difficulty: 1, target: new Uint8Array(32) };
  const rolls = Array.from({ length: 3 * 4 * 256 }, (_, index) => rollAt(work, index));
  const names = rolls.map(({ extranonce2, version, time }) => `${extranonce2[0]} ${version} ${time}`);
  expect(new Set(names).size).toBe(rolls.length);
  expect(new Set(rolls.map(({ version }) => version))).toEqual(new Set([0x1, 0x2001, 0x4001, 0x6001]));
  expect(rolls.at(-1)?.time).toBe(job.time + 2);
  expect(rolls.slice(0, 256).every(({ version, time }) => version === 1 && time === job.time)).toBe(true);
});

it("rolls from the job's own version on", () => {
  const extranonce = { extranonce1: new Uint8Array(4), extranonce2Bytes: 1 };
  const rolling = { ...job, version: 0x2000_2000 };
  const work = { serial: 1, job: rolling, extranonce, difficulty: 1, target: new Uint8Array(32) };
  const versions = [0, 256, 512, 768].map((index) => rollAt({ ...work, versionMask: 0x6000 }, index).version);
  expect(versions).toEqual([0x2000_2000, 0x2000_0000, 0x2000_6000, 0x2000_4000]);
});

it.each([
  // BIP 310: nVersion = (job_version & ~last_mask) | (version_bits & last_mask)
  [0x20000000, 0x1fffe000, 0x00000000, 0x20000000],
  [0x20000000, 0x1fffe000, 0x1fffe000, 0x3fffe000],
  [0x20000000, 0x18000000, 0x08000000, 0x28000000],
  [0x20003000, 0x00003000, 0x00001000, 0x20001000],
  [0xe0000000, 0x1fffe000, 0x00002000, 0xe0002000],
  [0x20000004, 0x00000000, 0xffffffff, 0x20000004],
])("version %i, mask %i, bits %i give %i", (version, mask, bits, rolled) => {
  expect(rolledVersion(version, mask, bits)).toBe(rolled);
});
