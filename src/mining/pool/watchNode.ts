import type { BlockTemplate } from "../../bitcoin/index.ts";
import { type Clock, Seconds } from "../../domain/index.ts";
import type { NodeClient } from "../node/nodeClient.ts";
import { followTemplates } from "./templateFeed.ts";

/** Answering; not answering, but work is young enough to go on with; or away for so long that it is not. */
export type NodePresence = "here" | "lost" | "away";

export interface WatchNodeOptions {
  readonly node: Pick<NodeClient, "blockTemplate">;
  readonly clock: Clock;
  readonly first: BlockTemplate;
  /** How long work is good without a word from a node that fails to answer. */
  readonly giveUpAfter: Seconds;
  onTemplate(template: BlockTemplate, newTip: boolean): void;
  onPresence(presence: NodePresence, why: string): void;
}

export interface NodeWatch {
  presence(): NodePresence;
  /** What is wrong with the node, in words. */
  trouble(): string | undefined;
  close(): Promise<void>;
}

const lookEvery = Seconds(1);

/** Follows a node's templates and tells when the node comes and goes. */
export function watchNode(options: WatchNodeOptions): NodeWatch {
  const { node, clock, first, giveUpAfter } = options;
  const ended = new AbortController();
  let presence: NodePresence = "here";
  const become = (next: NodePresence, why: string) => {
    if (presence === next) return;
    presence = next;
    options.onPresence(next, why);
  };

  const feed = followTemplates({
    node,
    clock,
    first,
    onTemplate(template, newTip) {
      become("here", "it answers again");
      options.onTemplate(template, newTip);
    },
    onTrouble({ message }) {
      if (presence === "here") become("lost", message);
    },
  });
  const look = async () => {
    while (!ended.signal.aborted) {
      await clock.sleep(lookEvery, ended.signal);
      if (feed.trouble() && feed.silence() >= giveUpAfter)
        become("away", `no word of it for ${giveUpAfter} s`);
    }
  };
  const looking = look();

  return {
    presence: () => presence,
    trouble: () => feed.trouble()?.message,
    async close() {
      ended.abort();
      await Promise.all([feed.close(), looking]);
    },
  };
}
