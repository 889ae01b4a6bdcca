import { describeOnBench } from "./bench.suite.ts";
import type { Database } from "./database.ts";
import { describeHistory } from "./history.suite.ts";
import { describeMeans } from "./means.suite.ts";
import { describeMemos } from "./memos.suite.ts";
import { describeTicks } from "./ticks.suite.ts";

/** What every store does, whatever keeps it. `open` connects to a database whose schema is up to date. */
export function describeStore(name: string, open: () => Promise<Database>): void {
  describeOnBench(`a store in ${name}`, open, [describeTicks, describeHistory, describeMeans, describeMemos]);
}
