import { join } from "node:path";
import type { Clock } from "../domain/index.ts";
import { Access, accessRecordSchema } from "../http/index.ts";
import { privateFile } from "../store/index.ts";

export interface SiteAccessOptions {
  readonly clock: Clock;
  /** Lets in the owner's own commands on this machine. */
  readonly processToken?: string;
  /** That a session could not be kept. */
  onFault?(thrown: unknown): void;
}

/**
 * Who may use the site whose data lie there, as `access.json` keeps it beside them. Only who holds the directory may
 * open it.
 * @throws {HearthworkError} when the file cannot be trusted: nobody is let in by chance
 */
export function openSiteAccess(dataDir: string, options: SiteAccessOptions): Access {
  return new Access({ ...options, file: privateFile(join(dataDir, "access.json"), accessRecordSchema) });
}
