import { displayHash, type ServerEffect } from "../../bitcoin/index.ts";
import { HashesPerSecond, type Instant } from "../../domain/index.ts";
import type { Submission } from "../node/nodeClient.ts";
import type { FoundBlock, PoolStatus } from "./poolStatus.ts";
import { createWorkerLedger, type WorkerShare } from "./workerLedger.ts";

type Found = Extract<ServerEffect, { readonly kind: "block" }>;

/** What was found at a pool since it started, and by whom. */
export interface PoolBooks {
  join(user: string, difficulty: number, now: Instant): void;
  leave(users: readonly string[]): void;
  /** These were asked for shares of this difficulty. */
  ask(users: readonly string[], difficulty: number): void;
  share(share: WorkerShare, now: Instant): void;
  /** Enters a block that was found just now. */
  block(found: Found, now: Instant): FoundBlock;
  /** @returns the block with the node's judgement. */
  judge(block: FoundBlock, submission: Submission): FoundBlock;
  figures(now: Instant): PoolFigures;
}

export type PoolFigures = Pick<
  PoolStatus,
  "hashrate" | "accepted" | "rejected" | "stale" | "bestShare" | "workers" | "blocks"
>;

const mostWorkers = 1024;
const mostBlocks = 100;

export function openPoolBooks(): PoolBooks {
  const workers = createWorkerLedger(mostWorkers);
  const counts = { accepted: 0, rejected: 0, stale: 0 };
  let bestShare = 0;
  let blocks: readonly FoundBlock[] = [];

  return {
    join: (user, difficulty, now) => workers.join(user, difficulty, now),
    leave(users) {
      for (const user of users) workers.leave(user);
    },
    ask(users, difficulty) {
      for (const user of users) workers.ask(user, difficulty);
    },
    share(share, now) {
      workers.share(share, now);
      if (share.outcome === "accepted") {
        counts.accepted += 1;
        bestShare = Math.max(bestShare, share.reached);
      } else if (share.outcome === "stale") counts.stale += 1;
      else counts.rejected += 1;
    },
    block({ work, user, hash }, now) {
      const { height, reward } = work;
      const outcome = "pending";
      const block: FoundBlock = {
        at: now,
        height,
        hash: displayHash(hash),
        user,
        reward,
        outcome,
        why: undefined,
      };
      blocks = [block, ...blocks].slice(0, mostBlocks);
      return block;
    },
    judge(block, submission) {
      const why = submission.outcome === "rejected" ? submission.why : undefined;
      const judged = { ...block, outcome: submission.outcome, why };
      blocks = blocks.map((known) => (known.hash === block.hash ? judged : known));
      return judged;
    },
    figures(now) {
      const rows = workers.rows(now);
      const hashrate = HashesPerSecond(rows.reduce((sum, row) => sum + row.hashrate, 0));
      return { ...counts, bestShare, hashrate, workers: rows, blocks };
    },
  };
}
