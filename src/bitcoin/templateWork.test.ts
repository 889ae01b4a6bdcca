import { createRequire } from "node:module";
import { bytesToHex } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { describeWith } from "../../test/parts.ts";
import { HearthworkError } from "../domain/index.ts";
import { scriptOfAddress } from "./address.ts";
import { parseBlockTemplate } from "./blockTemplate.ts";
import { displayHash } from "./hash.ts";
import { jobCoinbase, jobHeader, jobMerkleRoot } from "./stratum/jobHeader.ts";
import { blockHex, templateWork } from "./templateWork.ts";

const address = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
const plan = {
  id: "1",
  payout: scriptOfAddress(address, "regtest"),
  tag: "/hearthwork/",
  extranonceBytes: 8,
};

const reply = {
  capabilities: ["proposal"],
  version: 0x20000000,
  rules: ["csv", "!segwit", "taproot"],
  vbavailable: {},
  previousblockhash: "00000000000000000001aa0ef4d9a9a5bc6c5b2b5b9e8e8e0d4f9dc1c5d6e7f8",
  transactions: [] as object[],
  coinbaseaux: {},
  coinbasevalue: 312_500_000,
  longpollid: "0001",
  target: "00000000000000000003ffff0000000000000000000000000000000000000000",
  mintime: 1_700_000_000,
  curtime: 1_700_000_600,
  bits: "1703ffff",
  height: 840_000,
};

describe("a block template", () => {
  it("is taken in", () => {
    const template = parseBlockTemplate(reply);
    expect(template).toMatchObject({
      height: 840_000,
      version: 0x20000000,
      bits: 0x1703ffff,
      target: 0x3ffffn << 160n,
      time: 1_700_000_600,
      minTime: 1_700_000_000,
      reward: 312_500_000n,
      longPollId: "0001",
    });
    expect(displayHash(template.previousHash)).toBe(reply.previousblockhash);
  });

  it("without long poll, earliest time, rules and witnesses is one of an old node", () => {
    const { longpollid: _, mintime: __, rules: ___, ...old } = reply;
    const template = parseBlockTemplate({ ...old, version: -2147483648 });
    expect(template).toMatchObject({ longPollId: undefined, minTime: reply.curtime, version: 0x80000000 });
    expect(template.witnessCommitment).toBeUndefined();
    expect(templateWork(template, plan).hasWitness).toBe(false);
  });

  it("commits to witnesses as the node says, or else as BIP 141 does", () => {
    const script = "6a24aa21a9ed".padEnd(76, "7");
    const given = parseBlockTemplate({ ...reply, default_witness_commitment: script });
    expect(bytesToHex(given.witnessCommitment ?? new Uint8Array())).toBe(script);
    expect(bytesToHex(parseBlockTemplate(reply).witnessCommitment ?? new Uint8Array())).toBe(
      "6a24aa21a9ede2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf9",
    );
  });

  const transaction = { data: "00", txid: "11".repeat(32), hash: "22".repeat(32) };
  it.each([
    ["nothing", undefined],
    ["an error", "No such rule"],
    ["a list", [reply]],
    ["no previous block", { ...reply, previousblockhash: undefined }],
    ["a hash too short", { ...reply, previousblockhash: "00" }],
    ["a value beyond all coins", { ...reply, coinbasevalue: 21e14 + 1 }],
    ["a negative value", { ...reply, coinbasevalue: -1 }],
    ["a time that is no number", { ...reply, curtime: "now" }],
    ["a time after 2106", { ...reply, curtime: 2 ** 32 }],
    ["half a byte of data", { ...reply, transactions: [{ ...transaction, data: "0" }] }],
    ["data that is no hex", { ...reply, transactions: [{ ...transaction, data: "zz" }] }],
    ["a transaction without id", { ...reply, transactions: [{ data: "00" }] }],
    [
      "more transactions than a block holds",
      { ...reply, transactions: Array.from({ length: 16_667 }, () => transaction) },
    ],
    [
      "more bytes than a block holds",
      {
        ...reply,
        transactions: Array.from({ length: 9 }, () => ({ ...transaction, data: "00".repeat(500_000) })),
      },
    ],
    ["a negative target", { ...reply, bits: "1d80ffff" }],
    ["height 0", { ...reply, height: 0 }],
  ])("is refused when it has %s", (_, reply) => {
    const refusal = refusalOf(() => parseBlockTemplate(reply));
    expect(["bitcoin/bad-template", "bitcoin/bad-bits"]).toContain(refusal.code);
  });

  it("is refused when it demands what we do not know", () => {
    const signet = { ...reply, rules: ["csv", "!segwit", "!signet"] };
    expect(refusalOf(() => parseBlockTemplate(signet)).message).toContain("the rule signet");
    expect(() => parseBlockTemplate({ ...reply, rules: ["somethingNew"] })).not.toThrow();
  });
});

interface Bcoin {
  readonly Block: { fromRaw(raw: Buffer): BcoinBlock };
  readonly Coin: new (options: object) => object;
  readonly KeyRing: {
    fromPrivate(key: Buffer, compressed: boolean): { witness: boolean; getAddress(): object };
  };
  readonly MTX: new () => BcoinTransaction;
  readonly Script: { fromAddress(address: object): object };
}
interface BcoinTransaction {
  addCoin(coin: object): void;
  addOutput(address: object, value: number): void;
  sign(ring: object): number;
  txid(): string;
  wtxid(): string;
  toRaw(): Buffer;
  hasWitness(): boolean;
}
interface BcoinBlock {
  readonly txs: readonly {
    isCoinbase(): boolean;
    isSane(): boolean;
    wtxid(): string;
    hasWitness(): boolean;
  }[];
  checkBody(): readonly [boolean, string, number];
  getCoinbaseHeight(): number;
  getCommitmentHash(encoding: "hex"): string | null;
  createCommitmentHash(encoding: "hex"): string;
  rhash(): string;
  toRaw(): Buffer;
}

describeWith("bitcoin-node", "a block that we put together", (path) => {
  const { Block, Coin, KeyRing, MTX, Script } = createRequire(import.meta.url)(path) as Bcoin;

  function payment(index: number, withWitness: boolean) {
    const ring = KeyRing.fromPrivate(Buffer.alloc(32, (index % 200) + 1), true);
    ring.witness = withWitness;
    const script = Script.fromAddress(ring.getAddress());
    const hash = (index + 1).toString(16).padStart(64, "0");
    const transaction = new MTX();
    transaction.addCoin(
      new Coin({ version: 1, height: 1, value: 100_000, script, coinbase: false, hash, index: 0 }),
    );
    transaction.addOutput(ring.getAddress(), 90_000);
    expect(transaction.sign(ring)).toBe(1);
    expect(transaction.hasWitness()).toBe(withWitness);
    return { data: transaction.toRaw().toString("hex"), txid: transaction.txid(), hash: transaction.wtxid() };
  }

  it.each([0, 1, 2, 5, 60])("over %i payments is whole to another implementation", (count) => {
    const transactions = Array.from({ length: count }, (_, i) => payment(i, i % 3 !== 2));
    const work = templateWork(parseBlockTemplate({ ...reply, transactions }), plan);
    const coinbase = jobCoinbase(work, Uint8Array.of(1, 2, 3, 4), Uint8Array.of(5, 6, 7, 8));
    const fields = { version: work.version, time: work.time, nonce: 42 };
    const header = jobHeader(work, jobMerkleRoot(work, coinbase), fields);

    const raw = Buffer.from(blockHex(work, header, coinbase), "hex");
    const block = Block.fromRaw(raw);
    expect(block.toRaw()).toEqual(raw);
    expect(block.checkBody()).toEqual([true, "valid", 0]);
    expect(block.txs).toHaveLength(count + 1);
    expect(block.txs[0]?.isCoinbase()).toBe(true);
    expect(block.txs[0]?.isSane()).toBe(true);
    expect(block.getCoinbaseHeight()).toBe(840_000);
    expect(block.getCommitmentHash("hex")).toBe(block.createCommitmentHash("hex"));
    expect(block.txs.slice(1).map((transaction) => transaction.wtxid())).toEqual(
      transactions.map(({ hash }) => hash),
    );
  });
});

function refusalOf(act: () => unknown): HearthworkError {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof HearthworkError) return thrown;
    throw thrown;
  }
  throw new Error("it was not refused");
}
