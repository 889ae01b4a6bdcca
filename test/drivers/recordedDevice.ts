import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FaultyServer } from "../../src/lab/devices/faultyServer.ts";
import { startHttpTwin } from "../../src/lab/devices/httpTwin.ts";

/** A device that answers each path with a recorded reply, and 404 to any other. */
export async function recordedDevice(
  folder: string,
  files: Readonly<Record<string, string>>,
  made: Readonly<Record<string, unknown>> = {},
): Promise<FaultyServer & { readonly url: string }> {
  const replies = new Map<string, unknown>(Object.entries(made));
  for (const [path, file] of Object.entries(files)) {
    replies.set(path, await readFile(join(folder, file), "utf8"));
  }
  const server = await startHttpTwin({
    answer: ({ path }) => (replies.has(path) ? { body: replies.get(path) } : { status: 404 }),
  });
  return { ...server, url: `http://127.0.0.1:${server.port}` };
}
