import { type BlockTemplate, parseBlockTemplate } from "../blockTemplate.ts";
import { templateWork, type TemplateWork } from "../templateWork.ts";
import { scriptOfAddress } from "../address.ts";

/** Compact targets: of difficulty 1, and of regtest, which every second hash meets. */
export const sampleBits = { hard: "1d00ffff", regtest: "207fffff" } as const;

/** A template as a node gives it, over transactions that stand for themselves. */
export function sampleTemplate(bits: keyof typeof sampleBits, transactions = 2): BlockTemplate {
  return parseBlockTemplate({
    version: 0x20000000,
    rules: ["csv", "!segwit"],
    previousblockhash: "00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048",
    transactions: Array.from({ length: transactions }, (_, i) => {
      const id = (i + 1).toString(16).padStart(64, "0");
      return { data: id, txid: id, hash: id, fee: 100, weight: 400 };
    }),
    coinbasevalue: 5_000_000_200,
    mintime: 1_699_999_000,
    curtime: 1_700_000_000,
    bits: sampleBits[bits],
    height: 2,
    longpollid: "poll-1",
  });
}

export const sampleWork = (id: string, bits: keyof typeof sampleBits, transactions = 2): TemplateWork =>
  templateWork(sampleTemplate(bits, transactions), {
    id,
    payout: scriptOfAddress("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080", "regtest"),
    tag: "/hearthwork/",
    extranonceBytes: 8,
  });
