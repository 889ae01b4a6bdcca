import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { bytesToHex } from "@noble/hashes/utils.js";
import { z } from "zod";
import { difficultyOfTarget, targetOfBits, witnessCommitmentScript } from "../bitcoin/index.ts";
import { type Clock, type Random, Seconds } from "../domain/index.ts";

export interface VirtualBitcoinNodeOptions {
  readonly clock: Clock;
  readonly random: Random;
}

export interface VirtualBitcoinNode {
  readonly url: string;
  close(): Promise<void>;
}

const blockInterval = Seconds(600);
/** Mainnet's compact target of autumn 2025: hard enough that no computer finds a block of this chain. */
const bits = 0x1701f0cc;
const coinbaseValue = 312_500_000 + 2_400_000;

const requestSchema = z.object({
  id: z.unknown(),
  method: z.string(),
  params: z.array(z.unknown()).optional(),
});
const longPollSchema = z.tuple([z.object({ longpollid: z.string().optional() }).loose()]);

/**
 * A chain that exists nowhere else, behind a Bitcoin node's RPC on a free loopback port: gives templates of empty
 * blocks at mainnet's difficulty, a new tip every ten minutes, and accepts no block.
 */
export async function startVirtualBitcoinNode(
  options: VirtualBitcoinNodeOptions,
): Promise<VirtualBitcoinNode> {
  const { clock, random } = options;
  const ended = new AbortController();
  let height = 920_000;
  let tip = randomHash(random);
  let nextTip = new AbortController();

  async function extendChain(): Promise<void> {
    while (!ended.signal.aborted) {
      await clock.sleep(blockInterval, ended.signal);
      height += 1;
      tip = randomHash(random);
      nextTip.abort();
      nextTip = new AbortController();
    }
  }
  const extending = extendChain();

  const template = () => {
    const now = Math.floor(clock.now() / 1000);
    return {
      version: 0x20000000,
      rules: ["csv", "!segwit", "taproot"],
      vbavailable: {},
      vbrequired: 0,
      previousblockhash: tip,
      transactions: [],
      coinbaseaux: {},
      coinbasevalue: coinbaseValue,
      longpollid: `${tip}0`,
      target: targetOfBits(bits).toString(16).padStart(64, "0"),
      mintime: now - 3600,
      mutable: ["time", "transactions", "prevblock"],
      noncerange: "00000000ffffffff",
      sigoplimit: 80_000,
      sizelimit: 4_000_000,
      weightlimit: 4_000_000,
      curtime: now,
      bits: bits.toString(16),
      height: height + 1,
      default_witness_commitment: bytesToHex(witnessCommitmentScript([])),
    };
  };
  const methods: Readonly<Record<string, (params: readonly unknown[]) => unknown>> = {
    async getblocktemplate(params) {
      const asked = longPollSchema.safeParse(params).data?.[0].longpollid;
      if (asked === `${tip}0`)
        await clock.sleep(Seconds(60), AbortSignal.any([nextTip.signal, ended.signal]));
      return template();
    },
    getblockchaininfo: () => ({
      chain: "main",
      blocks: height,
      headers: height,
      bestblockhash: tip,
      difficulty: difficultyOfTarget(targetOfBits(bits)),
      initialblockdownload: false,
      verificationprogress: 1,
    }),
    submitblock: () => "rejected: this chain is virtual",
  };

  const server = createServer((request, response) => {
    void answer(request, methods).then(
      (body) => response.setHeader("content-type", "application/json").end(body),
      () => response.writeHead(400).end(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      ended.abort();
      await extending;
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(
  request: IncomingMessage,
  methods: Readonly<Record<string, (params: readonly unknown[]) => unknown>>,
): Promise<string> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 1_000_000) throw new Error("request too long");
  }
  const { id, method, params = [] } = requestSchema.parse(JSON.parse(text));
  const run = methods[method];
  if (!run)
    return JSON.stringify({ id, result: null, error: { code: -32_601, message: "Method not found" } });
  return JSON.stringify({ id, result: await run(params), error: null });
}

function randomHash(random: Random): string {
  const bytes = Array.from({ length: 24 }, () => random.integer(256).toString(16).padStart(2, "0"));
  return `${"0".repeat(16)}${bytes.join("")}`;
}
