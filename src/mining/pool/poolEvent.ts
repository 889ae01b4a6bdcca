import type { FoundBlock } from "./poolStatus.ts";
import type { NodePresence } from "./watchNode.ts";

/** What happens at a pool, for its log. */
export type PoolEvent =
  /** There is another block to look for. */
  | { readonly kind: "tip"; readonly height: number; readonly networkDifficulty: number }
  | {
      readonly kind: "miner-joined";
      readonly address: string;
      readonly user: string;
      readonly agent: string | undefined;
    }
  | {
      readonly kind: "miner-left";
      readonly address: string;
      readonly users: readonly string[];
      readonly why: string;
    }
  /** Told when it is found, and again when the node has judged it. */
  | { readonly kind: "block"; readonly block: FoundBlock }
  /** Miners are sent away while it is away. */
  | { readonly kind: "node"; readonly presence: NodePresence; readonly why: string };
