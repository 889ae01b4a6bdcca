import { blockHex, type ServerEffect } from "../../bitcoin/index.ts";
import { type Clock, HearthworkError, messageOf, Seconds } from "../../domain/index.ts";
import type { NodeClient, Submission } from "../node/nodeClient.ts";
import type { PoolBooks } from "./poolBooks.ts";
import type { PoolEvent } from "./poolEvent.ts";

export interface BlockDeskOptions {
  readonly node: Pick<NodeClient, "submitBlock">;
  readonly clock: Clock;
  readonly books: Pick<PoolBooks, "block" | "judge">;
  onEvent?(event: PoolEvent): void;
}

/** Where blocks are handed in. */
export interface BlockDesk {
  handIn(found: Extract<ServerEffect, { readonly kind: "block" }>): void;
  /** Gives what is under way a moment to end. */
  close(): Promise<void>;
}

const firstWait = Seconds(0.25);
const longestWait = Seconds(10);
/** After an hour another block is in its place. */
const worthTrying = Seconds(3600);
const lastMoment = Seconds(5);
/** Where blocks are rare one is much; in regtest a node that is away would leave thousands. */
const mostUnderWay = 16;

/**
 * Hands blocks to the node at once, and again until the node has said what it thinks of them: a block is worth more
 * than any number of calls.
 */
export function openBlockDesk(options: BlockDeskOptions): BlockDesk {
  const { node, clock, books } = options;
  const ended = new AbortController();
  const underWay = new Set<Promise<void>>();

  const submit = async (hex: string): Promise<Submission> => {
    const foundAt = clock.monotonic();
    for (let wait = firstWait; ; wait = Seconds(Math.min(longestWait, wait * 2))) {
      try {
        return await node.submitBlock(hex, ended.signal);
      } catch (thrown) {
        const isFinal = thrown instanceof HearthworkError && thrown.code === "node/refused";
        if (isFinal || ended.signal.aborted || clock.monotonic() - foundAt > worthTrying)
          return { outcome: "rejected", why: messageOf(thrown) };
      }
      await clock.sleep(wait, ended.signal);
    }
  };

  return {
    handIn(found) {
      const submitted =
        underWay.size < mostUnderWay
          ? submit(blockHex(found.work, found.header, found.coinbase))
          : Promise.resolve<Submission>({ outcome: "rejected", why: "too many blocks wait for the node" });
      const block = books.block(found, clock.now());
      options.onEvent?.({ kind: "block", block });
      const ending = submitted.then((submission) => {
        const judged = books.judge(block, submission);
        options.onEvent?.({ kind: "block", block: judged });
        return void underWay.delete(ending);
      });
      underWay.add(ending);
    },
    async close() {
      const enough = new AbortController();
      const allDone = Promise.all(underWay).then(() => enough.abort());
      await clock.sleep(lastMoment, enough.signal);
      ended.abort();
      await allDone;
    },
  };
}
