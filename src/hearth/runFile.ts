import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { type ApiClient, apiClient } from "../http/index.ts";
import { dataDirHolder, privateFile } from "../store/index.ts";

const runSchema = z.strictObject({
  version: z.literal(1),
  url: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }),
  pid: z.int().positive(),
  token: z.string().min(32).max(100),
});

const runFile = (dataDir: string) => privateFile(join(dataDir, "hearth.json"), runSchema);

export interface Announcement {
  /** With it, whoever can read the data directory may do at the hearth all that its owner may. */
  readonly token: string;
  /** Says where on this machine the hearth answers. */
  publish(url: string): void;
  withdraw(): void;
}

/**
 * Lets other commands on this machine find the hearth that holds a data directory, by `hearth.json` in it. What an
 * earlier hearth left there is removed.
 */
export function announceHearth(dataDir: string): Announcement {
  const file = runFile(dataDir);
  const token = randomBytes(32).toString("base64url");
  file.remove();
  return {
    token,
    publish: (url) => file.write({ version: 1, url, pid: process.pid, token }),
    withdraw: () => file.remove(),
  };
}

/**
 * The hearth that holds a data directory, to be asked as its owner; undefined when none runs, or none that is up. It
 * is believed only while its process holds the directory, so that nothing is told to whoever has its port after it.
 */
export function runningHearth(dataDir: string): ApiClient | undefined {
  const run = runFile(dataDir).read();
  if (!run || dataDirHolder(dataDir) !== run.pid) return undefined;
  return apiClient({ url: run.url, token: run.token });
}
