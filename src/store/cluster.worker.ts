import { withoutOptimizer } from "./optimizer.ts";
import { startPglite } from "./startPglite.ts";

/** A process of its own, which ends with whoever started it: makes an empty database in the folder that it is given. */
const [folder = ""] = process.argv.slice(2);
process.once("disconnect", () => process.exit(1));

let lastWords: string | undefined;
const onStderr = (line: string) => {
  lastWords = /(?:FATAL|PANIC|error): +(.*)/.exec(line)?.[1] ?? lastWords;
  return false;
};
try {
  const pg = startPglite({ folder, isNew: true, onStderr });
  await withoutOptimizer(pg.waitReady);
  await pg.close();
  process.exit(0);
} catch (thrown) {
  process.send?.(lastWords ?? wordsOf(thrown), () => process.exit(1));
}

/** What the file system of PGlite throws is no Error but a number of WASI's. */
function wordsOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  const { errno = 0 } = thrown as { readonly errno?: number };
  const known = new Map([
    [2, "no right to write there"],
    [51, "the disk is full"],
    [54, "a file is in the way"],
    [69, "the disk cannot be written"],
  ]);
  return known.get(errno) ?? `fault ${errno} of its files`;
}
