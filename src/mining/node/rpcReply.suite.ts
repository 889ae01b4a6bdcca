import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBlockTemplate } from "../../bitcoin/index.ts";
import { HearthworkError } from "../../domain/index.ts";
import { readRpcReply } from "./rpcReply.ts";

const template = {
  version: 0x20000000,
  rules: ["csv", "!segwit", "taproot"],
  previousblockhash: "00".repeat(31).concat("07"),
  transactions: [
    { data: "00", txid: "ab".repeat(32), hash: "cd".repeat(32), depends: [], fee: 5, weight: 4 },
  ],
  coinbasevalue: 312_500_000,
  longpollid: "ef".repeat(36),
  mintime: 1_700_000_000,
  curtime: 1_700_000_100,
  bits: "1701f0cc",
  height: 900_000,
  default_witness_commitment: `6a24aa21a9ed${"11".repeat(32)}`,
};
const goodReply = JSON.stringify({ id: 1, result: template, error: null });

/** A good reply with a few of its characters or values replaced. */
const damagedReply = fc.oneof(
  fc
    .array(fc.tuple(fc.nat(goodReply.length - 1), fc.string({ unit: "binary", maxLength: 3 })), {
      maxLength: 4,
    })
    .map((cuts) => {
      let text = goodReply;
      for (const [at, put] of cuts) text = text.slice(0, at) + put + text.slice(at + 1);
      return text;
    }),
  fc
    .tuple(fc.constantFrom(...Object.keys(template)), fc.jsonValue())
    .map(([key, value]) => JSON.stringify({ id: 1, result: { ...template, [key]: value }, error: null })),
);
const anyReply = fc.oneof(
  { arbitrary: damagedReply, weight: 6 },
  fc.string({ unit: "binary" }),
  fc.json(),
  fc
    .record({ id: fc.constantFrom(1, 2, null), result: fc.jsonValue(), error: fc.jsonValue() })
    .map((reply) => JSON.stringify(reply)),
);

/** Whatever a node, or what pretends to be one, replies. */
export function describeAnyReply(inputs: number): void {
  describe("any reply", () => {
    it(`is taken in or refused by name (${inputs} replies)`, { timeout: 3_600_000 }, () => {
      const taken = { templates: 0, refused: 0 };
      fc.assert(
        fc.property(fc.constantFrom(200, 401, 403, 404, 500, 503), anyReply, (status, body) => {
          try {
            parseBlockTemplate(readRpcReply(status, body, 1, "getblocktemplate"));
            taken.templates += 1;
          } catch (thrown) {
            if (!(thrown instanceof HearthworkError)) throw thrown;
            if (thrown.message.length > 1000)
              throw new Error("a reply gave an endless message", { cause: thrown });
            taken.refused += 1;
          }
        }),
        { numRuns: inputs },
      );
      expect(taken.templates).toBeGreaterThan(0);
      expect(taken.refused).toBeGreaterThan(inputs / 10);
    });
  });
}
