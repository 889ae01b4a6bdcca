import { z } from "zod";
import { type BlockTemplate, knownRules, type Network, parseBlockTemplate } from "../../bitcoin/index.ts";
import { HearthworkError, Seconds } from "../../domain/index.ts";
import { type CallBounds, openRpcClient, type RpcClientOptions } from "./rpcClient.ts";
import { plain } from "./rpcReply.ts";

export interface ChainInfo {
  readonly network: Network;
  /** Of the newest block. */
  readonly height: number;
}

/** What a node said of a block that it was given. */
export type Submission =
  | { readonly outcome: "accepted" }
  /** It had the block already, as after a reply that was lost. */
  | { readonly outcome: "duplicate" }
  /** The node has it, but cannot tell yet or prefers another block. */
  | { readonly outcome: "inconclusive" }
  | { readonly outcome: "rejected"; readonly why: string };

/** A Bitcoin node as a pool needs it. Faults are `node/…` and, for templates, `bitcoin/…`. */
export interface NodeClient {
  chainInfo(signal?: AbortSignal): Promise<ChainInfo>;
  /** The block to mine next; with a long poll's id, once it is another than that. */
  blockTemplate(longPollId?: string, signal?: AbortSignal): Promise<BlockTemplate>;
  submitBlock(hex: string, signal?: AbortSignal): Promise<Submission>;
  close(): void;
}

/** A node without news is asked again after this time, so that a connection that died unseen is found out. */
const longPollPatience = Seconds(600);

const chainInfoReply = z.object({
  chain: z.string(),
  blocks: z.int().min(0),
});

/** @throws {HearthworkError} `node/bad-url`. */
export function openNodeClient(options: RpcClientOptions): NodeClient {
  const rpc = openRpcClient(options);
  const bounds = (signal?: AbortSignal): CallBounds => (signal ? { signal } : {});

  return {
    async chainInfo(signal) {
      const reply = chainInfoReply.safeParse(await rpc.call("getblockchaininfo", [], bounds(signal)));
      if (!reply.success) throw strangeReply("getblockchaininfo");
      const { chain, blocks } = reply.data;
      return { network: networkOf(chain), height: blocks };
    },
    async blockTemplate(longPollId, signal) {
      const request = {
        capabilities: ["coinbasevalue", "longpoll"],
        rules: knownRules,
        ...(longPollId === undefined ? {} : { longpollid: longPollId }),
      };
      const patience = longPollId === undefined ? {} : { within: longPollPatience };
      return parseBlockTemplate(
        await rpc.call("getblocktemplate", [request], { ...patience, ...bounds(signal) }),
      );
    },
    async submitBlock(hex, signal) {
      const reply = await rpc.call("submitblock", [hex], bounds(signal));
      if (reply === null) return { outcome: "accepted" };
      if (typeof reply !== "string") throw strangeReply("submitblock");
      if (reply === "duplicate") return { outcome: "duplicate" };
      if (reply === "inconclusive" || reply === "duplicate-inconclusive") return { outcome: "inconclusive" };
      return { outcome: "rejected", why: plain(reply) };
    },
    close: () => rpc.close(),
  };
}

/** Testnets of all numbers and signets write addresses alike. */
function networkOf(chain: string): Network {
  if (chain === "main") return "mainnet";
  return chain === "regtest" ? "regtest" : "testnet";
}

const strangeReply = (method: string) =>
  new HearthworkError({
    code: "node/garbled",
    message: `the answer to ${method} is not what a Bitcoin node gives; check the address and the node's version`,
    data: { method },
  });
