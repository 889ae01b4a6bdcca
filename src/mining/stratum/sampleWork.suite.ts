import {
  createSha256d,
  type ClientWork,
  displayHash,
  headerAt,
  type HeaderWork,
  type Hit,
  meetsTarget,
  parseBlockTemplate,
  type TemplateWork,
  templateWork,
} from "../../bitcoin/index.ts";

const sha256d = createSha256d();

export interface SampleOptions {
  readonly id: string;
  /** Distinguishes tips. */
  readonly height?: number;
  /** Of the network: mainnet's of 2025 unless given. */
  readonly bits?: string;
  readonly transactions?: number;
}

/** Work as of a node's template, without a node. */
export function sampleWork({
  id,
  height = 900_000,
  bits = "1701f0cc",
  transactions = 3,
}: SampleOptions): TemplateWork {
  const hash = (n: number) => displayHash(sha256d(Uint8Array.of(n & 255, n >> 8, height & 255)));
  const template = parseBlockTemplate({
    version: 0x20000000,
    rules: ["csv", "!segwit", "taproot"],
    previousblockhash: hash(0),
    transactions: Array.from({ length: transactions }, (_, i) => ({ data: "00", txid: hash(i + 1) })),
    coinbasevalue: 312_500_000,
    curtime: 1_760_000_000,
    bits,
    height,
  });
  const payout = Uint8Array.of(0x00, 0x14, ...new Uint8Array(20));
  return templateWork(template, { id, payout, tag: "/test/", extranonceBytes: 8 });
}

/** Finds a share in the header number `index`. */
export const findShare = (work: ClientWork, index = 0): Hit => searchHeader(headerAt(work, index));

/** Finds a share by trying nonces in turn; only where the difficulty is tiny. */
export function searchHeader(work: HeaderWork): Hit {
  const bytes = Uint8Array.from(work.header);
  const view = new DataView(bytes.buffer);
  for (let nonce = 0; nonce < 2 ** 20; nonce += 1) {
    view.setUint32(76, nonce, true);
    const hash = sha256d(bytes);
    if (meetsTarget(hash, work.target)) return { work, nonce, hash };
  }
  throw new Error("no share among 2^20 nonces");
}
