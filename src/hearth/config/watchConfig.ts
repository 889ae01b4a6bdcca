import { type Clock, messageOf, Seconds } from "../../domain/index.ts";
import type { ConfigFile } from "./configFile.ts";

const every = Seconds(5);

/**
 * Looks at a configuration's file every 5 s, and calls back with each version that has stood for two looks, so that
 * nobody is caught in the middle of saving. A file that cannot be read counts as a version of its own.
 */
export function watchConfig(
  file: ConfigFile,
  host: Clock,
  onVersion: (etag: string | undefined) => Promise<void>,
): { close(): Promise<void> } {
  const ended = new AbortController();
  async function watch(): Promise<void> {
    let told: string | undefined;
    let before: string | undefined;
    while (!ended.signal.aborted) {
      const etag = await file.read().then(
        (text) => text?.etag,
        (thrown: unknown) => messageOf(thrown),
      );
      if (etag === before && etag !== told) {
        told = etag;
        await onVersion(etag);
      }
      before = etag;
      await host.sleep(every, ended.signal);
    }
  }
  const watching = watch();
  return {
    async close() {
      ended.abort();
      await watching;
    },
  };
}
