import { hexToBytes } from "@noble/hashes/utils.js";
import { Sats } from "../../../domain/index.ts";
import { parseHash } from "../../hash.ts";
import { encodeTarget, targetOfBits } from "../../target.ts";
import type { TemplateWork } from "../../templateWork.ts";

/** Block 1 of the main chain, as a pool would have given it out, its script cut where extranonces may go. */
export const block1: TemplateWork = {
  id: "block1",
  previousHash: parseHash("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"),
  coinbase1: hexToBytes(
    "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff07",
  ),
  coinbase2: hexToBytes(
    "ffffffff0100f2052a0100000043410496b538e853519c726a2c91e61ec11600ae1390813a627c66fb8be7947be63c52da7589379515d4e0a604f8141781e62294721166bf621e73a82cbf2342c858eeac00000000",
  ),
  merkleBranch: [],
  version: 1,
  bits: 0x1d00ffff,
  time: 1231469665,
  height: 1,
  networkTarget: encodeTarget(targetOfBits(0x1d00ffff)),
  networkDifficulty: 1,
  minTime: 1231469665,
  maxTime: 1231476665,
  reward: Sats(5_000_000_000n),
  transactions: [],
  hasWitness: false,
};
