import type { Json, Store, TickRecord } from "../../store/index.ts";

/** A site's memory of which nothing is kept but its newest state and its memos, for homes of a study. */
export function unkeptStore(): Store {
  const memos = new Map<string, Json>();
  let newest: TickRecord | undefined;
  const recordHistory = async (ticks: readonly TickRecord[]) => {
    newest = ticks.at(-1) ?? newest;
  };
  return {
    lost: new Promise(() => {}),
    recordTick: (tick) => recordHistory([tick]),
    recordHistory,
    latestState: async () => newest && { at: newest.at, state: newest.state },
    history: async () => ({ resolution: "raw", series: [] }),
    recorded: async () => [],
    series: async () => [],
    events: async () => [],
    decisions: async () => [],
    async remember(name, value) {
      if (value === null) memos.delete(name);
      else memos.set(name, value);
    },
    recall: async (name) => memos.get(name) ?? null,
    condense: async () => "done",
    close: async () => {},
  };
}
