import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { Sats } from "../domain/index.ts";
import { planCoinbase, withWitness } from "./coinbase.ts";
import { zeroHash } from "./hash.ts";
import { parseHash } from "./hash.ts";
import { sha256d } from "./sha256d.ts";
import { witnessCommitmentScript } from "./witness.ts";

const script = hexToBytes("0014751e76e8199196d454941c45d1b3a323f1433bd6");
const plan = {
  height: 840_000,
  outputs: [{ sats: Sats(312_500_000n), script }],
  tag: "/x/",
  extranonceBytes: 8,
};

describe("a coinbase", () => {
  it("is laid out byte for byte as consensus wants it", () => {
    const { prefix, suffix } = planCoinbase(plan);
    expect(bytesToHex(prefix)).toBe(
      [
        "02000000", // version
        "01", // one input,
        `${"00".repeat(32)}ffffffff`, // of nothing
        "11", // a script of 17 bytes:
        "0340d10c", // height 840,000
        "08", // room for the extranonces
      ].join(""),
    );
    expect(bytesToHex(suffix)).toBe(
      [
        "032f782f", // the tag
        "ffffffff", // sequence
        "01", // one output:
        "205fa01200000000", // 312,500,000 sats
        "160014751e76e8199196d454941c45d1b3a323f1433bd6",
        "00000000", // lock time
      ].join(""),
    );
  });

  it("has its witness put in as BIP 144 wants it", () => {
    const { prefix, suffix } = planCoinbase(plan);
    const coinbase = concatBytes(prefix, new Uint8Array(8), suffix);
    const whole = bytesToHex(withWitness(coinbase));
    const bare = bytesToHex(coinbase);
    expect(whole).toBe(`${bare.slice(0, 8)}0001${bare.slice(8, -8)}0120${"00".repeat(32)}${bare.slice(-8)}`);
  });

  it.each([
    [0, "00"],
    [1, "51"],
    [16, "60"],
    [17, "0111"],
    [127, "017f"],
    [128, "028000"],
    [255, "02ff00"],
    [256, "020001"],
    [32_767, "02ff7f"],
    [32_768, "03008000"],
    [227_931, "035b7a03"],
    [8_388_607, "03ffff7f"],
    [8_388_608, "0400008000"],
  ])("begins with the height (BIP 34): %i is %s", (height, push) => {
    const { prefix } = planCoinbase({ ...plan, height });
    expect(bytesToHex(prefix.slice(42, -1))).toBe(push);
  });

  it("takes a tag up to 100 bytes of script, and no longer one", () => {
    const longest = 100 - 4 - 1 - 8 - 2;
    const { prefix, suffix } = planCoinbase({ ...plan, tag: "t".repeat(longest) });
    expect(prefix[41]).toBe(100);
    expect(suffix.slice(0, 2)).toEqual(Uint8Array.of(0x4c, longest));
    expect(() => planCoinbase({ ...plan, tag: "t".repeat(longest + 1) })).toThrow("1 bytes too long");
  });

  it("counts a tag in bytes, not in characters", () => {
    const { suffix } = planCoinbase({ ...plan, tag: "Kamin 🔥" });
    expect(suffix.slice(0, 11)).toEqual(concatBytes(Uint8Array.of(10), utf8ToBytes("Kamin 🔥")));
  });

  it("may have no tag", () => {
    expect(bytesToHex(planCoinbase({ ...plan, tag: "" }).suffix)).toMatch(/^ffffffff/);
  });

  it.each([
    { ...plan, height: -1 },
    { ...plan, height: 1.5 },
    { ...plan, extranonceBytes: 0 },
    { ...plan, extranonceBytes: 33 },
  ])("is refused at height $height with $extranonceBytes bytes of extranonce", (plan) => {
    expect(() => planCoinbase(plan)).toThrow("a coinbase needs a height");
  });
});

describe("the witness commitment", () => {
  it("of a block of nothing but its coinbase is the one that every regtest node gives", () => {
    expect(bytesToHex(witnessCommitmentScript([]))).toBe(
      "6a24aa21a9ede2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf9",
    );
  });
  it("is over the wtxids in order, the coinbase counting as zero (BIP 141)", () => {
    const [a, b] = [parseHash("aa".repeat(32)), parseHash("bb".repeat(32))];
    const pair = (left: Uint8Array, right: Uint8Array) => sha256d(concatBytes(left, right));
    const root = pair(pair(zeroHash, a), pair(b, b));
    expect(bytesToHex(witnessCommitmentScript([a, b]))).toBe(
      `6a24aa21a9ed${bytesToHex(pair(root, new Uint8Array(32)))}`,
    );
  });
});
