import { bytesToHex } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HearthworkError } from "../domain/index.ts";
import { networks, scriptOfAddress } from "./address.ts";
import { decodeBech32 } from "./bech32.ts";

const keyHash = "751e76e8199196d454941c45d1b3a323f1433bd6";

describe("an address gives its script", () => {
  it.each([
    // The coinbase of block 0, as P2PKH.
    ["mainnet", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac"],
    ["mainnet", "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", `76a914${keyHash}88ac`],
    ["testnet", "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r", `76a914${keyHash}88ac`],
    ["regtest", "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r", `76a914${keyHash}88ac`],
    ["mainnet", "3JvL6Ymt8MVWiCNHC7oWU6nLeHNJKLZGLN", "a914bcfeb728b584253d5f3f70bcb780e9ef218a68f487"],
    // BIP 173 and 350.
    ["mainnet", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", `0014${keyHash}`],
    ["mainnet", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", `0014${keyHash}`],
    [
      "testnet",
      "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
      "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
    ],
    [
      "testnet",
      "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
      "0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
    ],
    [
      "testnet",
      "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
      "5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
    ],
    [
      "mainnet",
      "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
      "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
    ],
    ["regtest", "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080", `0014${keyHash}`],
  ] as const)("%s %s", (network, address, script) => {
    expect(bytesToHex(scriptOfAddress(address, network))).toBe(script);
  });
});

describe("an address is refused, and the message says why", () => {
  it.each([
    ["", "too short"],
    ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "checksum"],
    ["1A1zP1eP5QGefi2DMPTfTL5SLmv7Div0Na", "Base58 lacks"],
    ["mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r", "belongs to testnet or regtest, not to mainnet"],
    ["tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", "belongs to testnet, not to mainnet"],
    ["bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080", "belongs to regtest, not to mainnet"],
    ["LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", "another coin"],
    ["tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut", "Base58 lacks"],
    ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "checksum"],
    [
      "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
      "written in bech32 where bech32m is wanted",
    ],
    ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", "written in bech32m where bech32 is wanted"],
    ["bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", "character that Bech32 lacks"],
    ["BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", "no such witness version"],
    ["bc1pw5dgrnzv", "1 bytes where 32"],
    ["bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav", "41 bytes"],
    ["bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", "40 bytes where 32"],
    ["BC1SW50QGDZ25J", "no meaning yet"],
    ["bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "no meaning yet"],
    ["BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", "16 bytes where 20 or 32"],
    ["tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq", "mixes upper and lower case"],
    ["bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf", "padding"],
    ["tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j", "padding"],
    ["bc1gmk9yu", "padding|carries|wanted"],
    ["1".repeat(91), "too long"],
  ])("%s: %s", (address, why) => {
    const refusal = refusalOf(() => scriptOfAddress(address, "mainnet"));
    expect(refusal.code).toBe("bitcoin/bad-address");
    expect(refusal.message).toMatch(new RegExp(why));
  });
});

it("notices every single mistyped character", () => {
  const addresses = [
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH",
  ];
  const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7lABC";
  for (const address of addresses) {
    for (let at = 3; at < address.length; at++) {
      for (const letter of letters) {
        if (address[at] === letter) continue;
        const mistyped = address.slice(0, at) + letter + address.slice(at + 1);
        expect(() => scriptOfAddress(mistyped, "mainnet"), mistyped).toThrow(HearthworkError);
      }
    }
  }
});

it("throws nothing but its own refusal, whatever it is given", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 120 }), fc.constantFrom(...networks), (text, network) => {
      expect(refusalOf(() => scriptOfAddress(text, network)).code).toBe("bitcoin/bad-address");
    }),
  );
});

describe("Bech32 as BIP 173 and BIP 350 test it", () => {
  it.each([
    ["bech32", "A12UEL5L", "a"],
    [
      "bech32",
      "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
      "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio",
    ],
    ["bech32", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "abcdef"],
    ["bech32", "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", "split"],
    ["bech32", "?1ezyfcl", "?"],
    ["bech32m", "A1LQFN3A", "a"],
    ["bech32m", "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx", "abcdef"],
    ["bech32m", "split1checkupstagehandshakeupstreamerranterredcaperredlc445v", "split"],
    ["bech32m", "?1v759aa", "?"],
  ])("%s %s", (encoding, text, prefix) => {
    expect(decodeBech32(text)).toMatchObject({ encoding, prefix });
  });
  it.each([
    " 1nwldj5",
    "\u007f1axkwrx",
    "\u00801eym55h",
    "an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx",
    "pzry9x0s0muk",
    "1pzry9x0s0muk",
    "x1b4n0q5v",
    "li1dgmt3",
    "A1G7SGD8",
    "10a06t8",
    "1qzzfhee",
    "qyrz8wqd2c9m",
    "y1b0jsk6g",
    "in1muywd",
    "mm1crxm3i",
    "M1VUXWEZ",
    "16plkw9",
  ])("refuses %j", (text) => {
    expect(decodeBech32(text)).toHaveProperty("why");
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
