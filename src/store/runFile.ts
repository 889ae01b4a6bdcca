import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { dataDirHolder } from "./dataDirLock.ts";
import { privateFile } from "./privateFile.ts";

const runSchema = z.strictObject({
  version: z.literal(1),
  url: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }),
  pid: z.int().positive(),
  token: z.string().min(32).max(100),
});

/** A program that serves an API and holds a data directory. */
export type ServingProgram = "hearth" | "exchange";

const runFile = (dataDir: string, program: ServingProgram) =>
  privateFile(join(dataDir, `${program}.json`), runSchema);

export interface Announcement {
  /** With it, whoever can read the data directory may do at the program all that its owner may. */
  readonly token: string;
  /** Says where on this machine the program answers. */
  publish(url: string): void;
  withdraw(): void;
}

/**
 * Lets other commands on this machine find the program that holds a data directory, by a file of its name in it. What
 * an earlier one left there is removed.
 */
export function announceProgram(dataDir: string, program: ServingProgram): Announcement {
  const file = runFile(dataDir, program);
  const token = randomBytes(32).toString("base64url");
  file.remove();
  return {
    token,
    publish: (url) => file.write({ version: 1, url, pid: process.pid, token }),
    withdraw: () => file.remove(),
  };
}

/**
 * Where the program that holds a data directory is asked as its owner; undefined when none runs, or none that is up. It
 * is believed only while its process holds the directory, so that nothing is told to whoever has its port after it.
 */
export function runningProgram(
  dataDir: string,
  program: ServingProgram,
): { readonly url: string; readonly token: string } | undefined {
  const run = runFile(dataDir, program).read();
  if (!run || dataDirHolder(dataDir) !== run.pid) return undefined;
  return { url: run.url, token: run.token };
}
