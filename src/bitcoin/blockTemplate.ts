import { hexToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { HearthworkError, Sats } from "../domain/index.ts";
import { parseHash } from "./hash.ts";
import { type Target, targetOfBits } from "./target.ts";
import { witnessCommitmentScript } from "./witness.ts";

export interface TemplateTransaction {
  /** As it stands in a block, hex: the node takes it back as it gave it. */
  readonly data: string;
  /** 32 bytes in hashing order. */
  readonly txid: Uint8Array;
}

/** The block that a node would have mined next, coinbase apart. */
export interface BlockTemplate {
  readonly height: number;
  readonly version: number;
  /** 32 bytes in hashing order. */
  readonly previousHash: Uint8Array;
  readonly bits: number;
  readonly target: Target;
  /** Epoch seconds. */
  readonly time: number;
  /** The earliest time that the block may bear, epoch seconds. */
  readonly minTime: number;
  /** Subsidy and fees. */
  readonly reward: Sats;
  readonly transactions: readonly TemplateTransaction[];
  /** Commits to the witnesses; undefined where the node does not know them. */
  readonly witnessCommitment: Uint8Array | undefined;
  /** Names this template to the node's long poll. */
  readonly longPollId: string | undefined;
}

/** What a node must be told that we know, and all that it may demand. */
export const knownRules = ["csv", "segwit", "taproot"] as const;

/** Consensus: a block weighs at most 4,000,000, a transaction at least 240. */
const mostTransactions = 4_000_000 / 240;
const mostBlockBytes = 4_000_000;

const hash = z.string().regex(/^[0-9a-f]{64}$/i);
const hex = (mostBytes: number) =>
  z
    .string()
    .max(mostBytes * 2)
    .regex(/^(?:[0-9a-f]{2})*$/i);
const epochSeconds = z.int().min(0).max(0xffff_ffff);

const templateReply = z.object({
  version: z.int().min(-0x8000_0000).max(0xffff_ffff),
  rules: z.array(z.string().max(64)).max(64).default([]),
  previousblockhash: hash,
  transactions: z
    .array(z.object({ data: hex(mostBlockBytes), txid: hash, hash: hash.optional() }))
    .max(mostTransactions),
  coinbasevalue: z.int().min(0).max(21e14),
  longpollid: z.string().max(1024).optional(),
  mintime: epochSeconds.optional(),
  curtime: epochSeconds,
  bits: z.string().regex(/^[0-9a-f]{8}$/i),
  height: z.int().min(1).max(0x7fff_ffff),
  default_witness_commitment: hex(128).optional(),
});

/**
 * Takes in a node's reply to `getblocktemplate` (BIP 22, 23, 9, 145).
 * @throws {HearthworkError} `bitcoin/bad-template` when the reply is none, `bitcoin/unknown-rule` when it demands
 * a rule that we do not know.
 */
export function parseBlockTemplate(reply: unknown): BlockTemplate {
  const parsed = templateReply.safeParse(reply);
  if (!parsed.success) throw badTemplate(z.prettifyError(parsed.error).slice(0, 500), parsed.error);
  const template = parsed.data;
  refuseUnknownRules(template.rules);
  const bytes = template.transactions.reduce((sum, { data }) => sum + data.length / 2, 0);
  if (bytes > mostBlockBytes) throw badTemplate(`its transactions have ${bytes} bytes`);
  const bits = Number.parseInt(template.bits, 16);
  return {
    height: template.height,
    version: template.version >>> 0,
    previousHash: parseHash(template.previousblockhash),
    bits,
    target: targetOfBits(bits),
    time: template.curtime,
    minTime: template.mintime ?? template.curtime,
    reward: Sats(BigInt(template.coinbasevalue)),
    transactions: template.transactions.map(({ data, txid }) => ({ data, txid: parseHash(txid) })),
    witnessCommitment: witnessCommitmentOf(template),
    longPollId: template.longpollid,
  };
}

/** Some nodes name a commitment before witnesses are allowed in blocks: the rule decides. */
function witnessCommitmentOf(template: z.infer<typeof templateReply>): Uint8Array | undefined {
  if (!template.rules.some((rule) => rule.replace("!", "") === "segwit")) return undefined;
  const { default_witness_commitment: commitment, transactions } = template;
  if (commitment !== undefined) return hexToBytes(commitment);
  return witnessCommitmentScript(transactions.map(({ txid, hash }) => parseHash(hash ?? txid)));
}

function refuseUnknownRules(rules: readonly string[]): void {
  const unknown = rules.find(
    (rule) => rule.startsWith("!") && !knownRules.some((known) => rule === `!${known}`),
  );
  if (unknown === undefined) return;
  throw new HearthworkError({
    code: "bitcoin/unknown-rule",
    message: `the node demands the rule ${unknown.slice(1)}, which this version does not know; update hearthwork or mine on another network`,
    data: { rule: unknown },
  });
}

const badTemplate = (why: string, cause?: unknown) =>
  new HearthworkError({
    code: "bitcoin/bad-template",
    message: `the node's block template cannot be used: ${why}; check that the node is in step with the network`,
    retry: "later",
    cause,
  });
